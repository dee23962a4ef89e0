import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { BatchSource } from '../../graphql/loaders.js';
import { MediaFiles } from '../../media/library/media-files.js';
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

  readonly #loading = new Map<number, Promise<PublishedStory | undefined>>();

  constructor(
    private readonly versions: VersionRepository,
    private readonly media: MediaFiles,
  ) {}

  /** @throws when there is no such version: whoever has its id has a row that refers to it */
  async get(versionId: number): Promise<PublishedStory> {
    const [story] = await this.loadMany([versionId]);
    if (story === undefined) throw new Error(`There is no story version ${versionId}.`);
    return story;
  }

  async loadMany(versionIds: readonly number[]): Promise<(PublishedStory | undefined)[]> {
    const kept = versionIds.map((id) => this.#kept.get(id));
    if (kept.every((story) => story !== undefined)) return kept;
    const missing = versionIds.filter((id, i) => kept[i] === undefined && !this.#loading.has(id));
    if (missing.length > 0) this.#load(missing);
    return Promise.all(versionIds.map(async (id, i) => kept[i] ?? this.#loading.get(id)));
  }

  /** Has them loaded, once for all who ask meanwhile. */
  #load(versionIds: readonly number[]): void {
    const rows = this.versions.findSnapshots(versionIds);
    for (const id of versionIds) {
      const loading = this.#read(id, rows).finally(() => this.#loading.delete(id));
      this.#loading.set(id, loading);
    }
  }

  async #read(
    versionId: number,
    rows: Promise<readonly VersionSnapshot[]>,
  ): Promise<PublishedStory | undefined> {
    const row = (await rows).find((found) => found.versionId === versionId);
    if (row === undefined) return undefined;
    const story = await PublishedStory.from(row, this.media.url.bind(this.media));
    this.#kept.set(versionId, story);
    return story;
  }
}
