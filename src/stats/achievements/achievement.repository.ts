import type { AchievementDefinition } from '../../engine/core/definition.js';
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
  /** What the author of the story says of it; null for what the platform gives. */
  readonly given: AchievementDefinition | null;
}

const COLUMNS = `award_id AS "awardId", achievement_key AS key, points, earned_at AS "earnedAt",
  coalesce(user_achievements.story_id, user_progress.story_id) AS "storyId",
  CASE WHEN user_achievements.story_id IS NOT NULL THEN coalesce((
    SELECT given FROM story_versions JOIN version_goals USING (version_id)
    CROSS JOIN jsonb_array_elements(achievements) AS given
    WHERE story_versions.story_id = user_achievements.story_id AND given ->> 'key' = achievement_key
    ORDER BY number DESC LIMIT 1
  ), jsonb_build_object('key', achievement_key, 'name', achievement_key)) END AS given`;

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

  /** The id of the award that was given last; 0 before any was. */
  async lastAward(): Promise<number> {
    const [row] = await this.database.query<{ last: number }>(
      'SELECT coalesce(max(award_id), 0) AS last FROM user_achievements',
    );
    return row!.last;
  }

  /** What the platform has given since an award. */
  givenSince(
    awardId: number,
  ): Promise<{ readonly userId: number; readonly key: string; readonly earnedAt: Date }[]> {
    return this.database.query(
      `SELECT user_id AS "userId", achievement_key AS key, earned_at AS "earnedAt"
       FROM user_achievements WHERE award_id > $1 AND story_id IS NULL ORDER BY award_id`,
      [awardId],
    );
  }

  async countEarned(userId: number): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      'SELECT count(*) AS count FROM user_achievements WHERE user_id = $1',
      [userId],
    );
    return row!.count;
  }

  /** When a user has earned what the authors of some stories give: by story, and then by key. */
  async earnedIn(
    userId: number,
    storyIds: readonly number[],
  ): Promise<ReadonlyMap<number, Readonly<Record<string, string>>>> {
    const rows = await this.database.query<{ storyId: number; earned: Record<string, string> }>(
      `SELECT story_id AS "storyId", jsonb_object_agg(achievement_key, earned_at) AS earned
       FROM user_achievements WHERE user_id = $1 AND story_id = ANY($2) GROUP BY story_id`,
      [userId, storyIds],
    );
    return new Map(rows.map(({ storyId, earned }) => [storyId, earned]));
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
