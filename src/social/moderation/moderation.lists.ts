import { Injectable } from '@nestjs/common';
import { paginate, type Connection, type PageArgs } from '../../graphql/connection.js';
import type { Loaders } from '../../graphql/loaders.js';
import { toReview, type Review } from '../ratings/review.type.js';
import type { ReportedReviewsArgs } from './moderation.inputs.js';
import { keysetOf, ModerationRepository, type Kept } from './moderation.repository.js';
import { toDecision, toReport, type ReviewDecision, type ReviewReport } from './moderation.type.js';

/** The lists that administrators look at. Asked of many reviews in one request, each question is one statement. */
@Injectable()
export class ModerationLists {
  constructor(private readonly moderation: ModerationRepository) {}

  cases({ state, ...page }: ReportedReviewsArgs): Promise<Connection<Review>> {
    return paginate(
      {
        page,
        list: `reportedReviews ${state}`,
        keys: ['date', 'id'],
        fetch: (limit, after) => this.moderation.findCases(state, limit, after),
        keysetOf: (review) => keysetOf(state, review),
        count: () => this.moderation.countCases(state),
      },
      toReview,
    );
  }

  reports(loaders: Loaders, reviewId: number, page: PageArgs): Promise<Connection<ReviewReport>> {
    return paginate(
      {
        ...this.#kept(loaders, 'report', reviewId, page),
        keysetOf: ({ reportId }) => [reportId],
      },
      toReport,
    );
  }

  decisions(
    loaders: Loaders,
    reviewId: number,
    page: PageArgs,
  ): Promise<Connection<ReviewDecision>> {
    return paginate(
      {
        ...this.#kept(loaders, 'decision', reviewId, page),
        keysetOf: ({ decisionId }) => [decisionId],
      },
      toDecision,
    );
  }

  #kept<Of extends Kept>(loaders: Loaders, kept: Of, reviewId: number, page: PageArgs) {
    return {
      page,
      list: `${kept}s of a review`,
      keys: ['id'] as const,
      fetch: (limit: number, [before]: readonly (string | number)[] = []) =>
        loaders
          .about(
            this,
            `${kept}s ${limit} ${before}`,
            (ids) => this.moderation.findPages(kept, ids, limit, before as number | undefined),
            [],
          )
          .load(reviewId),
      count: () =>
        loaders
          .about(this, `count of ${kept}s`, (ids) => this.moderation.counts(kept, ids), 0)
          .load(reviewId),
    };
  }
}
