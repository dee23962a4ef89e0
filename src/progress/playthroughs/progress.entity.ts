import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import type { PlayState } from '../../engine/core/play.js';
import { StoryVersionEntity } from '../../publishing/versions/version.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';

/**
 * One playthrough of a story, on one version of it; a move to another one is a step. No index is over what a choice changes:
 * then PostgreSQL writes the row anew without writing to any index.
 */
@Entity('user_progress')
@Index(['storyId', 'progressId'])
@Index(['versionId'])
@Index(['userId', 'storyId'])
export class ProgressEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  progressId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('bigint')
  @ForeignKey(() => StoryEntity)
  storyId: number;

  @Column('bigint')
  @ForeignKey(() => StoryVersionEntity)
  versionId: number;

  /**
   * The version that it began with, where it has been on another since. Without a foreign key: the index that it would
   * need would be written on every choice, and versions are never deleted.
   */
  @Column('bigint', { nullable: true })
  firstVersionId: number | null;

  /** When its version last changed. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  movedAt: Date | null;

  /** A node of its version. Without a foreign key, which would be checked on every choice: versions are never deleted. */
  @Column('bigint')
  currentNodeId: number;

  @Column('jsonb')
  state: PlayState;

  /** What chance is drawn from. It never reaches a reader while the playthrough goes on. */
  @Column('uuid')
  seed: string;

  /** How many steps have been made: choices, and what readers do between them. The next one has this number. */
  @Column('integer', { default: 0 })
  step: number;

  @Column('timestamptz', { default: () => 'now()' })
  startTime: Date;

  /** The day on which it began for its reader, as in `2026-11-25`. */
  @Column('date', { default: () => 'now()' })
  startDay: string;

  /** What was collected by beginning, as in steps. */
  @Column('text', { array: true, nullable: true })
  collected: string[] | null;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  lastUpdated: Date;

  @Column('boolean', { default: false })
  isCompleted: boolean;

  /** How the reached ending feels. */
  @Column('text', { nullable: true })
  ending: string | null;

  /** Deleted playthroughs are out of sight, but still count in their reader's statistics. */
  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;

  /**
   * No column, but which writing of the row this is, as PostgreSQL numbers them: another one whatever was changed, and by
   * whomever. Told where a choice may go on from what was read.
   */
  rowVersion?: string;
}
