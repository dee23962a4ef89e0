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
import type { StoryDocument } from '../formats/story-document.js';

/** A story, or a part of one, to begin with: a copy that no story changes. */
@Entity('story_templates')
@Check('story_templates_owner_check', '(slug IS NULL) = (owner_id IS NOT NULL)')
@Index('story_templates_slug_key', ['slug'], { unique: true })
@Index(['ownerId', 'templateId'])
@Index('story_templates_media_idx', { synchronize: false })
@Index('story_templates_shared_idx', { synchronize: false })
export class TemplateEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  templateId: number;

  /** Names a template that comes with Talegraph; null for those that authors save. */
  @Column('text', { nullable: true })
  slug: string | null;

  /** Who saved it; null for those that come with Talegraph. */
  @Column('bigint', { nullable: true })
  @ForeignKey(() => UserEntity)
  ownerId: number | null;

  @Column('text')
  title: string;

  @Column('text')
  description: string;

  /** Whether all authors may use it. */
  @Column('boolean', { default: false })
  isShared: boolean;

  @Column('jsonb')
  document: StoryDocument;

  /** The media that the document shows and plays; it calls them by these ids. */
  @Column('bigint', { array: true, default: () => `'{}'` })
  mediaIds: number[];

  @Column('integer')
  nodeCount: number;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}
