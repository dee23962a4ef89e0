import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, paginateInOrder } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { ReplayService } from './replay.service.js';
import { Replay, ReplayStepConnection, type ReplaySteps } from './replay.type.js';

@Resolver(() => Replay)
export class ReplayResolver {
  constructor(private readonly service: ReplayService) {}

  @Query(() => Replay, {
    description:
      'Plays one of your playthroughs again from its seed and its steps; administrators may replay anybody’s.',
  })
  @AccessFor(Access.SignedIn)
  replay(
    @CurrentViewer() viewer: Viewer,
    @IdArg('progressId', 'progress', { description: 'The playthrough.' }) progressId: number,
  ): Promise<Replay> {
    return this.service.replay(viewer, progressId);
  }

  @ResolveField(() => ReplayStepConnection, {
    description: 'The start and every step, in order; empty where they cannot have been made.',
  })
  steps(@Parent() { frames }: Replay, @Args() page: PageArgs): Promise<ReplaySteps> {
    return paginateInOrder(frames, { page, list: 'Replay.steps' }, (frame) => frame);
  }
}
