import { Column, Entity, ForeignKey } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';

/** What a reader did on one day of theirs. */
@Entity('reader_days')
export class ReaderDayEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => UserEntity)
  userId: number;

  /** As in `2026-11-25`, in the time zone that the reader had then. */
  @Column('date', { primary: true })
  day: string;

  /** How many playthroughs were begun. */
  @Column('integer', { default: 0 })
  plays: number;

  /** How many choices were made, with those that were gone back on. */
  @Column('integer', { default: 0 })
  choices: number;

  /** How often an ending was reached. */
  @Column('integer', { default: 0 })
  finishes: number;

  /** How often somebody sat down to a playthrough: after its beginning, after half an hour of nothing. */
  @Column('integer', { default: 0 })
  sessions: number;

  /** Time spent playing, in milliseconds; a pause counts for ten minutes at most. */
  @Column('bigint', { default: 0 })
  playMs: number;

  /** Stories that were begun for the first time. */
  @Column('integer', { default: 0 })
  storiesStarted: number;

  /** Stories that were finished for the first time. */
  @Column('integer', { default: 0 })
  storiesFinished: number;

  /** Endings that were reached for the first time. */
  @Column('integer', { default: 0 })
  endingsFound: number;

  /** Whether anything was played; else the day is there for a correction. Streaks are made of these. */
  @Column('boolean', { default: false })
  isActive: boolean;

  @Column('integer', { default: 0 })
  xp: number;
}
