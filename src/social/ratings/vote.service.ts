import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Viewer } from '../../graphql/viewer.js';
import { ReviewChanges } from './review-changes.js';
import type { ReviewEntity } from './review.entity.js';
import { noSuchReview, ownReview } from './review.errors.js';
import { mayRead } from './review.policy.js';
import { ReviewRepository } from './review.repository.js';
import { ReviewService } from './review.service.js';
import { VoteRepository } from './vote.repository.js';

/** Who found which review helpful. */
@Injectable()
export class VoteService {
  constructor(
    private readonly database: Database,
    private readonly service: ReviewService,
    private readonly reviews: ReviewRepository,
    private readonly votes: VoteRepository,
    private readonly changes: ReviewChanges,
  ) {}

  /** Says, or takes back, that the viewer found a review helpful; again it changes nothing. */
  async setHelpful(viewer: Viewer, reviewId: number, isHelpful: boolean): Promise<ReviewEntity> {
    const { userId } = await this.service.get(viewer, reviewId);
    if (userId === viewer.userId) throw ownReview('find this review helpful');
    return this.database.transaction(async () => {
      const review = await this.reviews.lock(reviewId);
      if (review === null || !mayRead(viewer, review)) throw noSuchReview();
      const isNew = isHelpful
        ? await this.votes.insert(reviewId, viewer.userId)
        : await this.votes.delete(reviewId, viewer.userId);
      if (!isNew) return review;
      await this.changes.tell(review);
      return this.reviews.addHelpful(reviewId, isHelpful ? 1 : -1);
    });
  }
}
