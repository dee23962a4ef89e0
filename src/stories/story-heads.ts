import { Injectable } from '@nestjs/common';
import { Caches } from '../cache/caches.js';
import { Database } from '../database/database.js';
import type { StoryEntity } from './story.entity.js';

/** What decides what readers get of a story. */
export type StoryHead = Pick<
  StoryEntity,
  'storyId' | 'authorId' | 'isPublished' | 'publishedVersionId' | 'spoilerGuard'
>;

/** A head, and since when it may have changed, on the clock of `performance`. */
export type KnownHead = StoryHead & { readonly since: number };

/** Without Redis, how long another instance may take a story for what it was, in milliseconds. */
const TTL = 30_000;

const MOST_BYTES = 16 * 1024 * 1024;

/** The heads of stories, kept until something changes of them. */
@Injectable()
export class StoryHeads {
  readonly #heads;

  constructor(
    caches: Caches,
    private readonly database: Database,
  ) {
    this.#heads = caches.region<StoryHead>({
      name: 'story-heads',
      ttl: TTL,
      mostBytes: MOST_BYTES,
    });
  }

  /** @param load gives what is committed, whatever transaction the caller stands in */
  async get(
    storyId: number,
    load: () => Promise<StoryHead | undefined>,
  ): Promise<KnownHead | undefined> {
    const head = await this.#heads.dated(String(storyId), () => this.database.apart(load));
    return head && { ...head.value, since: head.since };
  }

  /** Something that readers see of the stories has changed: all instances forget it once that is committed. */
  async changed(...storyIds: readonly number[]): Promise<void> {
    await this.database.afterCommit(async () => {
      await Promise.all(storyIds.map((storyId) => this.#heads.forget(String(storyId))));
    });
  }

  /** Calls back after the change of a story, here or elsewhere; without an id, when any may have changed. */
  onChange(listener: (storyId: number | undefined) => void): void {
    this.#heads.onDrop((key) => {
      listener(key === undefined ? undefined : Number(key));
    });
  }
}
