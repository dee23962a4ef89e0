import { Injectable } from '@nestjs/common';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import { ProgressRepository } from '../playthroughs/progress.repository.js';
import { ReadingRepository } from './reading.repository.js';

/** How far somebody has read a story. */
export interface ReadExtent {
  /** Whether they have come to any ending. */
  readonly hasFinished: boolean;
  /** How many nodes the version that they play has. */
  readonly nodes: number;
  /** How many of these they have come to, in all their playthroughs. */
  readonly nodesSeen: number;
}

/** Tells how far readers have come, from their steps: what they have just done is known. */
@Injectable()
export class ReadExtents {
  constructor(
    private readonly progress: ProgressRepository,
    private readonly reading: ReadingRepository,
    private readonly published: PublishedStories,
  ) {}

  /** @param publishedVersionId the version that counts for those who have no playthrough, or no longer */
  async of(userId: number, storyId: number, publishedVersionId: number): Promise<ReadExtent> {
    const latest = await this.progress.findLatest(userId, storyId, { unfinished: false });
    const { nodes } = await this.published.get(latest?.versionId ?? publishedVersionId);
    const visited = (await this.reading.visitedNodes(userId, [storyId])).get(storyId);
    return {
      hasFinished: await this.reading.hasFinished(userId, storyId),
      nodes: nodes.size,
      nodesSeen: [...(visited ?? [])].filter((nodeId) => nodes.has(nodeId)).length,
    };
  }
}
