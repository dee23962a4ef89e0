import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database } from '../../database/database.js';
import type { Keyset, KeyKind } from '../../graphql/connection.js';
import { areApart } from '../follows/block.repository.js';
import { ReviewEntity } from './review.entity.js';
import { ReviewSort } from './review.inputs.js';

/** What a reader says of a story. */
export type Opinion = Pick<ReviewEntity, 'rating' | 'text' | 'hasSpoilers'>;

/** Which reviews of a list are asked for, and who asks. */
interface ReviewPage {
  readonly limit: number;
  readonly after: Keyset | undefined;
  /** The viewer from whom others are kept; undefined where nobody is. */
  readonly viewerId: number | undefined;
}

interface Ordering {
  /** The column that the list is sorted by; the id breaks ties. */
  readonly column: string;
  readonly property: 'helpfulCount' | 'createdAt' | 'rating';
  readonly direction: 'ASC' | 'DESC';
  readonly kind: KeyKind;
}

const BY_RATING = { column: 'rating', property: 'rating', kind: 'integer' } as const;

const ORDERINGS: Readonly<Record<ReviewSort, Ordering>> = {
  [ReviewSort.MOST_HELPFUL]: {
    column: 'helpful_count',
    property: 'helpfulCount',
    direction: 'DESC',
    kind: 'integer',
  },
  [ReviewSort.NEWEST]: {
    column: 'created_at',
    property: 'createdAt',
    direction: 'DESC',
    kind: 'date',
  },
  [ReviewSort.HIGHEST]: { ...BY_RATING, direction: 'DESC' },
  [ReviewSort.LOWEST]: { ...BY_RATING, direction: 'ASC' },
};

export const keyKindOf = (sort: ReviewSort): KeyKind => ORDERINGS[sort].kind;

/** The place of a review in a list. */
export function keysetOf(sort: ReviewSort, review: ReviewEntity): Keyset {
  const value = review[ORDERINGS[sort].property];
  return [value instanceof Date ? value.toISOString() : value, review.reviewId];
}

/** What everyone gets to see: the condition of the indexes that lists are read from. */
const LISTED = 'text IS NOT NULL AND hidden_at IS NULL';

/** Lists are without those whom the viewer has blocked, or who have blocked the viewer. */
const notOf = (viewer: string): string =>
  `(${viewer} IS NULL OR NOT ${areApart(viewer, 'user_id')})`;

@Injectable()
export class ReviewRepository {
  constructor(private readonly database: Database) {}

  findById(reviewId: number): Promise<ReviewEntity | null> {
    return this.#reviews.findOneBy({ reviewId, deletedAt: IsNull() });
  }

  /** Also one that is deleted. */
  findOf(userId: number, storyId: number): Promise<ReviewEntity | null> {
    return this.#reviews.findOneBy({ userId, storyId });
  }

  /** What a user thinks of some stories, by story. */
  async findOwn(userId: number, storyIds: readonly number[]): Promise<Map<number, ReviewEntity>> {
    const rows = await this.#reviews
      .createQueryBuilder('review')
      .where('review.userId = :userId AND review.deletedAt IS NULL', { userId })
      .andWhere('review.storyId = ANY(:storyIds)', { storyIds })
      .getMany();
    return new Map(rows.map((row) => [row.storyId, row]));
  }

  /** A page each of what everyone may read about some stories. */
  async findPages(
    storyIds: readonly number[],
    sort: ReviewSort,
    { limit, after, viewerId }: ReviewPage,
  ): Promise<Map<number, ReviewEntity[]>> {
    const { column, property, direction } = ORDERINGS[sort];
    const comparison = direction === 'ASC' ? '>' : '<';
    const rows = await this.#reviews
      .createQueryBuilder('review')
      .where(
        `review.reviewId IN (
           SELECT page.review_id
           FROM unnest(CAST(:storyIds AS bigint[])) AS story (id) CROSS JOIN LATERAL (
             SELECT review_id FROM reviews
             WHERE story_id = story.id AND ${LISTED} AND ${notOf('CAST(:viewerId AS bigint)')}
               ${after === undefined ? '' : `AND (${column}, review_id) ${comparison} (:key, :id)`}
             ORDER BY ${column} ${direction}, review_id ${direction} LIMIT :limit
           ) AS page
         )`,
        { storyIds, limit, viewerId: viewerId ?? null, key: after?.[0], id: after?.[1] },
      )
      .orderBy(`review.${property}`, direction)
      .addOrderBy('review.reviewId', direction)
      .getMany();
    return Map.groupBy(rows, ({ storyId }) => storyId);
  }

