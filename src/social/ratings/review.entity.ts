import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';

/**
 * How many stars a reader has given a story, and what they wrote with it. There is one row for each reader and story: one
 * that is deleted stays empty, so that what was decided about it holds when the reader writes another one.
 */
@Entity('reviews')
@Check('reviews_rating_check', 'rating BETWEEN 1 AND 5')
@Index('reviews_story_id_user_id_key', ['storyId', 'userId'], { unique: true })
@Index(['userId'])
@Index(['repliedBy'])
@Index('reviews_helpful_idx', { synchronize: false })
@Index('reviews_recent_idx', { synchronize: false })
@Index('reviews_rating_idx', { synchronize: false })
@Index('reviews_reported_idx', { synchronize: false })
@Index('reviews_hidden_idx', { synchronize: false })
export class ReviewEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  reviewId: number;

  @Column('bigint')
  @ForeignKey(() => StoryEntity)
  storyId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  /** 1 to 5 stars. */
  @Column('smallint')
  rating: number;

  /** Plain text; null for stars alone. */
  @Column('text', { nullable: true })
  text: string | null;

  /** Whether the text gives something of the story away. */
  @Column('boolean', { default: false })
  hasSpoilers: boolean;

  /** How many readers found the text helpful: the rows of `review_votes`. */
  @Column('integer', { default: 0 })
  helpfulCount: number;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  editedAt: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  deletedAt: Date | null;

  /** What the author of the story answered, in plain text. */
  @Column('text', { nullable: true })
  reply: string | null;

  @Column('bigint', { nullable: true })
  @ForeignKey(() => UserEntity)
  repliedBy: number | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  repliedAt: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  replyEditedAt: Date | null;

  /** When it was first reported of the times that nothing has been decided about yet. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  reportedAt: Date | null;

  /** When an administrator hid it: neither its text nor its stars count then. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  hiddenAt: Date | null;
}
