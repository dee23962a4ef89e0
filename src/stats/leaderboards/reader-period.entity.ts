import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';

/** What a reader did in a month or an ISO week: the sums of their days. */
@Entity('reader_periods')
@Index(['userId'])
@Index('reader_periods_experience_idx', { synchronize: false })
@Index('reader_periods_stories_completed_idx', { synchronize: false })
@Index('reader_periods_endings_found_idx', { synchronize: false })
@Index('reader_periods_choices_made_idx', { synchronize: false })
@Index('reader_periods_play_time_idx', { synchronize: false })
@Check('reader_periods_period_check', `period IN ('month', 'week')`)
export class ReaderPeriodEntity {
  @Column('text', { primary: true })
  period: 'month' | 'week';

  /** Its first day, as in `2026-11-01`. */
  @Column('date', { primary: true })
  starts: string;

  @Column('bigint', { primary: true })
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('integer', { default: 0 })
  choices: number;

  @Column('integer', { default: 0 })
  storiesFinished: number;

  @Column('integer', { default: 0 })
  endingsFound: number;

  /** In milliseconds. */
  @Column('bigint', { default: 0 })
  playMs: number;

  @Column('integer', { default: 0 })
  xp: number;

  /** Whether leaderboards have them: an account that does not hide. */
  @Column('boolean', { default: false })
  isRanked: boolean;
}
