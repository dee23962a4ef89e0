import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Config } from '../../config/config.js';
import type { Loaders } from '../../graphql/loaders.js';
import { ReadingRepository, type ReadingTerms } from './reading.repository.js';

/** What a reader had come to at some moment. */
interface Visited {
  readonly clock: number | null;
  readonly nodes: Set<number>;
}

type Moment = Pick<ReadingTerms, 'storyId' | 'clock'>;

/** Which nodes readers have come to. They are read once, and followed: what is kept counts at its very moment alone. */
@Injectable()
export class VisitedNodes {
  readonly #kept: LRUCache<string, Visited>;

  constructor(
    config: Config,
    private readonly reading: ReadingRepository,
  ) {
    this.#kept = new LRUCache({
      maxSize: config.playCacheBytes,
      sizeCalculation: ({ nodes }) => 500 + 40 * nodes.size,
      ttl: 15 * 60 * 1000,
    });
  }

  /** What a reader has come to in a story. */
  async of(
    loaders: Loaders,
    userId: number,
    { storyId, clock }: Moment,
  ): Promise<ReadonlySet<number>> {
    const kept = this.#kept.get(keyOf(userId, storyId));
    if (kept?.clock === clock) return kept.nodes;
    const visited = await loaders
      .about(
        this,
        'visited nodes',
        (storyIds) => this.reading.visitedNodes(userId, storyIds),
        new Set<number>(),
      )
      .load(storyId);
    const nodes = new Set(visited);
    this.#kept.set(keyOf(userId, storyId), { clock, nodes });
    return nodes;
  }

  /** A step has come to a node. @param moment after it */
  follow(userId: number, { storyId, clock }: Moment, nodeId: number): void {
    if (clock === null) return;
    const kept = this.#kept.get(keyOf(userId, storyId));
    if (kept?.clock !== clock - 1) return;
    this.#kept.set(keyOf(userId, storyId), { clock, nodes: kept.nodes.add(nodeId) });
  }
}

const keyOf = (userId: number, storyId: number) => `${userId} ${storyId}`;
