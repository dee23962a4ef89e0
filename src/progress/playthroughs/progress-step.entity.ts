import { Column, Entity, ForeignKey } from 'typeorm';
import { ProgressEntity } from './progress.entity.js';

/** What a replay of a step needs beside the choice. */
export interface StepOutcome {
  /** The server's clock, in milliseconds since 1970, where a timed node is left or entered. */
  readonly now?: number;
  /** The reader's answer to a puzzle. */
  readonly answer?: string;
  /** The choice that the reader asked for, where time was out and another was made. */
  readonly asked?: number;
}

/**
 * One choice made, append-only. Node and choice ids are those of the playthrough's version, which never changes;
 * they carry no foreign keys, as those would be checked on every choice.
 */
@Entity('progress_steps')
export class ProgressStepEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => ProgressEntity, { onDelete: 'CASCADE' })
  progressId: number;

  /** The step the choice was made on, from 0. */
  @Column('integer', { primary: true })
  seq: number;

  @Column('bigint')
  nodeId: number;

  @Column('bigint')
  choiceId: number;

  @Column('bigint')
  toNodeId: number;

  /** What decided the step beside the choice; null where nothing did. */
  @Column('jsonb', { nullable: true })
  outcome: StepOutcome | null;

  @Column('timestamptz', { default: () => 'now()' })
  at: Date;
}
