import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Keyset } from '../../graphql/connection.js';
import type { LeaderboardRow, Place } from './leaderboard.repository.js';
import { StoryLeaderboardMetric } from './leaderboard.type.js';

const VALUE_OF: Readonly<Record<StoryLeaderboardMetric, string>> = {
  [StoryLeaderboardMetric.FEWEST_STEPS]: 'choices',
  [StoryLeaderboardMetric.FASTEST]: '(play_ms / 1000)::integer',
};

/** The readers of a story `$1`, as far as `$2` may see them: themselves, and those who do not hide. */
const ranked = (metric: StoryLeaderboardMetric): string => `
  SELECT rank() OVER (ORDER BY ${VALUE_OF[metric]}) AS rank, ${VALUE_OF[metric]} AS value, user_id AS "userId", username,
         created_at AS "createdAt"
  FROM story_bests JOIN users USING (user_id)
  WHERE story_id = $1 AND (role <> 'guest' AND NOT hide_from_leaderboards OR user_id = $2)`;

@Injectable()
export class StoryLeaderboardRepository {
  constructor(private readonly database: Database) {}

  /** The best first; of equals the longest-standing member first. */
  page(
    { storyId, metric }: StoryBoard,
    limit: number,
    after: Keyset | undefined,
  ): Promise<LeaderboardRow[]> {
    return this.database.query(
      `SELECT * FROM (${ranked(metric)}) AS ranked
       WHERE $4::integer IS NULL OR (value, "userId") > ($4, $5::bigint)
       ORDER BY value, "userId" LIMIT $3`,
      [storyId, null, limit, after?.[0] ?? null, after?.[1] ?? null],
    );
  }

  async count({ storyId, metric }: StoryBoard): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*) AS count FROM (${ranked(metric)}) AS ranked`,
      [storyId, null],
    );
    return row!.count;
  }

  async place({ storyId, metric }: StoryBoard, userId: number): Promise<Place | undefined> {
    const [row] = await this.database.query<Place>(
      `SELECT rank, value FROM (${ranked(metric)}) AS ranked WHERE "userId" = $2`,
      [storyId, userId],
    );
    return row;
  }
}

export interface StoryBoard {
  readonly storyId: number;
  readonly metric: StoryLeaderboardMetric;
}
