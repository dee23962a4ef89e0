import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryGeneratedColumn,
} from 'typeorm';
import type { MediaRef } from '../media/library/media-uses.js';
import type { StorySchema } from '../engine/core/definition.js';
import { UserEntity } from '../auth/users/user.entity.js';

export type Difficulty = 'easy' | 'medium' | 'hard';

/** A story's standing: who wrote it, how it is found, which version readers get. Its nodes lie in the draft. */
@Entity('stories')
@Check('stories_difficulty_level_check', `difficulty_level IN ('easy', 'medium', 'hard')`)
@Index('stories_slug_key', { synchronize: false })
@Index(['authorId', 'storyId'])
@Index(['publishedVersionId'])
@Index(['publishedAt'])
@Index(['sourceId'])
@Index(['updatedBy'])
@Index('stories_cover_idx', { synchronize: false })
@Index('stories_recent_idx', { synchronize: false })
@Index('stories_popular_idx', { synchronize: false })
@Index('stories_top_rated_idx', { synchronize: false })
@Index('stories_title_idx', { synchronize: false })
@Index('stories_category_idx', { synchronize: false })
@Index('stories_tags_idx', { synchronize: false })
@Index('stories_words_idx', { synchronize: false })
@Index('stories_trigrams_idx', { synchronize: false })
export class StoryEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  storyId: number;

  @Column('text')
  slug: string;

  @Column('text')
  title: string;

  @Column('text')
  description: string;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  authorId: number;

  @Column('text')
  difficultyLevel: Difficulty;

  @Column('text')
  category: string;

  @Column('text', { array: true, default: () => `'{}'` })
  tags: string[];

  @Column('text', { default: 'en' })
  language: string;

  /** Readers get only the nodes that their own playthroughs have visited. */
  @Column('boolean', { default: false })
  spoilerGuard: boolean;

  /** Readers see, after a choice, how others chose. */
  @Column('boolean', { default: false })
  showChoiceShares: boolean;

  /** What the draft declares: variables, items and so on. */
  @Column('jsonb', { default: () => `'{}'` })
  schema: StorySchema;

  /** The picture that it is shown with. */
  @Column('jsonb', { nullable: true })
  cover: MediaRef | null;

  /** The Twine source of the draft: what its exports give back of the file that it was imported from. */
  @Column('bigint', { nullable: true })
  @ForeignKey('story_sources')
  sourceId: number | null;

  @Column('boolean', { default: false })
  isPublished: boolean;

  /** The version that readers start on; kept when the story is unpublished. */
  @Column('bigint', { nullable: true })
  @ForeignKey('story_versions')
  publishedVersionId: number | null;

  /** When it was first published. */
  @Column({ type: 'timestamptz', nullable: true, precision: 3 })
  publishedAt: Date | null;

  /** How often it was published, whether or not that made a version. */
  @Column('integer', { default: 0 })
  publications: number;

  @Column('integer', { default: 0 })
  playCount: number;

  @Column('integer', { default: 0 })
  ratingSum: number;

  @Column('integer', { default: 0 })
  ratingCount: number;

  /** How many readers have given 1, 2, 3, 4 and 5 stars. Read only where it is asked for. */
  @Column('integer', { array: true, default: () => `'{0,0,0,0,0}'`, select: false })
  starCounts: number[];

  @Column('integer', { default: 1 })
  revision: number;

  /** Who made the revision; null for what came by another way than the application. */
  @Column('bigint', { nullable: true, default: () => 'change_author()' })
  @ForeignKey(() => UserEntity)
  updatedBy: number | null;

  /** Deleted stories stay for the playthroughs that run on their versions. */
  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}
