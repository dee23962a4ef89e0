import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, paginate } from '../../graphql/connection.js';
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
    return paginate(
      {
        page,
        list: 'Replay.steps',
        keys: ['integer'],
        fetch: (limit, [after = -1] = []) =>
          frames.slice(Number(after) + 1, Number(after) + 1 + limit),
        keysetOf: ({ step }) => [step === null ? 0 : step + 1],
        count: () => frames.length,
      },
      (frame) => frame,
    );
  }
}
