import { NONE, type StoryGraph } from './graph.js';

/** One byte for each node: 1 where a reader who begins at `start` can arrive. Breadth first, linear. */
export function reachableFrom(
  { nodes, firstChoice, target }: StoryGraph,
  start: number,
): Uint8Array {
  const reached = new Uint8Array(nodes.length);
  if (start === NONE) return reached;
  const queue = new Int32Array(nodes.length);
  let length = 1;
  queue[0] = start;
  reached[start] = 1;
  for (let head = 0; head < length; head++) {
    const node = queue[head]!;
    if (nodes[node]!.type === 'ending') continue;
    for (let choice = firstChoice[node]!; choice < firstChoice[node + 1]!; choice++) {
      const next = target[choice]!;
      if (next !== NONE && reached[next] === 0) {
        reached[next] = 1;
        queue[length++] = next;
      }
    }
  }
  return reached;
}

/** One byte for each node: 1 where some walk along choices ends at an ending. Backwards from the endings, linear. */
export function reachesEnding(graph: StoryGraph): Uint8Array {
  const { nodes, source } = graph;
  const { firstIncoming, incoming } = reversed(graph);
  const reaches = new Uint8Array(nodes.length);
  const queue = new Int32Array(nodes.length);
  let length = 0;
  nodes.forEach(({ type }, index) => {
    if (type !== 'ending') return;
    reaches[index] = 1;
    queue[length++] = index;
  });
  for (let head = 0; head < length; head++) {
    const node = queue[head]!;
    for (let i = firstIncoming[node]!; i < firstIncoming[node + 1]!; i++) {
      const previous = source[incoming[i]!]!;
      if (reaches[previous] === 0) {
        reaches[previous] = 1;
        queue[length++] = previous;
      }
    }
  }
  return reaches;
}

/** The choices that lead to each node, laid out as `firstChoice` lays out those that lead away. */
function reversed({ nodes, target }: StoryGraph): {
  firstIncoming: Int32Array;
  incoming: Int32Array;
} {
  const firstIncoming = new Int32Array(nodes.length + 1);
  for (const node of target) if (node !== NONE) firstIncoming[node + 1]! += 1;
  for (let node = 0; node < nodes.length; node++) firstIncoming[node + 1]! += firstIncoming[node]!;
  const incoming = new Int32Array(firstIncoming[nodes.length]!);
  const next = firstIncoming.slice();
  target.forEach((node, choice) => {
    if (node !== NONE) incoming[next[node]!++] = choice;
  });
  return { firstIncoming, incoming };
}
