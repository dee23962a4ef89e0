import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { RecentStories } from '../../stories/recent-stories.js';
import type { ReviewEntity } from './review.entity.js';

/** Which reviews count, in SQL; {@link counts} says the same of a row. */
export const COUNTED = 'deleted_at IS NULL AND hidden_at IS NULL';

export const counts = (review: ReviewEntity | null): review is ReviewEntity =>
  review !== null && review.deletedAt === null && review.hiddenAt === null;

/** The figures of stories and reviews that are kept beside what they are counted from. */
@Injectable()
export class RatingTallyRepository {
  constructor(
    private readonly database: Database,
    private readonly recent: RecentStories,
  ) {}

  /** How many readers gave 1, 2, 3, 4 and 5 stars to each of some stories. */
  async starCounts(storyIds: readonly number[]): Promise<Map<number, readonly number[]>> {
    const rows = await this.database.query<{ storyId: number; stars: number[] }>(
      `SELECT story_id AS "storyId", star_counts AS stars FROM stories WHERE story_id = ANY($1)`,
      [storyIds],
    );
    return new Map(rows.map(({ storyId, stars }) => [storyId, stars]));
  }

  /**
   * Counts one review differently. The story must be locked since before `before` was read.
   * @param before the review as it was; null where it is new
   */
  async move(before: ReviewEntity | null, after: ReviewEntity): Promise<void> {
    const more = [0, 0, 0, 0, 0];
    if (counts(before)) more[before.rating - 1]! -= 1;
    if (counts(after)) more[after.rating - 1]! += 1;
    if (more.every((change) => change === 0)) return;
    await this.database.query(
      `UPDATE stories
       SET rating_count = rating_count + (SELECT sum(more) FROM unnest($2::integer[]) AS more),
           rating_sum = rating_sum
             + (SELECT sum(more * star) FROM unnest($2::integer[]) WITH ORDINALITY AS changes (more, star)),
           star_counts = (
             SELECT array_agg(had + more ORDER BY star)
             FROM unnest(star_counts, $2::integer[]) WITH ORDINALITY AS changes (had, more, star)
           )
       WHERE story_id = $1`,
      [after.storyId, more],
    );
    await this.recent.changed();
  }

  /**
   * Counts the ratings of up to `limit` stories anew, which are locked meanwhile.
   * @param after the id of the last story before them
   * @returns the id of the last of them, or undefined where there are no more
   */
  async recountStories(limit: number, after: number): Promise<number | undefined> {
    const ids = await this.#lock('stories', 'story_id', limit, after);
    await this.database.query(
      `UPDATE stories SET rating_sum = sum, rating_count = count, star_counts = stars
       FROM (
         SELECT story_id, coalesce(sum(rating), 0) AS sum, count(rating) AS count,
           array[${[1, 2, 3, 4, 5].map((star) => `count(*) FILTER (WHERE rating = ${star})::integer`).join(', ')}] AS stars
         FROM unnest($1::bigint[]) AS story_id
           LEFT JOIN (SELECT story_id, rating FROM reviews WHERE ${COUNTED}) AS counted USING (story_id)
         GROUP BY story_id
       ) AS recount
       WHERE stories.story_id = recount.story_id
         AND (rating_sum, rating_count, star_counts) IS DISTINCT FROM (sum, count, stars)`,
      [ids],
    );
    return ids.at(-1);
  }

  /** Counts anew who found reviews helpful: of up to `limit` of them, as `recountStories` does. */
  async recountVotes(limit: number, after: number): Promise<number | undefined> {
    const ids = await this.#lock('reviews', 'review_id', limit, after);
    await this.database.query(
      `UPDATE reviews SET helpful_count = votes
       FROM (
         SELECT id, (SELECT count(*) FROM review_votes WHERE review_id = id) AS votes
         FROM unnest($1::bigint[]) AS id
       ) AS recount
       WHERE review_id = id AND helpful_count <> votes`,
      [ids],
    );
    return ids.at(-1);
  }

  async #lock(table: string, key: string, limit: number, after: number): Promise<number[]> {
    const rows = await this.database.query<{ id: number }>(
      `SELECT ${key} AS id FROM ${table} WHERE ${key} > $1 ORDER BY ${key} LIMIT $2 FOR NO KEY UPDATE`,
      [after, limit],
    );
    return rows.map(({ id }) => id);
  }
}
