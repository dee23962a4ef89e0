import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Keyset } from '../../graphql/connection.js';
import { LeaderboardMetric, LeaderboardPeriod } from './leaderboard.type.js';
import { IS_RANKABLE } from './ranked.js';

export interface Place {
  readonly rank: number;
  readonly value: number;
}

export interface LeaderboardRow extends Place {
  readonly userId: number;
  readonly username: string;
  readonly createdAt: Date;
}

export interface Board {
  readonly metric: LeaderboardMetric;
  readonly period: LeaderboardPeriod;
}

const MINUTES = '(play_ms / 60000)::integer';

/** The column of each metric in `user_stats`; in `reader_periods` some have other names. */
const COLUMN_OF: Readonly<Record<LeaderboardMetric, string>> = {
  [LeaderboardMetric.EXPERIENCE]: 'xp',
  [LeaderboardMetric.STORIES_COMPLETED]: 'stories_completed',
  [LeaderboardMetric.ENDINGS_FOUND]: 'endings_found',
  [LeaderboardMetric.CHOICES_MADE]: 'total_choices_made',
  [LeaderboardMetric.PLAY_TIME]: MINUTES,
  [LeaderboardMetric.LONGEST_STREAK]: 'longest_streak',
};

const COLUMN_OF_PERIOD: Readonly<Partial<Record<LeaderboardMetric, string>>> = {
  [LeaderboardMetric.STORIES_COMPLETED]: 'stories_finished',
  [LeaderboardMetric.CHOICES_MADE]: 'choices',
};

/** Where the values of a board lie. */
function source({ metric, period }: Board) {
  const isAll = period === LeaderboardPeriod.ALL_TIME;
  const starts = isAll
    ? `'-infinity'::date`
    : `date_trunc('${period}', now() AT TIME ZONE 'UTC')::date`;
  return {
    value: (isAll ? undefined : COLUMN_OF_PERIOD[metric]) ?? COLUMN_OF[metric],
    rows: isAll ? 'user_stats AS board' : 'reader_periods AS board',
    isMeant: isAll ? 'true' : `board.period = '${period}' AND board.starts = ${starts}`,
    /** The counts of readers by value. */
    standings: `standings WHERE metric = '${metric}' AND period = '${period}' AND starts = ${starts}`,
  };
}

@Injectable()
export class LeaderboardRepository {
  constructor(private readonly database: Database) {}

  /** Those with a value above 0, the highest first; of equals the longest-standing member first. */
  page(board: Board, limit: number, after: Keyset | undefined): Promise<LeaderboardRow[]> {
    const { value, rows, isMeant, standings } = source(board);
    return this.database.query(
      `WITH page AS (
         SELECT ${value} AS value, board.user_id, username, created_at
         FROM ${rows} JOIN users ON users.user_id = board.user_id
         WHERE ${isMeant} AND is_ranked AND ${value} > 0 AND ${IS_RANKABLE}
           AND ($2::integer IS NULL OR (${value}, -board.user_id) < ($2, -$3::bigint))
         ORDER BY ${value} DESC, -board.user_id DESC LIMIT $1
       ), ends AS (
         SELECT min(value) AS lowest, max(value) AS highest FROM page
       ), above AS MATERIALIZED (
         SELECT coalesce(sum(readers), 0) AS readers FROM ${standings} AND value > (SELECT highest FROM ends)
       ), between_ends AS (
         SELECT value, sum(readers) OVER (ORDER BY value DESC) - readers AS readers
         FROM ${standings} AND value >= (SELECT lowest FROM ends) AND value <= (SELECT highest FROM ends)
       )
       SELECT 1 + above.readers + between_ends.readers AS rank, page.value, page.user_id AS "userId", username,
              created_at AS "createdAt"
       FROM page JOIN between_ends USING (value) CROSS JOIN above
       ORDER BY page.value DESC, page.user_id`,
      [limit, after?.[0] ?? null, after?.[1] ?? null],
    );
  }

  async count(board: Board): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT coalesce(sum(readers), 0)::bigint AS count FROM ${source(board).standings}`,
    );
    return row!.count;
  }

  /** Where somebody stands, or would if they did not hide; undefined without a value. */
  async place(board: Board, userId: number): Promise<Place | undefined> {
    const { value, rows, isMeant, standings } = source(board);
    const [row] = await this.database.query<Place>(
      `SELECT own.value, 1 + (
         SELECT coalesce(sum(readers), 0)::bigint FROM ${standings} AND standings.value > own.value
       ) AS rank
       FROM (SELECT ${value} AS value FROM ${rows} WHERE ${isMeant} AND board.user_id = $1) AS own
       WHERE own.value > 0`,
      [userId],
    );
    return row;
  }

  /** Those whom somebody follows, and themselves, ranked among each other. */
  friends(
    board: Board,
    userId: number,
    limit: number,
    after: Keyset | undefined,
  ): Promise<LeaderboardRow[]> {
    return this.database.query(
      `SELECT * FROM (${friendsOf(board)}) AS ranked
       WHERE $3::integer IS NULL OR value < $3 OR (value = $3 AND "userId" > $4)
       ORDER BY value DESC, "userId" LIMIT $2`,
      [userId, limit, after?.[0] ?? null, after?.[1] ?? null],
    );
  }

  async countFriends(board: Board, userId: number): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*) AS count FROM (${friendsOf(board)}) AS ranked`,
      [userId],
    );
    return row!.count;
  }

  async placeAmongFriends(board: Board, userId: number): Promise<Place | undefined> {
    const [row] = await this.database.query<Place>(
      `SELECT rank, value FROM (${friendsOf(board)}) AS ranked WHERE "userId" = $1`,
      [userId],
    );
    return row;
  }
}

function friendsOf(board: Board): string {
  const { value, rows, isMeant } = source(board);
  return `
    SELECT rank() OVER (ORDER BY ${value} DESC) AS rank, ${value} AS value, board.user_id AS "userId", username,
           created_at AS "createdAt"
    FROM ${rows} JOIN users ON users.user_id = board.user_id
    WHERE ${isMeant} AND ${value} > 0 AND board.user_id IN (
      SELECT followed_id FROM follows WHERE follower_id = $1 UNION ALL SELECT $1
    ) AND (${IS_RANKABLE} OR board.user_id = $1)`;
}
