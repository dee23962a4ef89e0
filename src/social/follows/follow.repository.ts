import { Injectable } from '@nestjs/common';
import type { UserEntity } from '../../auth/users/user.entity.js';
import { Database } from '../../database/database.js';

/** The two lists of everybody. */
export type FollowSide = 'followers' | 'following';

/** The columns of the one whose list it is, and of those who are in it. */
const COLUMNS: Readonly<Record<FollowSide, { of: string; listed: string }>> = {
  followers: { of: 'followed_id', listed: 'follower_id' },
  following: { of: 'follower_id', listed: 'followed_id' },
};

export interface FollowCounts {
  readonly followers: number;
  readonly following: number;
}

/** Somebody in a list, and the place there. */
export interface ListedUser extends Pick<UserEntity, 'userId' | 'username' | 'createdAt'> {
  readonly place: number;
}

@Injectable()
export class FollowRepository {
  constructor(private readonly database: Database) {}

  /** Makes those who change what is between two people take turns, until the transaction ends. */
  async lockBoth(userId: number, otherId: number): Promise<void> {
    await this.database.query(
      'SELECT FROM users WHERE user_id IN ($1, $2) ORDER BY user_id FOR NO KEY UPDATE',
      [userId, otherId],
    );
  }

  /** Call it with both locked. A follow that is there already stays. */
  async insert(followerId: number, followedId: number): Promise<void> {
    await this.database.query(
      `WITH added AS (
         INSERT INTO follows (follower_id, followed_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING follow_id
       )
       INSERT INTO follow_counts AS known (user_id, followers, following)
       SELECT user_id, followers, following FROM added, (VALUES ($1::bigint, 0, 1), ($2::bigint, 1, 0))
         AS change (user_id, followers, following)
       ON CONFLICT (user_id) DO UPDATE SET
         followers = known.followers + EXCLUDED.followers, following = known.following + EXCLUDED.following`,
      [followerId, followedId],
    );
  }

  /** Call it with both locked. A follow that is not there is no fault. */
  async delete(followerId: number, followedId: number): Promise<void> {
    await this.database.query(
      `WITH deleted AS (DELETE FROM follows WHERE follower_id = $1 AND followed_id = $2 RETURNING follow_id)
       UPDATE follow_counts SET
         followers = followers - (user_id = $2)::integer, following = following - (user_id = $1)::integer
       WHERE user_id IN ($1, $2) AND EXISTS (SELECT FROM deleted)`,
      [followerId, followedId],
    );
  }

  /** Those of `userIds` whom somebody follows. */
  async followed(followerId: number, userIds: readonly number[]): Promise<Map<number, boolean>> {
    const rows = await this.database.query<{ userId: number }>(
      'SELECT followed_id AS "userId" FROM follows WHERE follower_id = $1 AND followed_id = ANY($2)',
      [followerId, userIds],
    );
    return new Map(rows.map(({ userId }) => [userId, true]));
  }

  /** Those whom nobody follows, and who follow nobody, may be left out. */
  async counts(userIds: readonly number[]): Promise<Map<number, FollowCounts>> {
    const rows = await this.database.query<FollowCounts & { userId: number }>(
      'SELECT user_id AS "userId", followers, following FROM follow_counts WHERE user_id = ANY($1)',
      [userIds],
    );
    return new Map(rows.map(({ userId, ...counts }) => [userId, counts]));
  }

  /** A page of the list of each of some people, the latest first. @param before the place that it comes after */
  async pages(
    side: FollowSide,
    userIds: readonly number[],
    limit: number,
    before: number | undefined,
  ): Promise<Map<number, ListedUser[]>> {
    const { of, listed } = COLUMNS[side];
    const rows = await this.database.query<ListedUser & { of: number }>(
      `SELECT page.of, place, user_id AS "userId", username, created_at AS "createdAt"
       FROM unnest($1::bigint[]) AS holder (id) CROSS JOIN LATERAL (
         SELECT ${of} AS of, ${listed} AS user_id, follow_id AS place FROM follows
         WHERE ${of} = holder.id AND ($3::bigint IS NULL OR follow_id < $3)
         ORDER BY follow_id DESC LIMIT $2
       ) AS page JOIN users USING (user_id)
       ORDER BY place DESC`,
      [userIds, limit, before ?? null],
    );
    return Map.groupBy(rows, (row) => row.of);
  }
}
