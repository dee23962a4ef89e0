import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import type { Obstacle } from '../../engine/core/move.js';
import { StoryVersionEntity } from '../../publishing/versions/version.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';
import type { Replacement } from './replacements.js';

export type MoveState = 'queued' | 'running' | 'done' | 'failed';

/** The move of all readers of a story to one of its versions, done in the background. */
@Entity('playthrough_moves')
@Index(['storyId', 'moveId'])
@Index(['versionId'])
@Index(['requestedBy'])
@Check('playthrough_moves_status_check', `status IN ('queued', 'running', 'done', 'failed')`)
export class PlaythroughMoveEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  moveId: number;

  @Column('bigint')
  @ForeignKey(() => StoryEntity)
  storyId: number;

  /** The version that they are moved to. */
  @Column('bigint')
  @ForeignKey(() => StoryVersionEntity)
  versionId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  requestedBy: number;

  @Column('jsonb', { default: () => `'[]'` })
  replacements: readonly Replacement[];

  @Column('text', { default: 'queued' })
  status: MoveState;

  @Column('integer', { default: 0 })
  moved: number;

  /** How many stay on their version, by reason. */
  @Column('jsonb', { default: () => `'{}'` })
  obstacles: Readonly<Partial<Record<Obstacle, number>>>;

  /** How many could not be looked at because of a fault. */
  @Column('integer', { default: 0 })
  failed: number;

  /** All playthroughs up to this id have been looked at. */
  @Column('bigint', { default: 0 })
  lastLooked: number;

  /** Why it broke off, where it did. */
  @Column('text', { nullable: true })
  error: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;
}
