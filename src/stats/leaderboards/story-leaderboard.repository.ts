import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Keyset } from '../../graphql/connection.js';
import type { LeaderboardRow, Place } from './leaderboard.repository.js';
import { StoryLeaderboardMetric } from './leaderboard.type.js';
import { IS_RANKABLE } from './ranked.js';

const VALUE_OF: Readonly<Record<StoryLeaderboardMetric, string>> = {
  [StoryLeaderboardMetric.FEWEST_STEPS]: 'choices',
  [StoryLeaderboardMetric.FASTEST]: '(play_ms / 1000)::integer',
};

@Injectable()
export class StoryLeaderboardRepository {
  constructor(private readonly database: Database) {}

  /**
   * The best first; of equals the longest-standing member first. Those before the page are counted along the index that the
   * page is read by.
   */
  page(
    { storyId, metric }: StoryBoard,
    limit: number,
    after: Keyset | undefined,
  ): Promise<LeaderboardRow[]> {
    const value = VALUE_OF[metric];
    return this.database.query(
      `WITH page AS (
         SELECT ${value} AS value, story_bests.user_id, username, created_at
         FROM story_bests JOIN users ON users.user_id = story_bests.user_id
         WHERE story_id = $1 AND is_ranked AND ${IS_RANKABLE}
           AND ($3::integer IS NULL OR (${value}, story_bests.user_id) > ($3, $4::bigint))
         ORDER BY ${value}, story_bests.user_id LIMIT $2
       ), first AS (
         SELECT value, user_id FROM page ORDER BY value, user_id LIMIT 1
       ), before AS (
         SELECT count(*) AS readers, count(*) FILTER (WHERE ${value} < (SELECT value FROM first)) AS better
         FROM story_bests
         WHERE story_id = $1 AND is_ranked
           AND (${value}, user_id) < ((SELECT value FROM first), (SELECT user_id FROM first))
       )
       SELECT CASE WHEN page.value = first.value THEN 1 + better
              ELSE before.readers + rank() OVER (ORDER BY page.value) END AS rank,
              page.value, page.user_id AS "userId", username, created_at AS "createdAt"
       FROM page CROSS JOIN first CROSS JOIN before ORDER BY page.value, page.user_id`,
      [storyId, limit, after?.[0] ?? null, after?.[1] ?? null],
    );
  }

  async count({ storyId }: StoryBoard): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      'SELECT count(*) AS count FROM story_bests WHERE story_id = $1 AND is_ranked',
      [storyId],
    );
    return row!.count;
  }

  /** Where somebody stands, or would if they did not hide. */
  async place({ storyId, metric }: StoryBoard, userId: number): Promise<Place | undefined> {
    const value = VALUE_OF[metric];
    const [row] = await this.database.query<Place>(
      `SELECT own.value, 1 + (
         SELECT count(*) FROM story_bests WHERE story_id = $1 AND is_ranked AND ${value} < own.value
       ) AS rank
       FROM (SELECT ${value} AS value FROM story_bests WHERE story_id = $1 AND user_id = $2) AS own`,
      [storyId, userId],
    );
    return row;
  }
}

export interface StoryBoard {
  readonly storyId: number;
  readonly metric: StoryLeaderboardMetric;
}
