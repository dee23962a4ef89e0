import { NONE, type StoryGraph } from './graph.js';

/** One byte for each node: 1 where a reader who begins at one of `starts` can arrive. Breadth first, linear. */
export function reachableFrom(graph: StoryGraph, starts: readonly number[]): Uint8Array {
  const { nodes, firstChoice, target, failTarget, isEnding } = graph;
  const reached = new Uint8Array(nodes.length);
  const queue = new Int32Array(nodes.length);
  let length = 0;
  const reach = (node: number) => {
    if (node === NONE || reached[node] === 1) return;
    reached[node] = 1;
    queue[length++] = node;
  };
  starts.forEach(reach);
  for (let head = 0; head < length; head++) {
    const node = queue[head]!;
    if (isEnding[node] === 1) continue;
    for (let choice = firstChoice[node]!; choice < firstChoice[node + 1]!; choice++) {
      reach(target[choice]!);
      reach(failTarget[choice]!);
    }
  }
  return reached;
}

/** One byte for each node: 1 where some walk along choices ends at an ending. */
export const reachesEnding = (graph: StoryGraph): Uint8Array =>
  Uint8Array.from(distancesToEnding(graph), (distance) => (distance === NONE ? 0 : 1));

/** By node: how many choices away the nearest ending is, or {@link NONE}. Backwards from the endings, linear. */
export function distancesToEnding(graph: StoryGraph): Int32Array {
  const { nodes, isEnding } = graph;
  const { firstIncoming, incoming } = reversed(graph);
  const distances = new Int32Array(nodes.length).fill(NONE);
  const queue = new Int32Array(nodes.length);
  let length = 0;
  isEnding.forEach((ends, node) => {
    if (ends === 0) return;
    distances[node] = 0;
    queue[length++] = node;
  });
  for (let head = 0; head < length; head++) {
    const node = queue[head]!;
    for (let i = firstIncoming[node]!; i < firstIncoming[node + 1]!; i++) {
      const previous = incoming[i]!;
      if (distances[previous] !== NONE) continue;
      distances[previous] = distances[node]! + 1;
      queue[length++] = previous;
    }
  }
  return distances;
}

/** The nodes that lead to each node, laid out as `firstChoice` lays out the choices that lead away. */
function reversed({ nodes, source, target, failTarget }: StoryGraph): {
  firstIncoming: Int32Array;
  incoming: Int32Array;
} {
  const firstIncoming = new Int32Array(nodes.length + 1);
  for (const targets of [target, failTarget]) {
    for (const node of targets) if (node !== NONE) firstIncoming[node + 1]! += 1;
  }
  for (let node = 0; node < nodes.length; node++) firstIncoming[node + 1]! += firstIncoming[node]!;
  const incoming = new Int32Array(firstIncoming[nodes.length]!);
  const next = firstIncoming.slice();
  for (const targets of [target, failTarget]) {
    for (let choice = 0; choice < targets.length; choice++) {
      const node = targets[choice]!;
      if (node !== NONE) incoming[next[node]!++] = source[choice]!;
    }
  }
  return { firstIncoming, incoming };
}
