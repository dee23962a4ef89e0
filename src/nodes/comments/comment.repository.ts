import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { Database } from '../../database/database.js';
import { CommentEntity } from './comment.entity.js';

/** Which of a story's threads a list holds. */
export interface ThreadSelection {
  readonly storyId: number;
  readonly nodeId?: number;
  readonly choiceId?: number;
  readonly userId?: number;
  readonly isResolved?: boolean;
}

/** What a comment is about, as it is called today. */
export interface PlaceRow {
  readonly commentId: number;
  readonly nodeId: number | null;
  readonly nodeKey: string | null;
  readonly choiceId: number | null;
  readonly letter: string | null;
  readonly isDeleted: boolean;
}

export type NewComment = Pick<
  CommentEntity,
  'storyId' | 'nodeId' | 'choiceId' | 'parentId' | 'userId' | 'text'
>;

/** What lists of comments hang on: a node, a choice, or the first comment of a thread. */
const HOLDERS = { node: 'node_id', choice: 'choice_id', thread: 'parent_id' } as const;
export type Holder = keyof typeof HOLDERS;

/** Which of the comments that hang on something are listed: those of a thread are its replies. */
const condition = (holder: Holder, isResolved: boolean | undefined): string => {
  const first = holder === 'thread' ? 'true' : 'parent_id IS NULL';
  if (isResolved === undefined) return first;
  return `${first} AND resolved_at IS ${isResolved ? 'NOT ' : ''}NULL`;
};

@Injectable()
export class CommentRepository {
  constructor(private readonly database: Database) {}

  findById(commentId: number): Promise<CommentEntity | null> {
    return this.#comments.findOneBy({ commentId });
  }

  async findByIds(commentIds: readonly number[]): Promise<Map<number, CommentEntity>> {
    const rows = await this.#comments
      .createQueryBuilder('comment')
      .where('comment.commentId = ANY(:commentIds)', { commentIds })
      .getMany();
    return new Map(rows.map((row) => [row.commentId, row]));
  }

  /** Who has said something in a thread that still stands. */
  async participants(threadId: number): Promise<number[]> {
    const rows = await this.database.query<{ userId: number }>(
      `SELECT DISTINCT user_id AS "userId" FROM story_comments
       WHERE (comment_id = $1 OR parent_id = $1) AND deleted_at IS NULL`,
      [threadId],
    );
    return rows.map(({ userId }) => userId);
  }

  /** First comments of threads, newest first. */
  findThreads(
    selection: ThreadSelection,
    limit: number,
    before?: number,
  ): Promise<CommentEntity[]> {
    return this.#threads(selection)
      .andWhere(before === undefined ? 'true' : 'comment.commentId < :before', { before })
      .orderBy('comment.commentId', 'DESC')
      .limit(limit)
      .getMany();
  }

  countThreads(selection: ThreadSelection): Promise<number> {
    return this.#threads(selection).getCount();
  }

  /** A page each of what hangs on some nodes or choices, newest first, or on some threads, oldest first. */
  async findPages(
    holder: Holder,
    ids: readonly number[],
    { limit, from, isResolved }: { limit: number; from?: number; isResolved?: boolean },
  ): Promise<Map<number, CommentEntity[]>> {
    const [comparison, direction] =
      holder === 'thread' ? (['>', 'ASC'] as const) : (['<', 'DESC'] as const);
    const rows = await this.#comments
      .createQueryBuilder('comment')
      .where(
        `comment.commentId IN (
           SELECT page.comment_id
           FROM unnest(CAST(:ids AS bigint[])) AS holder (id) CROSS JOIN LATERAL (
             SELECT comment_id FROM story_comments
             WHERE ${HOLDERS[holder]} = holder.id AND ${condition(holder, isResolved)}
               AND (CAST(:from AS bigint) IS NULL OR comment_id ${comparison} :from)
             ORDER BY comment_id ${direction} LIMIT :limit
           ) AS page
         )`,
        { ids, from: from ?? null, limit },
      )
      .orderBy('comment.commentId', direction)
      .getMany();
    return Map.groupBy(rows, ({ nodeId, choiceId, parentId }) =>
      Number({ node: nodeId, choice: choiceId, thread: parentId }[holder]),
    );
  }

