import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { ReviewEntity } from '../ratings/review.entity.js';
import { ReviewDecisionEntity } from './review-decision.entity.js';

export type ReportReason = 'spoilers' | 'offensive' | 'spam' | 'off_topic' | 'other';

/** That somebody wants an administrator to look at a review. */
@Entity('review_reports')
@Check(
  'review_reports_reason_check',
  `reason IN ('spoilers', 'offensive', 'spam', 'off_topic', 'other')`,
)
@Index('review_reports_open_key', { synchronize: false })
@Index(['reviewId', 'reportId'])
@Index(['userId'])
@Index(['decisionId'])
export class ReviewReportEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  reportId: number;

  @Column('bigint')
  @ForeignKey(() => ReviewEntity)
  reviewId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('text')
  reason: ReportReason;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  /** What it led to; null as long as it is open. */
  @Column('bigint', { nullable: true })
  @ForeignKey(() => ReviewDecisionEntity)
  decisionId: number | null;
}
