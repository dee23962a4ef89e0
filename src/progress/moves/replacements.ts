import type { CompiledStory } from '../../engine/core/story.js';
import type { FieldProblem } from '../../graphql/errors.js';
import { decodeId } from '../../graphql/ids.js';
import type { NodeReplacementInput } from '../../publishing/versions/publishing.inputs.js';

/** Those who cannot go on at one node go on at another. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
}

export const decodeReplacements = (
  map: readonly NodeReplacementInput[],
  path: string,
): Replacement[] =>
  map.map(({ fromNodeId, toNodeId }, i) => ({
    from: decodeId('node', fromNodeId, `${path}.${i}.fromNodeId`),
    to: decodeId('node', toNodeId, `${path}.${i}.toNodeId`),
  }));

/**
 * @param story the version that readers are to go on in
 * @param nodes every node that the story has or has had
 * @returns all that is wrong with a map of nodes
 */
export const replacementProblems = (
  replacements: readonly Replacement[],
  { story, nodes, path }: { story: CompiledStory; nodes: ReadonlySet<number>; path: string },
): FieldProblem[] =>
  replacements.flatMap(({ from, to }, i) => {
    const isRepeated = replacements.findIndex((other) => other.from === from) < i;
    const fromProblem = !nodes.has(from)
      ? 'must be a node of this story, or one that it had'
      : isRepeated
        ? 'is named twice: give each node one replacement'
        : undefined;
    const index = story.indexOfNode.get(to);
    const toProblem =
      index === undefined
        ? 'must be a node of the version that readers go on in'
        : story.isEnding[index] === 1
          ? 'must not be an ending: readers would be at the end at once'
          : undefined;
    return [
      ...(fromProblem ? [{ path: `${path}.${i}.fromNodeId`, message: fromProblem }] : []),
      ...(toProblem ? [{ path: `${path}.${i}.toNodeId`, message: toProblem }] : []),
    ];
  });

export const byNode = (replacements: readonly Replacement[]): ReadonlyMap<number, number> =>
  new Map(replacements.map(({ from, to }) => [from, to]));
