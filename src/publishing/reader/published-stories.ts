import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { inKeyOrder, type BatchSource } from '../../graphql/loaders.js';
import { MediaFiles } from '../../media/library/media-files.js';
import { VersionRepository } from '../versions/version.repository.js';
import { PublishedStory } from './published-story.js';

const MOST_BYTES = 256 * 1024 * 1024;

/** Published versions, kept in memory as long as they are in use and fit. They never change, so none goes stale. */
@Injectable()
export class PublishedStories implements BatchSource<number, PublishedStory | undefined> {
  readonly #kept = new LRUCache<number, PublishedStory>({
    maxSize: MOST_BYTES,
    sizeCalculation: (story) => story.size + 1,
  });

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
    const missing = versionIds.filter((_, i) => kept[i] === undefined);
    const url = this.media.url.bind(this.media);
    const loaded = (await this.versions.findSnapshots(missing)).map(
      ({ versionId, storyId, snapshot }) => new PublishedStory(versionId, storyId, snapshot, url),
    );
    for (const story of loaded) this.#kept.set(story.versionId, story);
    const found = kept.filter((story) => story !== undefined);
    return inKeyOrder(versionIds, [...found, ...loaded], (story) => story.versionId);
  }
}
