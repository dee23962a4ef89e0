import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { ReadyAnswer } from '../../answers/ready-answer.js';
import { ByteCache } from '../../cache/byte-cache.js';
import { Caches } from '../../cache/caches.js';
import { Config } from '../../config/config.js';
import { keptFromReaders, noSuchStory } from '../../stories/story.errors.js';
import { isSameForEveryone } from '../../stories/story.policy.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { inTurns } from '../../threads/in-turns.js';
import { PublishedStories } from '../reader/published-stories.js';
import { writeFlow } from './reader-flow.js';

const MEGABYTE = 1024 * 1024;

/** Of how many flows the ETag is remembered, some 200 bytes each. */
const MOST_ETAGS = 10_000;

/** The flows of published stories, ready to be sent. Versions never change, so none goes stale. */
@Injectable()
export class ReaderFlows {
  readonly #flows: ByteCache<ReadyAnswer>;
  /** By their version, also of those that are not kept: who has a flow is told so without writing it. */
  readonly #etags = new LRUCache<number, string>({ max: MOST_ETAGS });
  /** Those that are being written, by their version. */
  readonly #writing = new Map<number, Promise<ReadyAnswer>>();

  constructor(
    { answerCacheMegabytes }: Config,
    caches: Caches,
    private readonly stories: StoryRepository,
    private readonly published: PublishedStories,
  ) {
    const mostBytes = answerCacheMegabytes * MEGABYTE;
    this.#flows = caches.bytes({ name: 'flows', ttl: 0, mostBytes });
  }

  /**
   * The version that readers start on.
   * @throws {ApiError} `NOT_FOUND` unless the story is published, `FORBIDDEN` under its spoiler guard
   */
  async versionOf(storyId: number): Promise<number> {
    const head = await this.stories.findHead(storyId);
    if (!head?.isPublished || head.publishedVersionId === null) throw noSuchStory();
    if (!isSameForEveryone(head)) throw keptFromReaders();
    return head.publishedVersionId;
  }

  /** Undefined while the flow of that version is not known. */
  etagOf(versionId: number): string | undefined {
    return this.#etags.get(versionId);
  }

  async ofVersion(versionId: number): Promise<ReadyAnswer> {
    return this.#flows.get(String(versionId)) ?? this.#written(versionId);
  }

  #written(versionId: number): Promise<ReadyAnswer> {
    const writing =
      this.#writing.get(versionId) ??
      this.#write(versionId).finally(() => {
        this.#writing.delete(versionId);
      });
    this.#writing.set(versionId, writing);
    return writing;
  }

  async #write(versionId: number): Promise<ReadyAnswer> {
    const flow = await inTurns(writeFlow(await this.published.get(versionId)));
    this.#etags.set(versionId, flow.etag);
    const made = { length: flow.body.length, tags: [] };
    this.#flows.set(String(versionId), flow, made, this.#flows.forgotten);
    return flow;
  }
}
