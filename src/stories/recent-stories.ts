import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Database } from '../database/database.js';
import type { StoryEntity } from './story.entity.js';
import { StoryHeads } from './story-heads.js';
import type { RankedStory } from './story.repository.js';

/** How old they may be, in milliseconds. */
const TTL = 1000;

/** How many stories are kept, in pages and by themselves. */
const MOST_STORIES = 5000;

/** Since when what they give may have changed, at most, on the clock of `performance`. */
export const recentSince = (): number => performance.now() - TTL;

type Page = readonly RankedStory[];
type Row = StoryEntity | null;

/**
 * Published stories, read once for all who ask within a second. They go at once when a story changes, here or elsewhere, so
 * that authors see what they did; plays and reviews on other instances are seen a second later.
 */
@Injectable()
export class RecentStories {
  readonly #pages = new LRUCache<string, Promise<Page>>({ maxSize: MOST_STORIES, ttl: TTL });
  readonly #rows = new LRUCache<string, Promise<Row>>({ max: MOST_STORIES, ttl: TTL });

  constructor(
    private readonly database: Database,
    heads: StoryHeads,
  ) {
    heads.onChange(() => {
      this.#clear();
    });
  }

  /**
   * @param key which page it is
   * @param most how many stories it may have
   */
  page(key: string, most: number, load: () => Promise<Page>): Promise<Page> {
    return recent(this.#pages, key, load, most);
  }

  /**
   * One that may be published; a draft is read each time, and so is any within a transaction, which shares nothing.
   * @param key which it is
   */
  async one(key: string, load: () => Promise<Row>): Promise<Row> {
    if (this.database.isInTransaction) return load();
    const row = await recent(this.#rows, key, load);
    if (!row?.isPublished) this.#rows.delete(key);
    return row;
  }

  /** What is told of stories has changed: once that is committed, this instance reads them anew. */
  async changed(): Promise<void> {
    await this.database.afterCommit(() => {
      this.#clear();
      return Promise.resolve();
    });
  }

  #clear(): void {
    this.#pages.clear();
    this.#rows.clear();
  }
}

/** What is kept under the key, or is loaded already; what cannot be loaded is not kept. */
function recent<Value>(
  kept: LRUCache<string, Promise<Value>>,
  key: string,
  load: () => Promise<Value>,
  size?: number,
): Promise<Value> {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const loading = load();
  kept.set(key, loading, size === undefined ? {} : { size });
  loading.catch(() => {
    if (kept.peek(key) === loading) kept.delete(key);
  });
  return loading;
}
