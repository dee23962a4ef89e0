import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DebugInput } from './debug.inputs.js';
import { DebugService } from './debug.service.js';
import { DebugView } from './debug.type.js';

@Resolver(() => DebugView)
export class DebugResolver {
  constructor(private readonly service: DebugService) {}

  @Query(() => DebugView, {
    description:
      'One step of debugging a draft: begin anywhere, set anything, choose, and see why each choice is open or closed. To step back, send an earlier state again.',
  })
  @AccessFor(Access.Registered)
  debugStory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { description: 'Where to stand and what to do.' }) input: DebugInput,
  ): Promise<DebugView> {
    return this.service.debug(viewer, storyId, input);
  }
}
