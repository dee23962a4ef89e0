import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { ListedUser } from './follow.repository.js';

/** Whether either of two people has blocked the other, in SQL. @param one and @param other are expressions: ids of users */
export const areApart = (one: string, other: string): string =>
  `EXISTS (SELECT FROM blocks WHERE (blocker_id, blocked_id) IN ((${one}, ${other}), (${other}, ${one})))`;

@Injectable()
export class BlockRepository {
  constructor(private readonly database: Database) {}

  async insert(blockerId: number, blockedId: number): Promise<void> {
    await this.database.query(
      'INSERT INTO blocks (blocker_id, blocked_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [blockerId, blockedId],
    );
  }

  async delete(blockerId: number, blockedId: number): Promise<void> {
    await this.database.query('DELETE FROM blocks WHERE blocker_id = $1 AND blocked_id = $2', [
      blockerId,
      blockedId,
    ]);
  }

  /** Those of `userIds` whom somebody has blocked. */
  async blocked(blockerId: number, userIds: readonly number[]): Promise<Map<number, boolean>> {
    const rows = await this.database.query<{ userId: number }>(
      'SELECT blocked_id AS "userId" FROM blocks WHERE blocker_id = $1 AND blocked_id = ANY($2)',
      [blockerId, userIds],
    );
    return new Map(rows.map(({ userId }) => [userId, true]));
  }

  /** Whether either has blocked the other. */
  async areApart(oneId: number, otherId: number): Promise<boolean> {
    const [row] = await this.database.query<{ apart: boolean }>(
      `SELECT ${areApart('$1::bigint', '$2::bigint')} AS apart`,
      [oneId, otherId],
    );
    return row!.apart;
  }

  /** Whom somebody has blocked, the latest first. @param before the place that it comes after */
  page(blockerId: number, limit: number, before: number | undefined): Promise<ListedUser[]> {
    return this.database.query(
      `SELECT block_id AS place, user_id AS "userId", username, created_at AS "createdAt"
       FROM blocks JOIN users ON user_id = blocked_id
       WHERE blocker_id = $1 AND ($3::bigint IS NULL OR block_id < $3)
       ORDER BY block_id DESC LIMIT $2`,
      [blockerId, limit, before ?? null],
    );
  }

  async count(blockerId: number): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      'SELECT count(*) AS count FROM blocks WHERE blocker_id = $1',
      [blockerId],
    );
    return row!.count;
  }
}
