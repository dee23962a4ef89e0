import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { DayRange } from '../day-range.js';
import { utcDay } from '../days.js';

export interface PlatformDayRow {
  readonly day: string;
  readonly newUsers: number;
  readonly activeReaders: number;
  readonly starts: number;
  readonly choices: number;
  readonly finishes: number;
  readonly storiesPublished: number;
}

export interface ActiveReadersRow {
  readonly day: number;
  readonly week: number;
  readonly month: number;
}

export interface TopStoryRow {
  readonly storyId: number;
  readonly starts: number;
}

/** How many of something there are by day of universal time, of the days from $1 to $2. */
const byDay = (table: string, column: string, rest = ''): string =>
  `SELECT ${utcDay(column)} AS day, count(*) AS count FROM ${table}
   WHERE ${column} >= $1::date::timestamp AT TIME ZONE 'UTC'
     AND ${column} < ($2::date + 1)::timestamp AT TIME ZONE 'UTC' ${rest}
   GROUP BY 1`;

/** Figures of the whole installation, along the days of roll-ups; they may be some seconds old. */
@Injectable()
export class PlatformRepository {
  constructor(private readonly database: Database) {}

  /** Every day, the oldest first, with zeros where nothing happened. */
  days({ from, to }: DayRange): Promise<PlatformDayRow[]> {
    return this.database.onReplica(() =>
      this.database.query(
        `WITH joined AS (${byDay('users', 'created_at', `AND role <> 'guest'`)}),
       published AS (${byDay('stories', 'published_at')}),
       played AS (
         SELECT day, sum(plays) AS starts, sum(choices) AS choices, sum(finishes) AS finishes
         FROM story_days WHERE day BETWEEN $1 AND $2 GROUP BY day
       ), active AS (
         SELECT day, count(DISTINCT user_id) AS count FROM version_readers WHERE day BETWEEN $1 AND $2 GROUP BY day
       )
       SELECT each::date::text AS day, coalesce(joined.count, 0) AS "newUsers",
              coalesce(active.count, 0) AS "activeReaders", coalesce(starts, 0) AS starts,
              coalesce(choices, 0) AS choices, coalesce(finishes, 0) AS finishes,
              coalesce(published.count, 0) AS "storiesPublished"
       FROM generate_series($1::date, $2::date, interval '1 day') AS each
       LEFT JOIN joined ON joined.day = each::date LEFT JOIN active ON active.day = each::date
       LEFT JOIN played ON played.day = each::date LEFT JOIN published ON published.day = each::date
       ORDER BY each`,
        [from, to],
      ),
    );
  }

  /** @param to the last day, as in `2026-11-25` */
  async activeReaders(to: string): Promise<ActiveReadersRow> {
    const [row] = await this.database.onReplica(() =>
      this.database.query<ActiveReadersRow>(
        `SELECT count(DISTINCT user_id) FILTER (WHERE day = $1) AS day,
              count(DISTINCT user_id) FILTER (WHERE day > $1::date - 7) AS week,
              count(DISTINCT user_id) AS month
       FROM version_readers WHERE day > $1::date - 30 AND day <= $1`,
        [to],
      ),
    );
    return row!;
  }

  /** Those that most playthroughs were begun of; of equals the older one first. */
  topStories({ from, to }: DayRange, most: number): Promise<TopStoryRow[]> {
    return this.database.query(
      `SELECT story_id AS "storyId", sum(plays) AS starts FROM story_days JOIN stories USING (story_id)
       WHERE day BETWEEN $1 AND $2 AND deleted_at IS NULL
       GROUP BY story_id HAVING sum(plays) > 0 ORDER BY starts DESC, story_id LIMIT $3`,
      [from, to, most],
    );
  }
}
