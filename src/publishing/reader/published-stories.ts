import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Database } from '../../database/database.js';
import type { Steps } from '../../engine/core/steps.js';
import { inKeyOrder, type BatchSource } from '../../graphql/loaders.js';
import { MediaFiles } from '../../media/library/media-files.js';
import { inTurns } from '../../threads/in-turns.js';
import { VersionRepository, type VersionSnapshot } from '../versions/version.repository.js';
import { PublishedStory } from './published-story.js';

const MOST_BYTES = 256 * 1024 * 1024;

/** Published versions, kept in memory as long as they are in use and fit. They never change, so none goes stale. */
@Injectable()
export class PublishedStories implements BatchSource<number, PublishedStory | undefined> {
  readonly #kept = new LRUCache<number, PublishedStory>({
    maxSize: MOST_BYTES,
    sizeCalculation: (story) => story.size + 1,
  });
  /** By version: all that is being loaded together with it. */
  readonly #loading = new Map<number, Promise<PublishedStory[]>>();

  constructor(
    private readonly database: Database,
    private readonly versions: VersionRepository,
    private readonly media: MediaFiles,
  ) {}

  /** @throws when there is no such version: whoever has its id has a row that refers to it */
  async get(versionId: number): Promise<PublishedStory> {
    const [story] = await this.loadMany([versionId]);
    if (story === undefined) throw new Error(`There is no story version ${versionId}.`);
    return story;
  }

  /** Each version is loaded once, however many ask for it meanwhile, unless they stand in transactions. */
  async loadMany(versionIds: readonly number[]): Promise<(PublishedStory | undefined)[]> {
    const kept = versionIds.map((id) => this.#kept.get(id));
    if (kept.every((story) => story !== undefined)) return kept;
    const missing = versionIds.filter((_, i) => kept[i] === undefined);
    const found = this.database.isInTransaction
      ? await this.#make(missing)
      : await this.#loadTogether(missing);
    const stories = [...kept, ...found].filter((story) => story !== undefined);
    return inKeyOrder(versionIds, stories, (story) => story.versionId);
  }

  async #loadTogether(missing: readonly number[]): Promise<PublishedStory[]> {
    const others = missing.flatMap((id) => this.#loading.get(id)?.catch(() => []) ?? []);
    const own = this.#load(missing.filter((id) => !this.#loading.has(id)));
    const loaded = (await Promise.all([own, ...others])).flat();
    // What another call could not read, this one may: it asks the primary.
    const left = missing.filter((id) => !loaded.some((story) => story.versionId === id));
    return [...loaded, ...(others.length > 0 ? await this.#load(left) : [])];
  }

  /** With one statement for all. */
  #load(versionIds: readonly number[]): Promise<PublishedStory[]> {
    if (versionIds.length === 0) return Promise.resolve([]);
    const loading = this.#make(versionIds).finally(() => {
      for (const id of versionIds) this.#loading.delete(id);
    });
    for (const id of versionIds) this.#loading.set(id, loading);
    return loading;
  }

  async #make(versionIds: readonly number[]): Promise<PublishedStory[]> {
    const made = await inTurns(this.#making(await this.versions.findSnapshots(versionIds)));
    for (const story of made) this.#kept.set(story.versionId, story);
    return made;
  }

  *#making(snapshots: readonly VersionSnapshot[]): Steps<PublishedStory[]> {
    const url = this.media.url.bind(this.media);
    const made: PublishedStory[] = [];
    for (const snapshot of snapshots) made.push(yield* PublishedStory.making(snapshot, url));
    return made;
  }
}
