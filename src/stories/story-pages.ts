import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Database } from '../database/database.js';
import { StoryHeads } from './story-heads.js';
import type { RankedStory } from './story.repository.js';

/** How old a page may be, in milliseconds: play counts move all the time, and nobody reads two lists within a second. */
const TTL = 1000;

/** How many stories are kept. */
const MOST_STORIES = 5000;

type Page = readonly RankedStory[];

/**
 * Pages of published stories, read once for all who ask within a second. They go at once when a story changes, here or
 * elsewhere, so that authors see what they did.
 */
@Injectable()
export class StoryPages {
  readonly #pages = new LRUCache<string, Promise<Page>>({ maxSize: MOST_STORIES, ttl: TTL });

  constructor(
    private readonly database: Database,
    heads: StoryHeads,
  ) {
    heads.onChange(() => {
      this.#pages.clear();
    });
  }

  /**
   * @param key which page it is
   * @param most how many stories it may have
   */
  get(key: string, most: number, load: () => Promise<Page>): Promise<Page> {
    const kept = this.#pages.get(key);
    if (kept !== undefined) return kept;
    const page = load();
    this.#pages.set(key, page, { size: most });
    page.catch(() => {
      if (this.#pages.peek(key) === page) this.#pages.delete(key);
    });
    return page;
  }

  /** What a list tells of stories has changed: once that is committed, this instance reads them anew. */
  async changed(): Promise<void> {
    await this.database.afterCommit(() => {
      this.#pages.clear();
      return Promise.resolve();
    });
  }
}
