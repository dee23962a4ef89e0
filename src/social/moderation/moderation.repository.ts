import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Keyset } from '../../graphql/connection.js';
import { ReviewEntity } from '../ratings/review.entity.js';
import { ReviewCase } from './moderation.inputs.js';
import { ReviewDecisionEntity } from './review-decision.entity.js';
import { ReviewReportEntity, type ReportReason } from './review-report.entity.js';

/** What is kept about each review, newest first. */
const KEPT = {
  report: { entity: ReviewReportEntity, table: 'review_reports', key: 'report_id', id: 'reportId' },
  decision: {
    entity: ReviewDecisionEntity,
    table: 'review_decisions',
    key: 'decision_id',
    id: 'decisionId',
  },
} as const;

export type Kept = keyof typeof KEPT;

interface Rows {
  report: ReviewReportEntity;
  decision: ReviewDecisionEntity;
}

/** The lists of reviews that administrators look at. */
const CASES = {
  [ReviewCase.WAITING]: {
    column: 'reported_at',
    property: 'reportedAt',
    condition: 'review.reportedAt IS NOT NULL',
    direction: 'ASC',
  },
  [ReviewCase.HIDDEN]: {
    column: 'hidden_at',
    property: 'hiddenAt',
    condition: 'review.hiddenAt IS NOT NULL AND review.deletedAt IS NULL',
    direction: 'DESC',
  },
} as const;

/** The place of a review in one of these lists. */
export const keysetOf = (state: ReviewCase, review: ReviewEntity): Keyset => [
  review[CASES[state].property]!.toISOString(),
  review.reviewId,
];

@Injectable()
export class ModerationRepository {
  constructor(private readonly database: Database) {}

  findCases(state: ReviewCase, limit: number, after: Keyset | undefined): Promise<ReviewEntity[]> {
    const { property, direction } = CASES[state];
    const page = this.#cases(state);
    if (after !== undefined) {
      page.andWhere(
        `(review.${property}, review.reviewId) ${direction === 'ASC' ? '>' : '<'} (:time::timestamptz, :id)`,
        { time: after[0], id: after[1] },
      );
    }
    return page
      .orderBy(`review.${property}`, direction)
      .addOrderBy('review.reviewId', direction)
      .limit(limit)
      .getMany();
  }

  countCases(state: ReviewCase): Promise<number> {
    return this.#cases(state).getCount();
  }

  /** A page each of what is kept about some reviews. */
  async findPages<Of extends Kept>(
    kept: Of,
    reviewIds: readonly number[],
    limit: number,
    before: number | undefined,
  ): Promise<Map<number, Rows[Of][]>> {
    const { entity, table, key, id } = KEPT[kept];
    const rows = await this.database.manager
      .getRepository<Rows[Kept]>(entity)
      .createQueryBuilder('kept')
      .where(
        `kept.${id} IN (
           SELECT page.${key}
           FROM unnest(CAST(:reviewIds AS bigint[])) AS review (id) CROSS JOIN LATERAL (
             SELECT ${key} FROM ${table}
             WHERE review_id = review.id AND (CAST(:before AS bigint) IS NULL OR ${key} < :before)
             ORDER BY ${key} DESC LIMIT :limit
           ) AS page
         )`,
        { reviewIds, limit, before: before ?? null },
      )
      .orderBy(`kept.${id}`, 'DESC')
      .getMany();
    return Map.groupBy(rows as Rows[Of][], ({ reviewId }) => reviewId);
  }

  /** How much is kept about each of some reviews; those about which there is nothing are left out. */
  async counts(kept: Kept, reviewIds: readonly number[]): Promise<Map<number, number>> {
    const rows = await this.database.query<{ reviewId: number; count: number }>(
      `SELECT review_id AS "reviewId", count(*) AS count FROM ${KEPT[kept].table}
       WHERE review_id = ANY($1) GROUP BY review_id`,
      [reviewIds],
    );
    return new Map(rows.map(({ reviewId, count }) => [reviewId, count]));
  }

  /** Whether a report of this user was decided about since the review was written or changed last. */
  async isDecided(reviewId: number, userId: number): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT FROM review_reports AS report
         JOIN review_decisions AS decision USING (decision_id)
         JOIN reviews AS review ON review.review_id = report.review_id
       WHERE report.review_id = $1 AND report.user_id = $2
         AND decision.created_at >= coalesce(review.edited_at, review.created_at)`,
      [reviewId, userId],
    );
    return rows.length > 0;
  }

  /** Reports a review, or changes the user’s open report of it. */
  async putReport(
    reviewId: number,
    userId: number,
    report: { readonly reason: ReportReason; readonly note: string | null },
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO review_reports (review_id, user_id, reason, note) VALUES ($1, $2, $3, $4)
       ON CONFLICT (review_id, user_id) WHERE decision_id IS NULL
       DO UPDATE SET reason = EXCLUDED.reason, note = EXCLUDED.note`,
      [reviewId, userId, report.reason, report.note],
    );
  }

  /** Keeps a decision, and settles the open reports of the review with it. */
  async decide(
    decision: Pick<
      ReviewDecisionEntity,
      'reviewId' | 'decision' | 'note' | 'rating' | 'text' | 'decidedBy'
    >,
  ): Promise<void> {
    const decisions = this.database.manager.getRepository(ReviewDecisionEntity);
    const { decisionId } = await decisions.save(decisions.create(decision));
    await this.database.query(
      'UPDATE review_reports SET decision_id = $2 WHERE review_id = $1 AND decision_id IS NULL',
      [decision.reviewId, decisionId],
    );
  }

  #cases(state: ReviewCase) {
    return this.database.manager
      .getRepository(ReviewEntity)
      .createQueryBuilder('review')
      .where(CASES[state].condition);
  }
}
