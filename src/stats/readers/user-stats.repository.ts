import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Keyset } from '../../graphql/connection.js';

export interface UserStatsRow {
  readonly storiesStarted: number;
  readonly storiesCompleted: number;
  readonly endingsFound: number;
  readonly totalChoicesMade: number;
  readonly plays: number;
  readonly finishes: number;
  readonly sessions: number;
  readonly playMs: number;
  readonly xp: number;
  readonly streak: number;
  readonly longestStreak: number;
  /** Their last day of play, as in `2026-11-25`. */
  readonly lastDay: string | null;
  /** Their time zone's day now. */
  readonly today: string;
}

export interface ReaderDayRow {
  readonly day: string;
  readonly plays: number;
  readonly choices: number;
  readonly finishes: number;
  readonly sessions: number;
  readonly playMs: number;
  readonly storiesStarted: number;
  readonly storiesFinished: number;
  readonly endingsFound: number;
  readonly xp: number;
}

export interface ReaderStoryRow {
  readonly userId: number;
  readonly storyId: number;
  readonly plays: number;
  readonly choices: number;
  readonly finishes: number;
  readonly sessions: number;
  readonly playMs: number;
  readonly lastAt: Date;
}

export interface CollectedRow {
  readonly storyId: number;
  readonly key: string;
  readonly versionId: number;
  readonly at: Date;
}

@Injectable()
export class UserStatsRepository {
  constructor(private readonly database: Database) {}

  /** The streak of a reader who has played until yesterday and not today, by the days of their time zone. */
  async streakAtRisk(userId: number): Promise<number | undefined> {
    const [row] = await this.database.query<{ streak: number }>(
      `SELECT streak FROM user_stats JOIN users USING (user_id)
       WHERE user_id = $1 AND last_day = (now() AT TIME ZONE timezone)::date - 1`,
      [userId],
    );
    return row?.streak;
  }

  async find(userId: number): Promise<UserStatsRow | undefined> {
    const [row] = await this.database.query<UserStatsRow>(
      `SELECT stories_started AS "storiesStarted", stories_completed AS "storiesCompleted",
              endings_found AS "endingsFound", total_choices_made AS "totalChoicesMade", plays, finishes, sessions,
              play_ms AS "playMs", xp, streak, longest_streak AS "longestStreak", last_day::text AS "lastDay",
              (now() AT TIME ZONE timezone)::date::text AS today
       FROM user_stats JOIN users USING (user_id) WHERE user_id = $1`,
      [userId],
    );
    return row;
  }

  /** The category of the stories that they began most often; of equals the first by name. */
  async favoriteCategory(userId: number): Promise<string | undefined> {
    const [row] = await this.database.query<{ category: string }>(
      `SELECT category FROM reader_stories JOIN stories USING (story_id) WHERE user_id = $1
       GROUP BY category ORDER BY sum(plays) DESC, category LIMIT 1`,
      [userId],
    );
    return row?.category;
  }

  /** Every day from one to another, both included, with zeros where nothing was done. */
  days(userId: number, from: string, to: string): Promise<ReaderDayRow[]> {
    const counts = ['plays', 'choices', 'finishes', 'sessions', 'xp'].map(
      (column) => `coalesce(${column}, 0) AS ${column}`,
    );
    return this.database.query(
      `SELECT each::date::text AS day, ${counts.join(', ')}, coalesce(play_ms, 0) AS "playMs",
              coalesce(stories_started, 0) AS "storiesStarted", coalesce(stories_finished, 0) AS "storiesFinished",
              coalesce(endings_found, 0) AS "endingsFound"
       FROM generate_series($2::date, $3::date, interval '1 day') AS each
       LEFT JOIN reader_days ON user_id = $1 AND day = each::date
       ORDER BY each`,
      [userId, from, to],
    );
  }

  /** Stories that they have played, the latest first. */
  stories(userId: number, limit: number, after: Keyset | undefined): Promise<ReaderStoryRow[]> {
    return this.database.query(
      `SELECT user_id AS "userId", story_id AS "storyId", plays, choices, finishes, sessions, play_ms AS "playMs",
              last_at AS "lastAt"
       FROM reader_stories
       WHERE user_id = $1 AND ($3::timestamptz IS NULL OR (last_at, story_id) < ($3, $4))
       ORDER BY last_at DESC, story_id DESC LIMIT $2`,
      [userId, limit, after?.[0] ?? null, after?.[1] ?? null],
    );
  }

  async countStories(userId: number): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      'SELECT count(*) AS count FROM reader_stories WHERE user_id = $1',
      [userId],
    );
    return row!.count;
  }

  /** Artifacts that they have collected, the latest first. */
  artifacts(userId: number, limit: number, after: Keyset | undefined): Promise<CollectedRow[]> {
    return this.database.query(
      `SELECT story_id AS "storyId", key, version_id AS "versionId", at FROM reader_collected
       WHERE user_id = $1 AND kind = 'artifact'
         AND ($3::timestamptz IS NULL OR (at, story_id, key) < ($3, $4::bigint, $5::text))
       ORDER BY at DESC, story_id DESC, key DESC LIMIT $2`,
      [userId, limit, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null],
    );
  }

  async countArtifacts(userId: number): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*) AS count FROM reader_collected WHERE user_id = $1 AND kind = 'artifact'`,
      [userId],
    );
    return row!.count;
  }

  /** The endings that they have found in some stories, by story. */
  async endings(
    userId: number,
    storyIds: readonly number[],
  ): Promise<Map<number, ReadonlySet<number>>> {
    const rows = await this.database.query<{ storyId: number; nodeId: number }>(
      `SELECT story_id AS "storyId", node_id AS "nodeId" FROM reader_firsts
       WHERE user_id = $1 AND story_id = ANY($2) AND kind = 'ending'`,
      [userId, storyIds],
    );
    const byStory = Map.groupBy(rows, ({ storyId }) => storyId);
    return new Map(
      [...byStory].map(([storyId, found]) => [storyId, new Set(found.map(({ nodeId }) => nodeId))]),
    );
  }
}
