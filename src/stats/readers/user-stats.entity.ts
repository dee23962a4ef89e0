import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';

/** What a reader has done in all: the sums of their days. */
@Entity('user_stats')
@Index('user_stats_experience_idx', { synchronize: false })
@Index('user_stats_stories_completed_idx', { synchronize: false })
@Index('user_stats_endings_found_idx', { synchronize: false })
@Index('user_stats_choices_made_idx', { synchronize: false })
@Index('user_stats_play_time_idx', { synchronize: false })
@Index('user_stats_longest_streak_idx', { synchronize: false })
export class UserStatsEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('integer', { default: 0 })
  storiesStarted: number;

  @Column('integer', { default: 0 })
  storiesCompleted: number;

  @Column('integer', { default: 0 })
  endingsFound: number;

  @Column('integer', { default: 0 })
  totalChoicesMade: number;

  @Column('integer', { default: 0 })
  plays: number;

  @Column('integer', { default: 0 })
  finishes: number;

  @Column('integer', { default: 0 })
  sessions: number;

  /** Time spent playing, in milliseconds. */
  @Column('bigint', { default: 0 })
  playMs: number;

  @Column('integer', { default: 0 })
  xp: number;

  /** How many days in a row they had played by `lastDay`. */
  @Column('integer', { default: 0 })
  streak: number;

  @Column('integer', { default: 0 })
  longestStreak: number;

  /** The last day on which they played, as in `2026-11-25`. */
  @Column('date', { nullable: true })
  lastDay: string | null;

  /** Whether leaderboards have them: an account that does not hide. */
  @Column('boolean', { default: false })
  isRanked: boolean;
}
