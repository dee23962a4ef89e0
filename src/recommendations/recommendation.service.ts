import { Injectable } from '@nestjs/common';
import { paginateInOrder, type Connection, type PageArgs } from '../graphql/connection.js';
import type { Viewer } from '../graphql/viewer.js';
import { StoryService } from '../stories/story.service.js';
import { MOST_PICKS, RecommendationRepository, type Pick } from './recommendation.repository.js';
import { toRecommendation, type Recommendation } from './recommendation.type.js';

/** What is recommended to whom: at most `MOST_PICKS` stories, made anew for each page. */
@Injectable()
export class RecommendationService {
  constructor(
    private readonly repository: RecommendationRepository,
    private readonly stories: StoryService,
  ) {}

  /** What is near to what the viewer likes, and then what is well liked. */
  async forViewer(viewer: Viewer | undefined, page: PageArgs): Promise<Connection<Recommendation>> {
    const userId = viewer?.userId ?? null;
    const near = userId === null ? [] : await this.repository.byTaste(userId);
    const picks = await filledUp(near, () => this.repository.wellLiked(userId));
    return paginateInOrder(picks, { page, list: 'recommendedStories' }, toRecommendation);
  }

  /** The neighbours of a story, and then what is well liked in its category. @throws {ApiError} `NOT_FOUND` */
  async similarTo(
    viewer: Viewer | undefined,
    storyId: number,
    page: PageArgs,
  ): Promise<Connection<Recommendation>> {
    await this.stories.getVisible(viewer, { storyId });
    const userId = viewer?.userId ?? null;
    const picks = await filledUp(await this.repository.neighbours(userId, storyId), async () =>
      (await this.repository.wellLikedOfCategory(userId, storyId)).filter(
        (pick) => pick.storyId !== storyId,
      ),
    );
    return paginateInOrder(picks, { page, list: `similarStories ${storyId}` }, toRecommendation);
  }
}

/** Up to `MOST_PICKS`, each story once. @param more is asked only where there are too few */
async function filledUp(picks: readonly Pick[], more: () => Promise<Pick[]>): Promise<Pick[]> {
  if (picks.length >= MOST_PICKS) return picks.slice(0, MOST_PICKS);
  const known = new Set(picks.map(({ storyId }) => storyId));
  const others = (await more()).filter(({ storyId }) => !known.has(storyId));
  return [...picks, ...others].slice(0, MOST_PICKS);
}
