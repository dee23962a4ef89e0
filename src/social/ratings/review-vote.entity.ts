import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { ReviewEntity } from './review.entity.js';

/** That somebody found a review helpful. */
@Entity('review_votes')
@Index(['userId'])
export class ReviewVoteEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => ReviewEntity)
  reviewId: number;

  @Column('bigint', { primary: true })
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
