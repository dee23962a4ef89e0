import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Story, toStory } from '../../stories/story.type.js';
import { PublishStoryInput } from './publishing.inputs.js';
import { PublishingService } from './publishing.service.js';
import { VersionHeadById } from './version.loaders.js';
import { StoryVersion, toVersion } from './version.type.js';

@Resolver(() => Story)
export class PublishingResolver {
  constructor(
    private readonly service: PublishingService,
    private readonly heads: VersionHeadById,
  ) {}

  @Mutation(() => Story, {
    description:
      'Makes the draft a version, and that the one readers start on. Refused while it has errors, or, unless publishAnyway is set, while readers can get stuck.',
  })
  @AccessFor(Access.Registered)
  async publishStory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'story', { description: 'The story to publish.' }) storyId: number,
    @Args('input', { nullable: true, description: 'How to publish.' })
    input?: PublishStoryInput,
  ): Promise<Story> {
    return toStory(await this.service.publish(viewer, storyId, input));
  }

  @Mutation(() => Story, {
    description: 'Hides a story from readers who have not begun it; those who have can finish.',
  })
  @AccessFor(Access.Registered)
  async unpublishStory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'story', { description: 'The story to hide.' }) storyId: number,
  ): Promise<Story> {
    return toStory(await this.service.unpublish(viewer, storyId));
  }

  @ResolveField(() => StoryVersion, {
    nullable: true,
    description: 'The version that readers start on.',
  })
  async publishedVersion(
    @Parent() { row }: Story,
    @RequestLoaders() loaders: Loaders,
  ): Promise<StoryVersion | null> {
    if (!row.isPublished || row.publishedVersionId === null) return null;
    const head = await loaders.over(this.heads).load(row.publishedVersionId);
    return head === undefined ? null : toVersion(head);
  }
}
