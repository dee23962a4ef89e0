import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { COLUMNS, END, type ActivityRow } from './activity.repository.js';
import { KEPT_FROM_FOLLOWERS, visibleBut } from './visibility.js';

/** A stretch of a feed, the latest first. */
export interface Stretch {
  readonly limit: number;
  /** The id of the activity that it comes after; the newest are first without it. */
  readonly before?: number | undefined;
  /** The id of the activity that all of it is newer than. */
  readonly since?: number;
}

/** The newest activities of one actor in the stretch; `$2` to `$4` are its limit and its ends. */
const newestOf = (actor: string, columns: string, limit: string): string => `
  SELECT ${columns} FROM activities AS activity
  WHERE activity.actor_id = ${actor} AND activity_id < $3 AND activity_id > $4 AND ${visibleBut(KEPT_FROM_FOLLOWERS)}
  ORDER BY activity_id DESC LIMIT ${limit}`;

/**
 * What those did whom somebody follows, gathered when it is read. Whoever has something on a page of n activities is
 * among the n people whose newest is latest: so each is asked for one activity, and only those n for more.
 */
const PAGE = `
  WITH latest AS (
    SELECT followed_id AS actor_id FROM follows
    CROSS JOIN LATERAL (${newestOf('followed_id', 'activity_id', '1')}) AS newest
    WHERE follower_id = $1 ORDER BY activity_id DESC LIMIT $2
  )
  SELECT page.* FROM latest CROSS JOIN LATERAL (${newestOf('latest.actor_id', COLUMNS, '$2')}) AS page
  ORDER BY "activityId" DESC LIMIT $2`;

@Injectable()
export class FeedRepository {
  constructor(private readonly database: Database) {}

  page(userId: number, { limit, before, since = 0 }: Stretch): Promise<ActivityRow[]> {
    return this.database.query(PAGE, [userId, limit, before ?? END, since]);
  }

  async count(userId: number): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*) AS count FROM follows JOIN activities AS activity ON activity.actor_id = followed_id
       WHERE follower_id = $1 AND ${visibleBut(KEPT_FROM_FOLLOWERS)}`,
      [userId],
    );
    return row!.count;
  }

  /** Up to which activity somebody has read: 0 before they have read anything. */
  async mark(userId: number): Promise<number> {
    const [row] = await this.database.query<{ activityId: number }>(
      'SELECT activity_id AS "activityId" FROM feed_marks WHERE user_id = $1',
      [userId],
    );
    return row?.activityId ?? 0;
  }

  /** A mark never goes back. */
  async setMark(userId: number, activityId: number): Promise<void> {
    await this.database.query(
      `INSERT INTO feed_marks AS known (user_id, activity_id) VALUES ($1, $2)
       ON CONFLICT (user_id) DO UPDATE SET activity_id = greatest(known.activity_id, EXCLUDED.activity_id)`,
      [userId, activityId],
    );
  }
}
