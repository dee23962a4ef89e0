import { Injectable } from '@nestjs/common';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import type { PublishedStory } from '../../publishing/reader/published-story.js';
import type { ReaderNodes } from '../../publishing/reader/reader-nodes.js';
import type { StoryHead } from '../../stories/story-heads.js';
import { mayCollaborate, mayInspect, roleOf } from '../../stories/story.policy.js';
import { TermsOfReading } from './reading-terms.js';
import { VisitedNodes } from './visited-nodes.js';

/** A version as one viewer may look at it. */
export interface Reading {
  readonly story: PublishedStory;
  readonly nodes: ReaderNodes;
}

/** A playthrough. */
interface Played {
  readonly storyId: number;
  readonly versionId: number;
  readonly currentNodeId: number;
}

type Guarded = Pick<StoryHead, 'storyId' | 'spoilerGuard'>;

/** Decides which nodes of a version a viewer may look at. */
@Injectable()
export class ReadingService {
  constructor(
    private readonly published: PublishedStories,
    private readonly terms: TermsOfReading,
    private readonly visited: VisitedNodes,
  ) {}

  /** The published version of a story, or undefined when there is none. */
  async openPublished(
    viewer: Viewer | undefined,
    row: StoryHead,
    loaders: Loaders,
  ): Promise<Reading | undefined> {
    if (!row.isPublished || row.publishedVersionId === null) return undefined;
    return this.#open(viewer, row, row.publishedVersionId, loaders);
  }

  /** The version that the viewer plays, or undefined when there is none. Where they stand, they may always look. */
  async openPlayed(
    viewer: Viewer,
    { storyId, versionId, currentNodeId }: Played,
    loaders: Loaders,
  ): Promise<Reading | undefined> {
    const terms = await this.terms.over(loaders, viewer).load(storyId);
    return terms && this.#open(viewer, terms, versionId, loaders, currentNodeId);
  }

  /** Some version of a story; under its spoiler guard, only what the viewer has visited. */
  async #open(
    viewer: Viewer | undefined,
    { storyId, spoilerGuard }: Guarded,
    versionId: number,
    loaders: Loaders,
    nodeId?: number,
  ): Promise<Reading | undefined> {
    const story = await loaders.over(this.published).load(versionId);
    if (story === undefined) return undefined;
    const visited = spoilerGuard ? await this.#limits(viewer, storyId, loaders) : undefined;
    if (visited === undefined) return { story, nodes: story.nodes };
    const isKnown = nodeId === undefined || visited.has(nodeId);
    return { story, nodes: story.only(isKnown ? visited : new Set([...visited, nodeId])) };
  }

  /** All that the viewer may look at under a spoiler guard; undefined for those who may look at everything. */
  async #limits(
    viewer: Viewer | undefined,
    storyId: number,
    loaders: Loaders,
  ): Promise<ReadonlySet<number> | undefined> {
    if (viewer === undefined) return new Set();
    const terms = await this.terms.over(loaders, viewer).load(storyId);
    if (terms === undefined) return new Set();
    const shared = mayCollaborate(viewer) ? (terms.sharedRole ?? undefined) : undefined;
    if (mayInspect(roleOf(viewer, terms, shared))) return undefined;
    return this.visited.of(loaders, viewer.userId, terms);
  }
}
