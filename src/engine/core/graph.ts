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
  /** The first node marked as the start, or {@link NONE}. */
  readonly start: number;
  readonly indexOfNode: ReadonlyMap<number, number>;
}

/** Numbers a story. It need not be sound: what is missing becomes {@link NONE}. Linear in nodes and choices. */
export function numbered({ nodes }: StoryDefinition): StoryGraph {
  const indexOfNode = new Map(nodes.map(({ id }, index) => [id, index]));
  const indexOf = (id: number | null | undefined) =>
    id === null || id === undefined ? NONE : (indexOfNode.get(id) ?? NONE);
  const choices = nodes.flatMap((node) => node.choices);
  const firstChoice = new Int32Array(nodes.length + 1);
  const source = new Int32Array(choices.length);
  const target = new Int32Array(choices.length);
  const failTarget = new Int32Array(choices.length);
  let next = 0;
  nodes.forEach((node, index) => {
    for (const { to, failTo } of node.choices) {
      source[next] = index;
      target[next] = indexOf(to);
      failTarget[next] = indexOf(failTo);
      next += 1;
    }
    firstChoice[index + 1] = next;
  });
  const start = nodes.findIndex(({ isStart }) => isStart);
  return { nodes, choices, firstChoice, source, target, failTarget, start, indexOfNode };
}
