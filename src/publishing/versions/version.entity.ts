import {
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import type { StoryDefinition } from '../../engine/core/definition.js';
import { StoryEntity } from '../../stories/story.entity.js';

/** What readers play: everything needed to play it, and never changed again. */
@Entity('story_versions')
@Index('story_versions_story_id_number_key', ['storyId', 'number'], { unique: true })
@Index(['publishedBy'])
@Index('story_versions_media_idx', { synchronize: false })
export class StoryVersionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  versionId: number;

  @Column('bigint')
  @ForeignKey(() => StoryEntity)
  storyId: number;

  /** 1, 2, 3, ... within the story. */
  @Column('integer')
  number: number;

  @Column('jsonb')
  snapshot: StoryDefinition;

  /** SHA-256 of the snapshot: publishing an unchanged draft makes no new version. */
  @Column('text')
  contentHash: string;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  publishedBy: number;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
