import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { StoryEntity } from '../story.entity.js';
import type { StoryRole } from '../story.policy.js';

/**
 * A part in a story that somebody has been offered and has not answered: the row goes when they do. It is for a user, or
 * for whoever has confirmed an e-mail address in an account, now or later. The part of owner is offered to collaborators.
 */
@Entity('story_invitations')
@Check('story_invitations_role_check', `role IN ('owner', 'editor', 'viewer')`)
@Check('story_invitations_invitee_check', '(user_id IS NULL) <> (email IS NULL)')
@Index('story_invitations_story_id_user_id_key', ['storyId', 'userId'], { unique: true })
@Index('story_invitations_story_id_email_key', { synchronize: false })
@Index('story_invitations_owner_key', { synchronize: false })
@Index('story_invitations_email_idx', { synchronize: false })
@Index(['userId'])
@Index(['invitedBy'])
export class InvitationEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  invitationId: number;

  @Column('bigint')
  @ForeignKey(() => StoryEntity)
  storyId: number;

  @Column('bigint', { nullable: true })
  @ForeignKey(() => UserEntity)
  userId: number | null;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('text')
  role: StoryRole;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  invitedBy: number;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
