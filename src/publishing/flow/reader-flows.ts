import { Injectable } from '@nestjs/common';
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

/** The flows of published stories, ready to be sent. Versions never change, so none goes stale. */
@Injectable()
export class ReaderFlows {
  readonly #flows: ByteCache<ReadyAnswer>;
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
   * The flow of the version that readers start on.
   * @throws {ApiError} `NOT_FOUND` unless the story is published, `FORBIDDEN` under its spoiler guard
   */
  async ofStory(storyId: number): Promise<ReadyAnswer> {
    const head = await this.stories.findHead(storyId);
    if (!head?.isPublished || head.publishedVersionId === null) throw noSuchStory();
    if (!isSameForEveryone(head)) throw keptFromReaders();
    const versionId = head.publishedVersionId;
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
    const made = { length: flow.body.length, tags: [] };
    this.#flows.set(String(versionId), flow, made, this.#flows.forgotten);
    return flow;
  }
}
