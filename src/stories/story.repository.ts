import { Injectable } from '@nestjs/common';
import { IsNull, LessThan } from 'typeorm';
import { toUser } from '../auth/users/user.type.js';
import { anyOf } from '../database/any-of.js';
import { selectList } from '../database/columns.js';
import { Database, type PreparedStatement } from '../database/database.js';
import type { Keyset } from '../graphql/connection.js';
import { wouldDiffer } from './changes/would-differ.js';
import { StoryEntity } from './story.entity.js';
import { StoryHeads, type KnownHead, type StoryHead } from './story-heads.js';
import { toStory, type Story } from './story.type.js';
import { countSql, pageSql, type StoryPage, type StorySelection } from './story.search.js';

export type StoryDetails = Pick<
  StoryEntity,
  | 'slug'
  | 'title'
  | 'description'
  | 'difficultyLevel'
  | 'category'
  | 'tags'
  | 'language'
  | 'spoilerGuard'
> &
  Partial<Pick<StoryEntity, 'schema' | 'cover'>>;

/** A story with its place in a list. */
export interface RankedStory {
  readonly story: Story;
  readonly keyset: Keyset;
}

type PageRow = StoryEntity & {
  readonly sortKey: string | number | Date;
  /** Their author, where they are read with the page. */
  readonly username?: string;
  readonly joinedAt: Date;
};

const COLUMNS = selectList(StoryEntity, 'story');

const FIND_BY_ID: PreparedStatement = {
  name: 'story-by-id',
  text: `SELECT ${COLUMNS} FROM stories AS story WHERE story_id = $1 AND deleted_at IS NULL`,
};

const FIND_BY_SLUG: PreparedStatement = {
  name: 'story-by-slug',
  text: `SELECT ${COLUMNS} FROM stories AS story WHERE slug = $1 AND deleted_at IS NULL`,
};

const FIND_BY_IDS: PreparedStatement = {
  name: 'stories-by-ids',
  text: `SELECT ${COLUMNS} FROM stories AS story WHERE story_id = ${anyOf('$1')}`,
};

@Injectable()
export class StoryRepository {
  constructor(
    private readonly database: Database,
    private readonly heads: StoryHeads,
  ) {}

  /** What decides what readers get of a story; from memory where it was asked for before. */
  findHead(storyId: number): Promise<KnownHead | undefined> {
    return this.heads.get(storyId, async () => {
      const [head] = await this.database.query<StoryHead>(
        `SELECT story_id AS "storyId", author_id AS "authorId", is_published AS "isPublished",
           published_version_id AS "publishedVersionId", spoiler_guard AS "spoilerGuard"
         FROM stories WHERE story_id = $1 AND deleted_at IS NULL`,
        [storyId],
      );
      return head;
    });
  }

  async findById(storyId: number): Promise<StoryEntity | null> {
    const [story] = await this.database.prepared<StoryEntity>(FIND_BY_ID, [storyId]);
    return story ?? null;
  }

  async findBySlug(slug: string): Promise<StoryEntity | null> {
    const [story] = await this.database.prepared<StoryEntity>(FIND_BY_SLUG, [slug]);
    return story ?? null;
  }

  /** Deleted ones too: a playthrough still tells the title of its story. */
  findByIds(storyIds: readonly number[]): Promise<StoryEntity[]> {
    return this.database.prepared<StoryEntity>(FIND_BY_IDS, [storyIds]);
  }

  /** One page, in order, each story with its place in it; and with its author where the page was to have them. */
  async findPage(page: StoryPage): Promise<RankedStory[]> {
    const { name, text, values } = pageSql(COLUMNS, page);
    const rows = await (name === undefined
      ? this.database.query<PageRow>(text, values)
      : this.database.prepared<PageRow>({ name, text }, values));
    return rows.map(toRanked);
  }

  async count(selection: StorySelection): Promise<number> {
    const { text, values } = countSql(selection);
    const [row] = await this.database.query<{ count: number }>(text, values);
    return row?.count ?? 0;
  }

  /** Stories that are not published, newest first. @param authorId undefined for everybody's */
  findDrafts(authorId: number | undefined, limit: number, before?: number): Promise<StoryEntity[]> {
    return this.#drafts(authorId)
      .andWhere(before === undefined ? 'true' : 'story.storyId < :before', { before })
      .orderBy('story.storyId', 'DESC')
      .limit(limit)
      .getMany();
  }

  countDrafts(authorId: number | undefined): Promise<number> {
    return this.#drafts(authorId).getCount();
  }

