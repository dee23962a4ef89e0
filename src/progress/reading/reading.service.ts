import { Injectable } from '@nestjs/common';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import type { PublishedStory, ReaderNodes } from '../../publishing/reader/published-story.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { StoryRoles } from '../../stories/collaborators/story-roles.js';
import { mayInspect } from '../../stories/story.policy.js';
import { ReadingRepository, type ReadingTerms } from './reading.repository.js';

/** A version as one viewer may look at it. */
export interface Reading {
  readonly story: PublishedStory;
  readonly nodes: ReaderNodes;
}

/** Decides which nodes of a version a viewer may look at. */
@Injectable()
export class ReadingService {
  constructor(
    private readonly published: PublishedStories,
    private readonly reading: ReadingRepository,
    private readonly roles: StoryRoles,
  ) {}

  /** The published version of a story, or undefined when there is none. */
  async openPublished(
    viewer: Viewer | undefined,
    row: StoryEntity,
    loaders: Loaders,
  ): Promise<Reading | undefined> {
    if (!row.isPublished || row.publishedVersionId === null) return undefined;
    return this.open(viewer, row, row.publishedVersionId, loaders);
  }

  /** Some version of a story; under its spoiler guard, only what the viewer has visited. */
  async open(
    viewer: Viewer | undefined,
    terms: ReadingTerms,
    versionId: number,
    loaders: Loaders,
  ): Promise<Reading | undefined> {
    const story = await loaders.over(this.published).load(versionId);
    if (story === undefined) return undefined;
    const isWhole =
      !terms.spoilerGuard || mayInspect(await this.roles.load(loaders, viewer, terms));
    if (isWhole) return { story, nodes: story.nodes };
    return { story, nodes: story.only(await this.#visited(viewer, terms.storyId, loaders)) };
  }

  /** What the viewer has come to; nothing for an anonymous one. */
  async #visited(
    viewer: Viewer | undefined,
    storyId: number,
    loaders: Loaders,
  ): Promise<ReadonlySet<number>> {
    if (viewer === undefined) return new Set();
    return loaders
      .about(
        this,
        'visited nodes',
        (storyIds) => this.reading.visitedNodes(viewer.userId, storyIds),
        new Set<number>(),
      )
      .load(storyId);
  }
}
