import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { DigestEntity, type Frequency } from './digest.entity.js';

/** A digest that is to be written. */
export interface DueDigest {
  readonly userId: number;
  /** In ISO 8601. */
  readonly since: string;
}

export interface NewStory {
  readonly title: string;
  readonly slug: string;
  readonly category: string;
  readonly author: string;
}

/** The next five in the afternoon of `timezone`, on a Friday when weekly: while a streak of today can still be kept. */
const NEXT = `(CASE frequency
  WHEN 'daily' THEN date_trunc('day', (now() AT TIME ZONE timezone) - interval '17 hours') + interval '1 day 17 hours'
  ELSE date_trunc('week', (now() AT TIME ZONE timezone) - interval '4 days 17 hours') + interval '11 days 17 hours'
END) AT TIME ZONE timezone`;

@Injectable()
export class DigestRepository {
  constructor(private readonly database: Database) {}

  find(userId: number): Promise<DigestEntity | null> {
    return this.database.manager.findOneBy(DigestEntity, { userId });
  }

  /** A digest that goes on at another pace tells all since the last one. */
  async put(userId: number, frequency: Frequency): Promise<void> {
    await this.database.query(
      `INSERT INTO digests (user_id, frequency, since, next_at)
       SELECT user_id, frequency, now(), ${NEXT}
       FROM (SELECT user_id, timezone, $2::text AS frequency FROM users WHERE user_id = $1) AS wanted
       ON CONFLICT (user_id) DO UPDATE SET frequency = EXCLUDED.frequency, next_at = EXCLUDED.next_at`,
      [userId, frequency],
    );
  }

  async delete(userId: number): Promise<void> {
    await this.database.manager.delete(DigestEntity, { userId });
  }

  /** Takes up to `limit` digests that are due, and puts the next ones on. Servers do not take the same. */
  takeDue(limit: number): Promise<DueDigest[]> {
    return this.database.query(
      `WITH due AS (
         SELECT digests.user_id, since, timezone FROM digests JOIN users USING (user_id)
         WHERE next_at <= now() ORDER BY next_at LIMIT $1 FOR UPDATE OF digests SKIP LOCKED
       )
       UPDATE digests SET since = now(), next_at = ${NEXT} FROM due WHERE digests.user_id = due.user_id
       RETURNING due.user_id AS "userId", to_json(due.since) #>> '{}' AS since`,
      [limit],
    );
  }

  /**
   * Up to `limit` stories that were first published after `since`, by those whom a user follows and in categories that
   * they play, without those that they know: the former first, and the newest.
   */
  newStories(userId: number, since: string, limit: number): Promise<NewStory[]> {
    return this.database.query(
      `SELECT title, slug, category, author.username AS author
       FROM stories JOIN users AS author ON author.user_id = author_id
         LEFT JOIN follows ON follower_id = $1 AND followed_id = author_id
       WHERE is_published AND deleted_at IS NULL AND published_at > $2 AND author_id <> $1
         AND (follow_id IS NOT NULL OR category IN (
           SELECT played.category FROM user_progress JOIN stories AS played USING (story_id)
           WHERE user_progress.user_id = $1 AND user_progress.deleted_at IS NULL
         ))
         AND NOT EXISTS (SELECT FROM user_progress AS known
           WHERE known.user_id = $1 AND known.story_id = stories.story_id)
         AND NOT EXISTS (SELECT FROM blocks WHERE blocker_id = $1 AND blocked_id = author_id)
       ORDER BY follow_id IS NULL, published_at DESC, stories.story_id DESC LIMIT $3`,
      [userId, since, limit],
    );
  }
}
