import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import type { Loaders } from '../../graphql/loaders.js';
import { RequestLoaders } from '../../graphql/request.decorators.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import { StoryById } from '../../stories/story.loaders.js';
import { Story, toStory } from '../../stories/story.type.js';
import { CollectedArtifact, CollectedArtifactConnection } from './collected-artifact.type.js';
import { UserStatsService } from './user-stats.service.js';
import { UserStats } from './user-stats.type.js';

@Resolver(() => UserStats)
export class ArtifactsResolver {
  constructor(private readonly service: UserStatsService) {}

  @ResolveField(() => CollectedArtifactConnection, {
    description: 'The artifacts that they have collected, each once, the latest first.',
  })
  artifacts(
    @Parent() { reader }: UserStats,
    @Args() page: PageArgs,
  ): Promise<Connection<CollectedArtifact>> {
    return this.service.artifacts(reader, page);
  }
}

@Resolver(() => CollectedArtifact)
export class CollectedArtifactResolver {
  constructor(
    private readonly stories: StoryById,
    private readonly published: PublishedStories,
  ) {}

  @ResolveField(() => String, { description: 'What it was called when it was collected.' })
  async name(
    @Parent() { row }: CollectedArtifact,
    @RequestLoaders() loaders: Loaders,
  ): Promise<string> {
    const version = await loaders.over(this.published).load(row.versionId);
    const declared = version?.graph.schema.artifacts?.find(({ key }) => key === row.key);
    return declared?.name ?? row.key;
  }

  @ResolveField(() => Story, {
    nullable: true,
    description: 'The story; null once it is not published any more.',
  })
  async story(
    @Parent() { row }: CollectedArtifact,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Story | null> {
    const story = await loaders.over(this.stories).load(row.storyId);
    return story?.isPublished === true && story.deletedAt === null ? toStory(story) : null;
  }
}
