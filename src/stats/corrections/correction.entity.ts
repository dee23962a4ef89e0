import {
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';

/** What an administrator added to, or took from, one day of a reader. It is never changed, and counted anew with the rest. */
@Entity('stats_corrections')
@Index(['userId', 'day'])
@Index(['userId', 'correctionId'])
@Index(['correctedBy'])
export class CorrectionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  correctionId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  /** As in `2026-11-25`, in the reader's time zone. */
  @Column('date')
  day: string;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  correctedBy: number;

  @Column('text')
  reason: string;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column('integer')
  plays: number;

  @Column('integer')
  choices: number;

  @Column('integer')
  finishes: number;

  @Column('integer')
  sessions: number;

  /** In milliseconds. */
  @Column('bigint')
  playMs: number;

  @Column('integer')
  storiesStarted: number;

  @Column('integer')
  storiesFinished: number;

  @Column('integer')
  endingsFound: number;

  /** Beside what the others earn. */
  @Column('integer')
  xp: number;
}
