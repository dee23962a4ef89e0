import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import { Story } from '../../stories/story.type.js';
import { AchievementRepository } from './achievement.repository.js';
import { StoryAchievement, toStoryAchievement } from './achievement.type.js';

@Resolver(() => Story)
export class StoryAchievementResolver {
  constructor(
    private readonly published: PublishedStories,
    private readonly repository: AchievementRepository,
  ) {}

  @ResolveField(() => [StoryAchievement], {
    description:
      'What readers of the published version can earn, in the author’s order; what is secret, once you have earned it.',
  })
  async achievements(
    @Parent() { row }: Story,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
  ): Promise<StoryAchievement[]> {
    if (!row.isPublished || row.publishedVersionId === null) return [];
    const version = await loaders.over(this.published).load(row.publishedVersionId);
    const given = version?.graph.schema.achievements ?? [];
    if (given.length === 0) return [];
    const earned = await this.#earned(viewer, row.storyId, loaders);
    return given
      .filter(({ key, secret }) => secret !== true || Object.hasOwn(earned, key))
      .map((each) => toStoryAchievement(each, earned[each.key]));
  }

  async #earned(viewer: Viewer | undefined, storyId: number, loaders: Loaders) {
    if (viewer === undefined) return NONE;
    const { userId } = viewer;
    return loaders
      .about(this, 'earned', (ids) => this.repository.earnedIn(userId, ids), NONE)
      .load(storyId);
  }
}

const NONE: Readonly<Record<string, string>> = {};
