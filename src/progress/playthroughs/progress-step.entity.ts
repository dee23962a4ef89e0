import { Column, Entity, ForeignKey } from 'typeorm';
import { ProgressEntity } from './progress.entity.js';

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

  @Column('timestamptz', { default: () => 'now()' })
  at: Date;
}
