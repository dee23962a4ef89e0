import { NONE, type StoryGraph } from './graph.js';
import { startsOf, type CompiledStory } from './story.js';

/**
 * Ways through the graph. Conditions, attempts and time are not looked at: a way told here may be closed to readers,
 * but where there is none, no reader ever comes. Choices lead on by succeeding and by failing; endings lead nowhere.
 */
export interface PathStep {
  /** The id of a choice. */
  readonly choice: number;
  /** Whether it leads on because its check or puzzle fails. */
  readonly byFailing: boolean;
}

export interface EndingDistance {
  /** The id of an ending. */
  readonly node: number;
  /** The fewest choices that lead there; undefined when none do. */
  readonly distance: number | undefined;
}

/** The shortest ways from the starts to every node. */
interface Search {
  /** By node: choices made on the way there, or {@link NONE} when there is none. */
  readonly distance: Int32Array;
  /** By node: the choice that the way comes by, or {@link NONE} at a start. */
  readonly by: Int32Array;
  readonly failed: Uint8Array;
}

/**
 * A way to a node or an ending with the fewest choices, from whichever protagonist's start is nearest.
 * @param nodeId the id of a node
 * @returns nothing to choose for a start; undefined where no way leads there. Linear
 */
export function shortestPath(story: CompiledStory, nodeId: number): PathStep[] | undefined {
  const goal = story.indexOfNode.get(nodeId);
  if (goal === undefined) return undefined;
  const { distance, by, failed } = breadthFirst(story);
  if (distance[goal] === NONE) return undefined;
  const path: PathStep[] = [];
  for (let node = goal; by[node] !== NONE; node = story.source[by[node]!]!) {
    path.push({ choice: story.choices[by[node]!]!.id, byFailing: failed[node] === 1 });
  }
  return path.reverse();
}

/** All endings, the nearest first; those that no way leads to come last. Linear, and sorted. */
export function endingDistances(story: CompiledStory): EndingDistance[] {
  const { distance } = breadthFirst(story);
  return story.nodes
    .flatMap(({ id, type }, index) =>
      type === 'ending'
        ? [{ node: id, distance: distance[index] === NONE ? undefined : distance[index]! }]
        : [],
    )
    .sort((a, b) => (a.distance ?? Infinity) - (b.distance ?? Infinity));
}

/**
 * The nodes that every way to a node passes, in the order of passing them, with the node itself as the last: what all
 * who come there have seen. Empty where no way leads there.
 *
 * These are its dominators. They are found by the iteration over the reverse postorder of K. D. Cooper, T. J. Harvey
 * and K. Kennedy, "A Simple, Fast Dominance Algorithm" (Rice University, 2001). Where protagonists begin at several
 * nodes, a root before them all is imagined. In practice linear: the passes are as many as loops are nested.
 * @returns ids of nodes
 */
export function unavoidable(story: CompiledStory, nodeId: number): number[] {
  const goal = story.indexOfNode.get(nodeId);
  if (goal === undefined) return [];
  const { order, rank } = reversePostorder(story);
  if (rank[goal] === NONE) return [];
  const above = dominators(story, order, rank);
  const passed: number[] = [];
  for (let at = rank[goal]!; at !== ROOT; at = above[at]!) passed.push(story.nodes[order[at]!]!.id);
  return passed.reverse();
}

function breadthFirst(story: CompiledStory): Search {
  const { nodes } = story;
  const distance = new Int32Array(nodes.length).fill(NONE);
  const by = new Int32Array(nodes.length).fill(NONE);
  const failed = new Uint8Array(nodes.length);
  const queue = new Int32Array(nodes.length);
  let length = 0;
  for (const start of startsOf(story)) {
    distance[start] = 0;
    queue[length++] = start;
  }
  for (let head = 0; head < length; head++) {
    const node = queue[head]!;
    for (let edge = firstEdge(story, node); edge < lastEdge(story, node); edge++) {
      const to = leadsTo(story, edge);
      if (to === NONE || distance[to] !== NONE) continue;
      distance[to] = distance[node]! + 1;
      by[to] = edge >> 1;
      failed[to] = edge & 1;
      queue[length++] = to;
    }
  }
  return { distance, by, failed };
}

// Each choice is two edges: twice its index where it succeeds, and one more where it fails.

const firstEdge = ({ firstChoice }: StoryGraph, node: number) => 2 * firstChoice[node]!;

const lastEdge = ({ isEnding, firstChoice }: StoryGraph, node: number) =>
  2 * firstChoice[isEnding[node] === 1 ? node : node + 1]!;

const leadsTo = ({ target, failTarget }: StoryGraph, edge: number) =>
  (edge & 1) === 0 ? target[edge >> 1]! : failTarget[edge >> 1]!;

/** The rank of the imagined root, before all starts. */
const ROOT = 0;

/**
 * @returns `order`: nodes in reverse postorder, from rank 1 on; `rank`: by node, its rank, or {@link NONE} where no
 * way leads
 */
function reversePostorder(story: CompiledStory): { order: Int32Array; rank: Int32Array } {
  const { nodes } = story;
  const seen = new Uint8Array(nodes.length);
  const next = new Int32Array(nodes.length);
  const stack = new Int32Array(nodes.length);
  const postorder = new Int32Array(nodes.length);
  let finished = 0;
  let depth = 0;
  const descend = (node: number) => {
    seen[node] = 1;
    next[node] = firstEdge(story, node);
    stack[depth++] = node;
  };
  for (const start of startsOf(story)) {
    if (seen[start] === 0) descend(start);
    while (depth > 0) {
      const node = stack[depth - 1]!;
      if (next[node]! < lastEdge(story, node)) {
        const to = leadsTo(story, next[node]!++);
        if (to !== NONE && seen[to] === 0) descend(to);
      } else {
        postorder[finished++] = node;
        depth -= 1;
      }
    }
  }
  const order = new Int32Array(finished + 1).fill(NONE);
  const rank = new Int32Array(nodes.length).fill(NONE);
  for (let i = 0; i < finished; i++) {
    order[finished - i] = postorder[i]!;
    rank[postorder[i]!] = finished - i;
  }
  return { order, rank };
}

/** By rank: the rank of the immediate dominator. */
function dominators(story: CompiledStory, order: Int32Array, rank: Int32Array): Int32Array {
  const above = new Int32Array(order.length).fill(NONE);
  above[ROOT] = ROOT;
  const meet = (one: number, other: number) => {
    let [a, b] = [one, other];
    while (a !== b) {
      while (a > b) a = above[a]!;
      while (b > a) b = above[b]!;
    }
    return a;
  };
  let changed = true;
  const lower = (at: number, over: number) => {
    const now = above[at] === NONE ? over : meet(above[at]!, over);
    if (now === above[at]) return;
    above[at] = now;
    changed = true;
  };
  for (const start of startsOf(story)) lower(rank[start]!, ROOT);
  // Edges are pushed onwards, rather than gathered from a node's predecessors: no list of those is needed.
  while (changed) {
    changed = false;
    for (let at = 1; at < order.length; at++) {
      const node = order[at]!;
      for (let edge = firstEdge(story, node); edge < lastEdge(story, node); edge++) {
        const to = leadsTo(story, edge);
        if (to !== NONE) lower(rank[to]!, at);
      }
    }
  }
  return above;
}
