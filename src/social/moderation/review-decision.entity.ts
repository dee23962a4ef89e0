import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { ReviewEntity } from '../ratings/review.entity.js';

export type Decision = 'keep' | 'hide';

/** What an administrator decided about a review, append-only, with the review as it was then. */
@Entity('review_decisions')
@Check('review_decisions_decision_check', `decision IN ('keep', 'hide')`)
@Index(['reviewId', 'decisionId'])
@Index(['decidedBy'])
export class ReviewDecisionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  decisionId: number;

  @Column('bigint')
  @ForeignKey(() => ReviewEntity)
  reviewId: number;

  @Column('text')
  decision: Decision;

  /** Why, for other administrators. */
  @Column('text', { nullable: true })
  note: string | null;

  @Column('smallint')
  rating: number;

  @Column('text', { nullable: true })
  text: string | null;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  decidedBy: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
