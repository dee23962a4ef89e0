import { Column, Entity, Index } from 'typeorm';

/** How many readers of a leaderboard have a value. Triggers on the tables of readers keep it, so that ranks are short sums. */
@Entity('standings')
@Index('standings_empty_idx', { synchronize: false })
export class StandingEntity {
  @Column('text', { primary: true })
  metric: string;

  @Column('text', { primary: true })
  period: 'all' | 'month' | 'week';

  /** The first day of the period; of all time, `-infinity`. */
  @Column('date', { primary: true })
  starts: string;

  @Column('integer', { primary: true })
  value: number;

  @Column('integer')
  readers: number;
}
