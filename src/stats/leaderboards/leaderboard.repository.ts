import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Keyset } from '../../graphql/connection.js';
import { LeaderboardMetric } from './leaderboard.type.js';

export interface LeaderboardRow {
  readonly rank: number;
  readonly value: number;
  readonly userId: number;
  readonly username: string;
  readonly createdAt: Date;
}

const COLUMN_OF: Readonly<Record<LeaderboardMetric, string>> = {
  [LeaderboardMetric.STORIES_COMPLETED]: 'stories_completed',
  [LeaderboardMetric.ENDINGS_FOUND]: 'endings_found',
  [LeaderboardMetric.CHOICES_MADE]: 'total_choices_made',
  [LeaderboardMetric.PLAY_TIME]: '(play_ms / 60000)',
};

@Injectable()
export class LeaderboardRepository {
  constructor(private readonly database: Database) {}

  /** Registered readers with a value above 0, the highest first; the longest-standing member of equals first. */
  page(
    metric: LeaderboardMetric,
    limit: number,
    after: Keyset | undefined,
  ): Promise<LeaderboardRow[]> {
    return this.database.query(
      `WITH ranked AS (${this.#ranked(metric)})
       SELECT * FROM ranked
       WHERE $2::bigint IS NULL OR value < $2 OR (value = $2 AND "userId" > $3)
       ORDER BY value DESC, "userId" LIMIT $1`,
      [limit, after?.[0] ?? null, after?.[1] ?? null],
    );
  }

  async count(metric: LeaderboardMetric): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*) AS count FROM (${this.#ranked(metric)}) AS ranked`,
    );
    return row?.count ?? 0;
  }

  #ranked(metric: LeaderboardMetric): string {
    const column = COLUMN_OF[metric];
    return `SELECT rank() OVER (ORDER BY ${column} DESC) AS rank, ${column} AS value,
                   user_id AS "userId", username, created_at AS "createdAt"
            FROM user_stats JOIN users USING (user_id) WHERE ${column} > 0 AND role <> 'guest'`;
  }
}
