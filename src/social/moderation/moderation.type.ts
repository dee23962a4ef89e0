import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { ReviewReportReason, ReviewVerdict } from './moderation.inputs.js';
import type { ReviewDecisionEntity } from './review-decision.entity.js';
import type { ReviewReportEntity } from './review-report.entity.js';

@ObjectType({ description: 'That somebody wants an administrator to look at a review.' })
export class ReviewReport {
  @Field(() => ID, { description: 'The id of the report.' })
  id: string;

  @Field(() => ReviewReportReason, { description: 'What is wrong with the review.' })
  reason: ReviewReportReason;

  @Field(() => String, { nullable: true, description: 'What there is to say about it.' })
  note: string | null;

  @Field({ description: 'Whether nothing has been decided about it yet.' })
  isOpen: boolean;

  @Field({ description: 'When it was made.' })
  createdAt: Date;

  /** Not exposed: what resolvers go on from. */
  readonly row: ReviewReportEntity;
}

@ObjectType({ description: 'What an administrator decided about a review, as it was then.' })
export class ReviewDecision {
  @Field(() => ID, { description: 'The id of the decision.' })
  id: string;

  @Field(() => ReviewVerdict, { description: 'What became of the review.' })
  decision: ReviewVerdict;

  @Field(() => String, { nullable: true, description: 'Why.' })
  note: string | null;

  @Field(() => Int, { description: 'The stars that it had then.' })
  rating: number;

  @Field(() => String, { nullable: true, description: 'The text that it had then.' })
  text: string | null;

  @Field({ description: 'When it was decided.' })
  createdAt: Date;

  /** Not exposed: what resolvers go on from. */
  readonly row: ReviewDecisionEntity;
}

@ObjectType({ description: 'What was reported of a review, and decided about it.' })
export class ReviewModeration {
  @Field(() => Date, {
    nullable: true,
    description: 'Since when it has been waiting for a decision; null where it is not.',
  })
  waitingSince: Date | null;

  /** Not exposed: what resolvers go on from. */
  readonly reviewId: number;
}

export const ReviewReportConnection = ConnectionType('ReviewReport', () => ReviewReport);
export const ReviewDecisionConnection = ConnectionType('ReviewDecision', () => ReviewDecision);

export const toReport = (row: ReviewReportEntity): ReviewReport => ({
  id: encodeId('report', row.reportId),
  reason: row.reason as ReviewReportReason,
  note: row.note,
  isOpen: row.decisionId === null,
  createdAt: row.createdAt,
  row,
});

export const toDecision = (row: ReviewDecisionEntity): ReviewDecision => ({
  id: encodeId('decision', row.decisionId),
  decision: row.decision as ReviewVerdict,
  note: row.note,
  rating: row.rating,
  text: row.text,
  createdAt: row.createdAt,
  row,
});
