import {
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { UserEntity } from '../../../auth/users/user.entity.js';
import { CommentEntity } from '../../../nodes/comments/comment.entity.js';
import { InvitationEntity } from '../../../stories/invitations/invitation.entity.js';
import { StoryEntity } from '../../../stories/story.entity.js';
import { ReviewEntity } from '../../ratings/review.entity.js';
import type { Kind } from '../kinds.js';

/** What a user was told. It goes with what it is about: an invitation that is answered is no news any more. */
@Entity('notifications')
@Index('notifications_user_id_kind_subject_key', ['userId', 'kind', 'subject'], { unique: true })
@Index(['userId', 'notificationId'])
@Index('notifications_unread_idx', { synchronize: false })
@Index(['actorId'])
@Index(['storyId'])
@Index(['commentId'])
@Index(['invitationId'])
@Index(['reviewId'])
@Index(['createdAt'])
export class NotificationEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  notificationId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity, { onDelete: 'CASCADE' })
  userId: number;

  @Column('text')
  kind: Kind;

  /** Tells what is told of by this kind apart: each user is told of each subject once. */
  @Column('text')
  subject: string;

  /** Who did it. */
  @Column('bigint')
  @ForeignKey(() => UserEntity, { onDelete: 'CASCADE' })
  actorId: number;

  @Column('bigint', { nullable: true })
  @ForeignKey(() => StoryEntity, { onDelete: 'CASCADE' })
  storyId: number | null;

  @Column('bigint', { nullable: true })
  @ForeignKey(() => CommentEntity, { onDelete: 'CASCADE' })
  commentId: number | null;

  @Column('bigint', { nullable: true })
  @ForeignKey(() => InvitationEntity, { onDelete: 'CASCADE' })
  invitationId: number | null;

  @Column('bigint', { nullable: true })
  @ForeignKey(() => ReviewEntity, { onDelete: 'CASCADE' })
  reviewId: number | null;

  /** Whether it stands in the list: as the user wanted it then. */
  @Column('boolean')
  inApp: boolean;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  readAt: Date | null;

  /** When its mails and pushes were queued. */
  @Column('timestamptz', { nullable: true })
  dispatchedAt: Date | null;
}
