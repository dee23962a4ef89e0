import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { FlowService } from './flow.service.js';
import { FlowFormat, StoryFlow } from './flow.type.js';

@Resolver()
export class FlowResolver {
  constructor(private readonly service: FlowService) {}

  @Query(() => StoryFlow, {
    description: 'The draft of a story as a diagram, for those who work on it.',
  })
  @AccessFor(Access.Registered)
  storyFlow(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story to draw.' }) storyId: number,
    @Args('format', {
      type: () => FlowFormat,
      defaultValue: FlowFormat.JSON,
      description: 'How to write it.',
    })
    format: FlowFormat,
  ): Promise<StoryFlow> {
    return this.service.draw(viewer, storyId, format);
  }
}
