import type { ChoiceDefinition, NodeDefinition, StoryDefinition } from './definition.js';

/** Stands for "no node" where a node's index is expected. */
export const NONE = -1;

/**
 * A story numbered densely: nodes and choices are indices from 0, so that algorithms run over typed arrays.
 * The choices of node `n` are `firstChoice[n]` up to, not including, `firstChoice[n + 1]`.
 */
export interface StoryGraph {
  readonly nodes: readonly NodeDefinition[];
  readonly choices: readonly ChoiceDefinition[];
  readonly firstChoice: Int32Array;
  /** The node that a choice leads away from. */
  readonly source: Int32Array;
  /** The node that a choice leads to, or {@link NONE}. */
  readonly target: Int32Array;
  /** The node that a choice leads to when its check or puzzle fails, or {@link NONE}. */
  readonly failTarget: Int32Array;
  /** One byte for each node: 1 where it is an ending. */
  readonly isEnding: Uint8Array;
  /** The first node marked as the start, or {@link NONE}. */
  readonly start: number;
  readonly indexOfNode: IndexOfNode;
}

/** By a node's id, its index. */
export type IndexOfNode = Pick<ReadonlyMap<number, number>, 'get' | 'has'>;

/** Numbers a story. It need not be sound: what is missing becomes {@link NONE}. Linear in nodes and choices. */
export function numbered({ nodes }: StoryDefinition): StoryGraph {
  const indexOfNode = indexed(nodes);
  const indexOf = (id: number | null | undefined) =>
    id === null || id === undefined ? NONE : (indexOfNode.get(id) ?? NONE);
  const count = nodes.reduce((sum, node) => sum + node.choices.length, 0);
  const choices = new Array<ChoiceDefinition>(count);
  const firstChoice = new Int32Array(nodes.length + 1);
  const isEnding = new Uint8Array(nodes.length);
  const source = new Int32Array(count);
  const target = new Int32Array(count);
  const failTarget = new Int32Array(count);
  let next = 0;
  nodes.forEach((node, index) => {
    for (const choice of node.choices) {
      const { to, failTo } = choice;
      choices[next] = choice;
      source[next] = index;
      target[next] = indexOf(to);
      failTarget[next] = indexOf(failTo);
      next += 1;
    }
    firstChoice[index + 1] = next;
    if (node.type === 'ending') isEnding[index] = 1;
  });
  const start = nodes.findIndex(({ isStart }) => isStart);
  return {
    nodes,
    choices,
    firstChoice,
    source,
    target,
    failTarget,
    isEnding,
    start,
    indexOfNode,
  };
}

/** Ids that lie close together, as a database gives them, take a table: a tenth of a map's memory and time. */
function indexed(nodes: readonly NodeDefinition[]): IndexOfNode {
  let [least, most] = [Infinity, -Infinity];
  for (const { id } of nodes) {
    least = Math.min(least, id);
    most = Math.max(most, id);
  }
  if (nodes.length === 0 || most - least >= SPARSEST * nodes.length) {
    const map = new Map<number, number>();
    nodes.forEach(({ id }, index) => map.set(id, index));
    return map;
  }
  // Zero stands for no node.
  const table = new Int32Array(most - least + 1);
  nodes.forEach(({ id }, index) => (table[id - least] = index + 1));
  const at = (id: number) => table[id - least] ?? 0;
  return { has: (id) => at(id) > 0, get: (id) => (at(id) > 0 ? at(id) - 1 : undefined) };
}

/** How many numbers a table may have for each id. */
const SPARSEST = 8;
