import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Activity } from '../../social/activities/activity.type.js';
import { StoryById } from '../../stories/story.loaders.js';
import { Story, toStory } from '../../stories/story.type.js';
import { AchievementService } from './achievement.service.js';
import {
  Achievement,
  achievementOf,
  Achievements,
  EarnedAchievement,
  EarnedAchievementConnection,
  OpenAchievement,
} from './achievement.type.js';
import { achievedKey } from './award-news.js';

@Resolver(() => Achievements)
export class AchievementResolver {
  constructor(private readonly service: AchievementService) {}

  @Query(() => Achievements, {
    description: 'The achievements of a reader: yourself, or as an administrator anybody.',
  })
  @AccessFor(Access.SignedIn)
  achievements(
    @CurrentViewer() viewer: Viewer,
    @IdArg('userId', 'user', { nullable: true, description: 'The reader; yourself when left out.' })
    userId?: number,
  ): Promise<Achievements> {
    return this.service.of(viewer, userId);
  }

  @ResolveField(() => EarnedAchievementConnection, { description: 'The latest first.' })
  earned(
    @Parent() { userId }: Achievements,
    @Args() page: PageArgs,
  ): Promise<Connection<EarnedAchievement>> {
    return this.service.earned(userId, page);
  }

  @ResolveField(() => [OpenAchievement], {
    description: 'What the platform has to give beside, but for what is secret.',
  })
  open(@Parent() { userId }: Achievements): Promise<OpenAchievement[]> {
    return this.service.open(userId);
  }
}

@Resolver(() => EarnedAchievement)
export class EarnedAchievementResolver {
  constructor(private readonly stories: StoryById) {}

  @ResolveField(() => Story, {
    nullable: true,
    description:
      'The story in which it was earned; null where it was in none, or that is not published any more.',
  })
  async story(
    @Parent() { row }: EarnedAchievement,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Story | null> {
    if (row.storyId === null) return null;
    const story = await loaders.over(this.stories).load(row.storyId);
    return story?.isPublished === true && story.deletedAt === null ? toStory(story) : null;
  }
}

@Resolver(() => Activity)
export class AchievedActivityResolver {
  @ResolveField(() => Achievement, {
    nullable: true,
    description: 'The achievement that was earned; null for other kinds.',
  })
  achievement(@Parent() { row }: Activity): Achievement | null {
    const key = achievedKey(row.subject);
    return key === undefined ? null : achievementOf(key);
  }
}