  /** How many comments hang on each of some holders; those without are left out. */
  async counts(
    holder: Holder,
    ids: readonly number[],
    isResolved?: boolean,
  ): Promise<Map<number, number>> {
    const rows = await this.database.query<{ id: number; count: number }>(
      `SELECT ${HOLDERS[holder]} AS id, count(*) AS count FROM story_comments
       WHERE ${HOLDERS[holder]} = ANY($1) AND ${condition(holder, isResolved)} GROUP BY id`,
      [ids],
    );
    return new Map(rows.map(({ id, count }) => [id, count]));
  }

  countOfStory(storyId: number): Promise<number> {
    return this.#comments.countBy({ storyId });
  }

  /** What some comments are about, deleted or not. */
  async findPlaces(commentIds: readonly number[]): Promise<Map<number, PlaceRow>> {
    const rows = await this.database.query<PlaceRow>(
      `SELECT comment_id AS "commentId", node.node_id AS "nodeId", node_key AS "nodeKey",
         choice.choice_id AS "choiceId", choice_letter AS letter,
         (choice.deleted_at IS NOT NULL OR node.deleted_at IS NOT NULL) AS "isDeleted"
       FROM story_comments AS comment
         LEFT JOIN choices AS choice ON choice.choice_id = comment.choice_id
         LEFT JOIN story_nodes AS node ON node.node_id = coalesce(choice.from_node_id, comment.node_id)
       WHERE comment_id = ANY($1)`,
      [commentIds],
    );
    return new Map(rows.map((row) => [row.commentId, row]));
  }

  async insert(comment: NewComment): Promise<CommentEntity> {
    const { commentId } = await this.#comments.save(this.#comments.create(comment));
    return this.#comments.findOneByOrFail({ commentId });
  }

  async setText(commentId: number, text: string): Promise<void> {
    await this.#comments.update(
      { commentId, deletedAt: IsNull() },
      { text, editedAt: () => 'now()' },
    );
  }

  /** Settles a thread; one that is settled keeps who did it first. */
  async resolve(threadId: number, userId: number): Promise<void> {
    await this.#comments.update(
      { commentId: threadId, resolvedAt: IsNull() },
      { resolvedAt: () => 'now()', resolvedBy: userId },
    );
  }

  async reopen(threadId: number): Promise<void> {
    await this.#comments.update({ commentId: threadId }, { resolvedAt: null, resolvedBy: null });
  }

  /** Keeps a thread from being replied to or removed until the transaction ends. @returns whether it is there */
  async lockThread(threadId: number): Promise<boolean> {
    const rows = await this.database.query(
      'SELECT FROM story_comments WHERE comment_id = $1 FOR UPDATE',
      [threadId],
    );
    return rows.length > 0;
  }

  /** @returns whether it was there */
  async delete(commentId: number): Promise<boolean> {
    const { affected } = await this.#comments.delete({ commentId });
    return affected === 1;
  }

  /** Takes the text out of a comment that must stay. */
  async blank(commentId: number): Promise<void> {
    await this.#comments.update({ commentId }, { text: '', deletedAt: () => 'now()' });
  }

  /** Removes the first comment of a thread if it is deleted: nothing is left of the thread then. */
  async deleteBlank(threadId: number): Promise<void> {
    await this.#comments.delete({ commentId: threadId, deletedAt: Not(IsNull()) });
  }

  #threads({ storyId, nodeId, choiceId, userId, isResolved }: ThreadSelection) {
    const threads = this.#comments
      .createQueryBuilder('comment')
      .where('comment.storyId = :storyId AND comment.parentId IS NULL', { storyId });
    if (nodeId !== undefined) threads.andWhere('comment.nodeId = :nodeId', { nodeId });
    if (choiceId !== undefined) threads.andWhere('comment.choiceId = :choiceId', { choiceId });
    if (userId !== undefined) threads.andWhere('comment.userId = :userId', { userId });
    if (isResolved !== undefined)
      threads.andWhere(`comment.resolvedAt IS ${isResolved ? 'NOT ' : ''}NULL`);
    return threads;
  }

  get #comments() {
    return this.database.manager.getRepository(CommentEntity);
  }
}
