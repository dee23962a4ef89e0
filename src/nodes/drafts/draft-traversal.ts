import DataLoader from 'dataloader';
import { Injectable } from '@nestjs/common';
import type { Loaders } from '../../graphql/loaders.js';
import type { ChoiceEntity } from '../choices/choice.entity.js';
import { ChoiceRepository } from '../choices/choice.repository.js';
import type { NodeEntity } from '../nodes/node.entity.js';
import { NodeRepository } from '../nodes/node.repository.js';

/** A node of a story, as a loader's key. */
interface NodeRef {
  readonly storyId: number;
  readonly nodeId: number;
}

/** One request's walk through drafts. */
export interface DraftWalk {
  /** A node's choices, in order. */
  readonly choicesOf: DataLoader<NodeRef, ChoiceEntity[], number>;
  /** A node, or undefined when it is deleted. */
  readonly node: DataLoader<NodeRef, NodeEntity | undefined, number>;
}

/**
 * Loads what a query traverses from a draft, beyond what was read with the nodes that it began at. The first level is
 * batched by id, as one page of a large story needs no more; a query that goes deeper gets the whole draft at once. So
 * the statements are few however deep it goes.
 */
@Injectable()
export class DraftTraversal {
  constructor(
    private readonly nodes: NodeRepository,
    private readonly choices: ChoiceRepository,
  ) {}

  /** The walk of the request that `loaders` belong to. */
  walk(loaders: Loaders): DraftWalk {
    return loaders.once(this, 'walk', () => ({
      choicesOf: this.#twoWaves(
        async (refs) => byNode(await this.choices.findByNodes(ids(refs))),
        async (storyId) => byNode(await this.choices.findAll(storyId)),
        [],
      ),
      node: this.#twoWaves(
        async (refs) =>
          new Map((await this.nodes.findByIds(ids(refs))).map((node) => [node.nodeId, node])),
        async (storyId) =>
          new Map((await this.nodes.findAll(storyId)).map((node) => [node.nodeId, node])),
        undefined,
      ),
    }));
  }

  /** The first batch by `byIds`; from the second on, one `wholeStory` for each story, remembered. */
  #twoWaves<Value>(
    byIds: (refs: readonly NodeRef[]) => Promise<ReadonlyMap<number, Value>>,
    wholeStory: (storyId: number) => Promise<ReadonlyMap<number, Value>>,
    absent: Value,
  ): DataLoader<NodeRef, Value, number> {
    const stories = new Map<number, Promise<ReadonlyMap<number, Value>>>();
    const story = (storyId: number) => {
      const loading = stories.get(storyId) ?? wholeStory(storyId);
      stories.set(storyId, loading);
      return loading;
    };
    let isFirst = true;
    return new DataLoader(
      async (refs) => {
        if (isFirst) {
          isFirst = false;
          const found = await byIds(refs);
          return refs.map(({ nodeId }) => found.get(nodeId) ?? absent);
        }
        return Promise.all(
          refs.map(async ({ storyId, nodeId }) => (await story(storyId)).get(nodeId) ?? absent),
        );
      },
      { cacheKeyFn: ({ nodeId }) => nodeId },
    );
  }
}

const ids = (refs: readonly NodeRef[]) => refs.map(({ nodeId }) => nodeId);

const byNode = (choices: readonly ChoiceEntity[]) =>
  Map.groupBy(choices, ({ fromNodeId }) => fromNodeId);
