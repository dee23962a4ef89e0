import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { isRejection, start } from '../../engine/core/play.js';
import type { Viewer } from '../../graphql/viewer.js';
import { notPublished } from '../../publishing/publishing.errors.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { StoryService } from '../../stories/story.service.js';
import { noSuchProtagonist } from '../progress.errors.js';
import { KnownPlaythroughs } from './known-playthroughs.js';
import type { ProgressEntity } from './progress.entity.js';
import type { StartStoryInput } from './progress.inputs.js';
import { ProgressRepository, type Begun } from './progress.repository.js';
import { collectedIn, standingOf } from './record.js';

/** Begins playthroughs, and takes them up. */
@Injectable()
export class PlayService {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryService,
    private readonly published: PublishedStories,
    private readonly progress: ProgressRepository,
    private readonly known: KnownPlaythroughs,
  ) {}

  /** Takes up the latest unfinished playthrough, or begins one on the published version. */
  async start(
    viewer: Viewer,
    storyId: number,
    { restart = false, protagonist }: StartStoryInput,
  ): Promise<ProgressEntity> {
    const unfinished = restart ? undefined : await this.#unfinished(viewer, storyId);
    const started =
      unfinished ?? (await this.#startAnew(viewer, storyId, { restart, protagonist }));
    this.known.keep(started);
    return started;
  }

  /** Begins a playthrough. @throws {ApiError} `NOT_FOUND` unless published */
  async begin(viewer: Viewer, story: StoryEntity): Promise<ProgressEntity> {
    return this.progress.insert(await this.#begun(viewer, story));
  }

  async #startAnew(
    viewer: Viewer,
    storyId: number,
    { restart, protagonist }: StartStoryInput,
  ): Promise<ProgressEntity> {
    const story = await this.stories.getVisible(viewer, { storyId });
    const begun = await this.#begun(viewer, story, protagonist ?? undefined);
    if (restart) return this.progress.insert(begun);
    return this.database.transaction(async () => {
      await this.progress.lockStart(viewer.userId, storyId);
      // A call at the same time may have been first.
      return (await this.#unfinished(viewer, storyId)) ?? this.progress.insert(begun);
    });
  }

  async #begun(
    viewer: Viewer,
    { storyId, isPublished, publishedVersionId }: StoryEntity,
    protagonist?: string,
  ): Promise<Begun> {
    if (!isPublished || publishedVersionId === null) throw notPublished();
    const story = await this.published.get(publishedVersionId);
    const startTime = new Date();
    const begun = start(story.graph, {
      now: startTime.getTime(),
      ...(protagonist !== undefined && { protagonist }),
    });
    if (isRejection(begun) && begun.rejected === 'no-such-protagonist') {
      throw noSuchProtagonist((story.graph.schema.protagonists ?? []).map(({ key }) => key));
    }
    if (isRejection(begun))
      throw new Error(`Version ${publishedVersionId} cannot be started: ${begun.rejected}`);
    return {
      userId: viewer.userId,
      storyId,
      versionId: publishedVersionId,
      state: begun.state,
      startTime,
      seed: randomUUID(),
      collected: collectedIn(begun.events),
      ...standingOf(story, begun.state),
    };
  }

  #unfinished({ userId }: Viewer, storyId: number): Promise<ProgressEntity | undefined> {
    return this.progress.findLatest(userId, storyId, { unfinished: true });
  }
}
