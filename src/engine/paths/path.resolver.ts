import { Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { badField } from '../../graphql/errors.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DraftStories } from '../draft-stories.js';
import { StoryPaths, toPaths } from './path.type.js';

@Resolver(() => StoryPaths)
export class PathResolver {
  constructor(private readonly drafts: DraftStories) {}

  @Query(() => StoryPaths, {
    description:
      'Ways through a story’s draft: how far its endings are, and how to come to a node.',
  })
  @AccessFor(Access.Registered)
  async storyPaths(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @IdArg('nodeId', 'node', { nullable: true, description: 'The node to come to.' })
    nodeId: number | undefined,
  ): Promise<StoryPaths> {
    const story = await this.drafts.compiled(viewer, storyId);
    if (nodeId !== undefined && !story.indexOfNode.has(nodeId)) {
      throw badField('nodeId', 'must be a node of this story');
    }
    return toPaths(story, nodeId);
  }
}
