import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Database } from '../../database/database.js';
import { ShareEntity } from './share.entity.js';

export type SharedThing = Pick<ShareEntity, 'userId' | 'storyId' | 'endingNodeId' | 'channel'>;

@Injectable()
export class ShareRepository {
  constructor(private readonly database: Database) {}

  /** The share of a thing by its owner: there is one for each channel. @param key for a new one */
  async put({ userId, storyId, endingNodeId, channel }: SharedThing, key: string) {
    const [row] = await this.database.query<{ shareId: number }>(
      `INSERT INTO shares (key, user_id, story_id, ending_node_id, channel) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (user_id, story_id, channel, ending_node_id) DO UPDATE SET key = shares.key
       RETURNING share_id AS "shareId"`,
      [key, userId, storyId, endingNodeId, channel],
    );
    return this.#shares.findOneByOrFail({ shareId: row!.shareId });
  }

  findByKey(key: string): Promise<ShareEntity | null> {
    return this.#shares.findOneBy({ key });
  }

  findOwn(userId: number, shareId: number): Promise<ShareEntity | null> {
    return this.#shares.findOneBy({ userId, shareId });
  }

  /** What somebody has shared, the latest first. @param before the id of the share that it comes after */
  page(userId: number, limit: number, before: number | undefined): Promise<ShareEntity[]> {
    return this.#shares.find({
      where: { userId, ...(before !== undefined && { shareId: LessThan(before) }) },
      order: { shareId: 'DESC' },
      take: limit,
    });
  }

  count(userId: number): Promise<number> {
    return this.#shares.countBy({ userId });
  }

  async delete(shareId: number): Promise<void> {
    await this.#shares.delete({ shareId });
  }

  /** Whether a reader has ever come to an ending of a story. */
  async hasReached(userId: number, storyId: number, endingNodeId: number): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT FROM user_progress AS play
       WHERE user_id = $1 AND story_id = $2 AND (
         (is_completed AND current_node_id = $3) OR EXISTS (
           SELECT FROM progress_steps AS step
           WHERE step.progress_id = play.progress_id AND is_end AND to_node_id = $3
         )
       ) LIMIT 1`,
      [userId, storyId, endingNodeId],
    );
    return rows.length > 0;
  }

  /** Adds visits to each of some shares; those that are deleted meanwhile are left out. */
  async addVisits(visits: ReadonlyMap<number, number>): Promise<void> {
    await this.database.query(
      `UPDATE shares SET visits = visits + added FROM unnest($1::bigint[], $2::integer[]) AS visit (id, added)
       WHERE share_id = visit.id`,
      [[...visits.keys()], [...visits.values()]],
    );
  }

  get #shares() {
    return this.database.manager.getRepository(ShareEntity);
  }
}