  /** What a user has written, published or not, newest first. */
  findOwn(authorId: number, limit: number, before?: number): Promise<StoryEntity[]> {
    return this.#stories.find({
      where: {
        authorId,
        deletedAt: IsNull(),
        ...(before !== undefined && { storyId: LessThan(before) }),
      },
      order: { storyId: 'DESC' },
      take: limit,
    });
  }

  countOwn(authorId: number): Promise<number> {
    return this.#stories.countBy({ authorId, deletedAt: IsNull() });
  }

  /** Stories of others that a user works on, newest first. */
  findShared(userId: number, limit: number, before?: number): Promise<StoryEntity[]> {
    return this.#shared(userId)
      .andWhere(before === undefined ? 'true' : 'story.storyId < :before', { before })
      .orderBy('story.storyId', 'DESC')
      .limit(limit)
      .getMany();
  }

  countShared(userId: number): Promise<number> {
    return this.#shared(userId).getCount();
  }

  categories(): Promise<{ name: string; storyCount: number }[]> {
    return this.database.query(
      `SELECT category AS name, count(*) AS "storyCount" FROM stories
       WHERE is_published GROUP BY category ORDER BY category`,
    );
  }

  async insert(authorId: number, details: StoryDetails): Promise<StoryEntity> {
    return this.#stories.save(this.#stories.create({ ...details, authorId, updatedBy: authorId }));
  }

  /**
   * Raises the revision, unless the story is so already.
   * @param revision the one that must be in force
   * @returns null when another is, or there is no such story
   */
  async update(
    storyId: number,
    revision: number,
    changes: Partial<StoryDetails>,
  ): Promise<StoryEntity | null> {
    // In one transaction, so that the row read is the row written, and not a later one.
    return this.database.transaction(async () => {
      const story = await this.findById(storyId);
      if (story?.revision === revision && !wouldDiffer(story, changes)) return story;
      const { affected } = await this.#stories.update(
        { storyId, revision },
        { ...changes, revision: revision + 1, updatedAt: () => 'now()' },
      );
      if (affected !== 1) return null;
      await this.heads.changed(storyId);
      return this.findById(storyId);
    });
  }

  /** Makes `versionId` the version that readers start on. */
  async publish(storyId: number, versionId: number): Promise<void> {
    await this.database.query(
      `UPDATE stories SET is_published = true, published_version_id = $2,
         publications = publications + 1, published_at = coalesce(published_at, now()) WHERE story_id = $1`,
      [storyId, versionId],
    );
    await this.heads.changed(storyId);
  }

  async unpublish(storyId: number): Promise<void> {
    await this.#stories.update({ storyId }, { isPublished: false });
    await this.heads.changed(storyId);
  }

  async setAuthor(storyId: number, authorId: number): Promise<void> {
    await this.#stories.update({ storyId }, { authorId });
    await this.heads.changed(storyId);
  }

  /** Takes it away from authors and readers; playthroughs that run can still be finished. */
  async delete(storyId: number): Promise<void> {
    await this.#stories.update({ storyId }, { isPublished: false, deletedAt: () => 'now()' });
    await this.heads.changed(storyId);
  }

  /** Keeps the story from being written by others until the transaction ends; readers are not held up. */
  async lock(storyId: number): Promise<void> {
    await this.database.query('SELECT FROM stories WHERE story_id = $1 FOR NO KEY UPDATE', [
      storyId,
    ]);
  }

  /** Makes those who look for a slug on the same base take turns until the transaction ends. */
  async lockSlug(base: string): Promise<void> {
    await this.database.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('slug:' || $1::text, 0))`,
      [base],
    );
  }

  /** `base`, or `base-2`, `base-3`, ... when it is taken. */
  async freeSlug(base: string): Promise<string> {
    const rows = await this.database.query<{ slug: string }>(
      `SELECT slug FROM stories WHERE deleted_at IS NULL AND (slug = $1 OR slug LIKE $1 || '-%')`,
      [base],
    );
    const taken = new Set(rows.map(({ slug }) => slug));
    const candidates = [base, ...Array.from(taken, (_, i) => `${base}-${i + 2}`)];
    return candidates.find((slug) => !taken.has(slug)) ?? `${base}-${taken.size + 2}`;
  }

  #drafts(authorId: number | undefined) {
    const drafts = this.#stories
      .createQueryBuilder('story')
      .where('NOT story.isPublished AND story.deletedAt IS NULL');
    return authorId === undefined
      ? drafts
      : drafts.andWhere('story.authorId = :authorId', { authorId });
  }

  #shared(userId: number) {
    return this.#stories
      .createQueryBuilder('story')
      .where('story.deletedAt IS NULL')
      .andWhere(
        'story.storyId IN (SELECT story_id FROM story_collaborators WHERE user_id = :userId)',
        {
          userId,
        },
      );
  }

  get #stories() {
    return this.database.manager.getRepository(StoryEntity);
  }
}

function toRanked(row: PageRow): RankedStory {
  const { sortKey, username, joinedAt, storyId, authorId } = row;
  const author =
    username === undefined
      ? undefined
      : toUser({ userId: authorId, username, createdAt: joinedAt });
  return {
    story: toStory(row, author),
    keyset: [sortKey instanceof Date ? sortKey.toISOString() : sortKey, storyId],
  };
}
