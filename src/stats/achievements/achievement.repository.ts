import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Keyset } from '../../graphql/connection.js';
import { METRICS } from './metrics.js';

export interface EarnedRow {
  readonly awardId: number;
  readonly key: string;
  readonly points: number;
  readonly earnedAt: Date;
  /** The story whose author gives it, or in which it was earned; null where it was earned in none. */
  readonly storyId: number | null;
}

const COLUMNS = `award_id AS "awardId", achievement_key AS key, points, earned_at AS "earnedAt",
  coalesce(user_achievements.story_id, user_progress.story_id) AS "storyId"`;

const TOTALS = Object.entries(METRICS)
  .map(
    ([metric, { totals }]) =>
      `SELECT '${metric}' AS metric, max(total)::bigint AS total FROM (${totals('(SELECT $1::bigint AS user_id) AS users')}) AS running`,
  )
  .join(' UNION ALL ');

@Injectable()
export class AchievementRepository {
  constructor(private readonly database: Database) {}

  /** Of one user, the latest first. */
  earned(userId: number, limit: number, after: Keyset | undefined): Promise<EarnedRow[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM user_achievements LEFT JOIN user_progress USING (progress_id)
       WHERE user_achievements.user_id = $1 AND ($3::timestamptz IS NULL OR (earned_at, award_id) < ($3, $4))
       ORDER BY earned_at DESC, award_id DESC LIMIT $2`,
      [userId, limit, after?.[0] ?? null, after?.[1] ?? null],
    );
  }

  /** What was earned by one step. */
  causedBy(progressId: number, seq: number): Promise<EarnedRow[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM user_achievements JOIN user_progress USING (progress_id)
       WHERE user_achievements.progress_id = $1 AND seq = $2 ORDER BY award_id`,
      [progressId, seq],
    );
  }

  async countEarned(userId: number): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      'SELECT count(*) AS count FROM user_achievements WHERE user_id = $1',
      [userId],
    );
    return row!.count;
  }

  /** The keys of what the platform has given to a user. */
  async earnedKeys(userId: number): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ key: string }>(
      'SELECT achievement_key AS key FROM user_achievements WHERE user_id = $1 AND story_id IS NULL',
      [userId],
    );
    return new Set(rows.map(({ key }) => key));
  }

  /** How far a user has come by each metric. */
  async totals(userId: number): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.query<{ metric: string; total: number | null }>(TOTALS, [
      userId,
    ]);
    return new Map(rows.map(({ metric, total }) => [metric, total ?? 0]));
  }
}
