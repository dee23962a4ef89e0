import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { ReviewEntity } from '../ratings/review.entity.js';
import { noSuchReview, ownReview } from '../ratings/review.errors.js';
import { mayRead } from '../ratings/review.policy.js';
import { ReviewRepository } from '../ratings/review.repository.js';
import { ReviewService } from '../ratings/review.service.js';
import { decidedAlready } from './moderation.errors.js';
import {
  ReviewVerdict,
  type ModerateReviewInput,
  type ReportReviewInput,
} from './moderation.inputs.js';
import { ModerationRepository } from './moderation.repository.js';

/** What readers report, and what administrators decide about it. */
@Injectable()
export class ModerationService {
  constructor(
    private readonly database: Database,
    private readonly service: ReviewService,
    private readonly reviews: ReviewRepository,
    private readonly moderation: ModerationRepository,
  ) {}

  /**
   * Puts a review before the administrators; again, it changes what the viewer reported.
   * @throws {ApiError} `CONFLICT` when they have decided about it since, and it has not changed
   */
  async report(
    viewer: Viewer,
    reviewId: number,
    { reason, note }: ReportReviewInput,
  ): Promise<void> {
    const { userId } = await this.service.get(viewer, reviewId);
    if (userId === viewer.userId) throw ownReview('report this review');
    await this.database.transaction(async () => {
      const review = await this.reviews.lock(reviewId);
      if (review === null || !mayRead(viewer, review)) throw noSuchReview();
      if (await this.moderation.isDecided(reviewId, viewer.userId)) throw decidedAlready();
      await this.moderation.putReport(reviewId, viewer.userId, { reason, note: note || null });
      await this.reviews.setReported(reviewId);
    });
  }

  /** Decides about a review, reported or not, whatever has become of its story. */
  async decide(
    { userId: decidedBy }: Viewer,
    reviewId: number,
    { decision, note }: ModerateReviewInput,
  ): Promise<ReviewEntity> {
    const found = await this.reviews.findById(reviewId);
    if (found === null) throw noSuchReview();
    return this.service.changing(found.storyId, async () => {
      const before = await this.reviews.lock(reviewId);
      if (before === null) throw noSuchReview();
      const { rating, text } = before;
      const after = await this.reviews.setHidden(reviewId, decision === ReviewVerdict.HIDE);
      await this.moderation.decide({
        ...{ reviewId, decision, note: note || null, rating, text, decidedBy },
      });
      return { before, after };
    });
  }
}
