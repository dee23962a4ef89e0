import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';

export type DataExportState = 'queued' | 'running' | 'done' | 'failed';

/** A file with all that is kept of a person, made for them. The row goes with the file. */
@Entity('data_exports')
@Check('data_exports_status_check', `status IN ('queued', 'running', 'done', 'failed')`)
@Index(['userId', 'exportId'])
@Index(['createdAt'])
export class DataExportEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  exportId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('text', { default: 'queued' })
  status: DataExportState;

  /** Where the file lies: nobody guesses it. */
  @Column('text')
  key: string;

  /** How many bytes it has; null until it is written. */
  @Column('bigint', { nullable: true })
  size: number | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;
}
