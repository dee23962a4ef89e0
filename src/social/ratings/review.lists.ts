import { Injectable } from '@nestjs/common';
import { paginate, type Connection } from '../../graphql/connection.js';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryRoles } from '../../stories/collaborators/story-roles.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { mayInspect } from '../../stories/story.policy.js';
import type { ReviewsArgs } from './review.inputs.js';
import { keptFrom } from './review.policy.js';
import { keyKindOf, keysetOf, ReviewRepository } from './review.repository.js';
import { toReview, type Review } from './review.type.js';

/** Lists of reviews. Asked of many stories in one request, each question is one statement. */
@Injectable()
export class ReviewLists {
  constructor(
    private readonly roles: StoryRoles,
    private readonly reviews: ReviewRepository,
  ) {}

  /** What everyone may read about a story; nothing about one that the viewer may not see any more. */
  async ofStory(
    viewer: Viewer | undefined,
    story: StoryEntity,
    { sort, ...page }: ReviewsArgs,
    loaders: Loaders,
  ): Promise<Connection<Review>> {
    const isShown = story.isPublished || mayInspect(await this.roles.load(loaders, viewer, story));
    const viewerId = keptFrom(viewer);
    return paginate(
      {
        page,
        list: `reviews ${sort}`,
        keys: [keyKindOf(sort), 'id'],
        fetch: (limit, after) =>
          isShown
            ? loaders
                .about(
                  this,
                  `page of ${sort} ${limit} ${after?.join(' ')}`,
                  (ids) => this.reviews.findPages(ids, sort, { limit, after, viewerId }),
                  [],
                )
                .load(story.storyId)
            : [],
        keysetOf: (review) => keysetOf(sort, review),
        count: () =>
          isShown
            ? loaders
                .about(this, 'counts', (ids) => this.reviews.counts(ids, viewerId), 0)
                .load(story.storyId)
            : 0,
      },
      toReview,
    );
  }
}