  /** How many of these there are of each of some stories; those without are left out. */
  async counts(storyIds: readonly number[], viewerId?: number): Promise<Map<number, number>> {
    const rows = await this.database.query<{ storyId: number; count: number }>(
      `SELECT story_id AS "storyId", count(*) AS count FROM reviews
       WHERE story_id = ANY($1) AND ${LISTED} AND ${notOf('$2::bigint')} GROUP BY story_id`,
      [storyIds, viewerId ?? null],
    );
    return new Map(rows.map(({ storyId, count }) => [storyId, count]));
  }

  /** Keeps a review from being changed by others until the transaction ends. @returns it as it is then */
  lock(reviewId: number): Promise<ReviewEntity | null> {
    return this.#reviews
      .createQueryBuilder('review')
      .where('review.reviewId = :reviewId AND review.deletedAt IS NULL', { reviewId })
      .setLock('for_no_key_update')
      .getOne();
  }

  async insert(userId: number, storyId: number, opinion: Opinion): Promise<ReviewEntity> {
    const made = await this.#reviews.save(this.#reviews.create({ userId, storyId, ...opinion }));
    return this.#get(made.reviewId);
  }

  /** Changes what a reader says. */
  async update(reviewId: number, opinion: Opinion): Promise<ReviewEntity> {
    await this.#reviews.update({ reviewId }, { ...opinion, editedAt: () => 'now()' });
    return this.#get(reviewId);
  }

  /** Fills the row of a reader who had deleted theirs. */
  async revive(reviewId: number, opinion: Opinion): Promise<ReviewEntity> {
    await this.#reviews.update(
      { reviewId },
      { ...opinion, deletedAt: null, createdAt: () => 'now()', editedAt: null },
    );
    return this.#get(reviewId);
  }

  /** Empties the row; that it is hidden stays known. */
  async blank(reviewId: number): Promise<ReviewEntity> {
    await this.#reviews.update(
      { reviewId },
      {
        deletedAt: () => 'now()',
        text: null,
        hasSpoilers: false,
        helpfulCount: 0,
        reportedAt: null,
        ...NO_REPLY,
      },
    );
    return this.#get(reviewId);
  }

  async addHelpful(reviewId: number, more: number): Promise<ReviewEntity> {
    await this.#reviews.increment({ reviewId }, 'helpfulCount', more);
    return this.#get(reviewId);
  }

  /** Writes the reply, or changes it. */
  async setReply(reviewId: number, userId: number, reply: string): Promise<ReviewEntity> {
    await this.#reviews.update(
      { reviewId },
      {
        reply,
        repliedBy: userId,
        repliedAt: () => 'coalesce(replied_at, now())',
        replyEditedAt: () => 'CASE WHEN replied_at IS NOT NULL THEN now() END',
      },
    );
    return this.#get(reviewId);
  }

  async deleteReply(reviewId: number): Promise<ReviewEntity> {
    await this.#reviews.update({ reviewId }, NO_REPLY);
    return this.#get(reviewId);
  }

  /** Puts a review into the queue of those that are reported; one that is there keeps its place. */
  async setReported(reviewId: number): Promise<void> {
    await this.#reviews.update({ reviewId, reportedAt: IsNull() }, { reportedAt: () => 'now()' });
  }

  /** Hides or shows a review, and takes it out of the queue. */
  async setHidden(reviewId: number, isHidden: boolean): Promise<ReviewEntity> {
    await this.#reviews.update(
      { reviewId },
      { reportedAt: null, hiddenAt: isHidden ? () => 'coalesce(hidden_at, now())' : null },
    );
    return this.#get(reviewId);
  }

  #get(reviewId: number): Promise<ReviewEntity> {
    return this.#reviews.findOneByOrFail({ reviewId });
  }

  get #reviews() {
    return this.database.manager.getRepository(ReviewEntity);
  }
}

const NO_REPLY = { reply: null, repliedBy: null, repliedAt: null, replyEditedAt: null };
