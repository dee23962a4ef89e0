import { Check, Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { StoryEntity } from '../story.entity.js';
import type { CollaboratorRole } from '../story.policy.js';

/** Somebody who works on the story of another. The owner is the story’s author, and has no row here. */
@Entity('story_collaborators')
@Check('story_collaborators_role_check', `role IN ('editor', 'viewer')`)
@Index(['userId', 'storyId'])
@Index(['addedBy'])
export class CollaboratorEntity {
  @PrimaryColumn('bigint')
  @ForeignKey(() => StoryEntity)
  storyId: number;

  @PrimaryColumn('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('text')
  role: CollaboratorRole;

  /** Who invited them. */
  @Column('bigint')
  @ForeignKey(() => UserEntity)
  addedBy: number;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  addedAt: Date;
}
