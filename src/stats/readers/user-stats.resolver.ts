import { Args, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import { StoryById } from '../../stories/story.loaders.js';
import { Story, toStory } from '../../stories/story.type.js';
import { DayRangeArgs } from '../day-range.js';
import { UserStatsRepository } from './user-stats.repository.js';
import { UserStatsService } from './user-stats.service.js';
import { ReaderDay, ReaderStory, ReaderStoryConnection, UserStats } from './user-stats.type.js';

@Resolver(() => UserStats)
export class UserStatsResolver {
  constructor(
    private readonly service: UserStatsService,
    private readonly stats: UserStatsRepository,
  ) {}

  @Query(() => UserStats, {
    description: 'What a reader has done so far: yourself, or as an administrator anybody.',
  })
  @AccessFor(Access.SignedIn)
  userStats(
    @CurrentViewer() viewer: Viewer,
    @IdArg('userId', 'user', { nullable: true, description: 'The reader; yourself when left out.' })
    userId?: number,
  ): Promise<UserStats> {
    return this.service.of(viewer, userId);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'The category that they begin most playthroughs in; null before they play.',
  })
  async favoriteCategory(@Parent() { reader }: UserStats): Promise<string | null> {
    return (await this.stats.favoriteCategory(reader)) ?? null;
  }

  @ResolveField(() => [ReaderDay], {
    description:
      'Day by day, the oldest first, days without play included; at most a year at once.',
  })
  history(@Parent() { reader }: UserStats, @Args() range: DayRangeArgs): Promise<ReaderDay[]> {
    return this.service.history(reader, range);
  }

  @ResolveField(() => ReaderStoryConnection, {
    description: 'Story by story, the one played last first.',
  })
  stories(
    @Parent() { reader }: UserStats,
    @Args() page: PageArgs,
  ): Promise<Connection<ReaderStory>> {
    return this.service.stories(reader, page);
  }
}

@Resolver(() => ReaderStory)
export class ReaderStoryResolver {
  constructor(
    private readonly storyById: StoryById,
    private readonly published: PublishedStories,
    private readonly stats: UserStatsRepository,
  ) {}

  @ResolveField(() => Story, {
    nullable: true,
    description: 'The story; null once it is not published any more.',
  })
  async story(
    @Parent() { row }: ReaderStory,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Story | null> {
    const story = await this.#published(row.storyId, loaders);
    return story === undefined ? null : toStory(story);
  }

  @ResolveField(() => Int, {
    description: 'How many of the endings that the story has now they have found.',
  })
  async endingsFound(
    @Parent() { row }: ReaderStory,
    @RequestLoaders() loaders: Loaders,
  ): Promise<number> {
    const endings = await this.#endings(row.storyId, loaders);
    const found = await loaders
      .about<ReadonlySet<number>>(
        this,
        `endings of ${row.userId}`,
        (storyIds) => this.stats.endings(row.userId, storyIds),
        new Set(),
      )
      .load(row.storyId);
    return endings.filter((id) => found.has(id)).length;
  }

  @ResolveField(() => Int, { description: 'How many endings the story has now.' })
  async endingsTotal(
    @Parent() { row }: ReaderStory,
    @RequestLoaders() loaders: Loaders,
  ): Promise<number> {
    return (await this.#endings(row.storyId, loaders)).length;
  }

  async #published(storyId: number, loaders: Loaders) {
    const story = await loaders.over(this.storyById).load(storyId);
    return story?.isPublished === true && story.deletedAt === null ? story : undefined;
  }

  /** The ids of the endings of the version that readers begin with now. */
  async #endings(storyId: number, loaders: Loaders): Promise<number[]> {
    const story = await this.#published(storyId, loaders);
    if (story?.publishedVersionId == null) return [];
    const version = await loaders.over(this.published).load(story.publishedVersionId);
    return version?.graph.nodes.filter(({ type }) => type === 'ending').map(({ id }) => id) ?? [];
  }
}
