import { Column, Entity, ForeignKey, Index } from 'typeorm';
import type { Value } from '../../engine/core/definition.js';
import { ProgressEntity } from './progress.entity.js';

/** What a replay of a step needs beside the choice; for a step that is no choice, what it did. */
export interface StepOutcome {
  /** The server's clock, in milliseconds since 1970, where a timed node is left or entered. */
  readonly now?: number;
  /** The answer that the reader sent. */
  readonly answer?: string;
  /** The choice that the reader asked for, where time was out and another was made. */
  readonly asked?: number;
  /** The step before which the playthrough went back. */
  readonly back?: number;
  /** The variables that the reader set. */
  readonly set?: Readonly<Record<string, Value>>;
  /** Whether the choice was made without the server, and kept later: nobody knows how long it took. */
  readonly offline?: true;
  /** The versions between which the playthrough was moved; where it stood then is the step's `toNodeId`. */
  readonly moved?: { readonly from: number; readonly to: number };
}

/**
 * One step, append-only: a choice, or what happened between choices. Node and choice ids are those of the version that
 * the playthrough was on; they carry no foreign keys, as those would be checked on every choice.
 */
@Entity('progress_steps')
@Index('progress_steps_ends_idx', { synchronize: false })
export class ProgressStepEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => ProgressEntity, { onDelete: 'CASCADE' })
  progressId: number;

  /** Its number, from 0. */
  @Column('integer', { primary: true })
  seq: number;

  @Column('bigint')
  nodeId: number;

  /** Null where the step is no choice. */
  @Column('bigint', { nullable: true })
  choiceId: number | null;

  @Column('bigint')
  toNodeId: number;

  /** What decided the step beside the choice; null where nothing did. */
  @Column('jsonb', { nullable: true })
  outcome: StepOutcome | null;

  @Column('timestamptz', { default: () => 'now()' })
  at: Date;

  /** The day on which it was made for the reader, in the time zone that they had then, as in `2026-11-25`. */
  @Column('date', { default: () => 'now()' })
  day: string;

  /** The version that it was made on; for a move, the one that it led to. */
  @Column('bigint')
  versionId: number;

  /** Whether the choice came to an ending. */
  @Column('boolean', { default: false })
  isEnd: boolean;

  /** The artifacts and declared endings that it collected, as `artifact.lamp`; null where it collected none. */
  @Column('text', { array: true, nullable: true })
  collected: string[] | null;

  /** Whether the reader has gone back on it since. */
  @Column('boolean', { default: false })
  undone: boolean;
}
