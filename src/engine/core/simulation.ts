import type { CompiledStory } from './story.js';

/** What many random plays of a story show. Nodes and choices are told by their ids. */
export interface Simulation {
  /** How many plays were made. */
  readonly plays: number;
  /** How many choices they made in all. */
  readonly steps: number;
  /** How many plays came to an ending. */
  readonly ended: number;
  /** How many plays stood at a node that is no ending, with no choice open. */
  readonly stuck: number;
  /** The way of the first play that got stuck. */
  readonly stuckPath: StuckPath | undefined;
  /** How many plays were cut off because they went on too long. */
  readonly cutOff: number;
  /** The shares of nodes and of choices that some play came by, from 0 to 1. */
  readonly nodeCoverage: number;
  readonly choiceCoverage: number;
  /** In the order of the story. A node that is left and entered again counts again. */
  readonly nodes: readonly NodeHits[];
  readonly choices: readonly ChoiceHits[];
  /** The most frequent first; those that no play came to are among them. */
  readonly endings: readonly EndingShare[];
  /** How many choices the plays that ended took; undefined when none did. */
  readonly lengths: Percentiles | undefined;
  /** The least visited first; at most {@link MOST_LEAST_VISITED}. */
  readonly leastVisited: readonly NodeHits[];
}

export interface StuckPath {
  readonly protagonist: string | undefined;
  readonly choices: readonly number[];
}

export interface NodeHits {
  readonly node: number;
  readonly hits: number;
}

export interface ChoiceHits {
  readonly choice: number;
  readonly hits: number;
  /** Among all the choices made at its node, from 0 to 1. */
  readonly share: number;
}

export interface EndingShare {
  readonly node: number;
  readonly plays: number;
  /** Among all plays, from 0 to 1. */
  readonly share: number;
}

/** By the nearest-rank method, so that each is the length of some play. */
export interface Percentiles {
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  readonly max: number;
}

/** What the plays so far add up to. Nodes and choices are the story's indices. */
export interface Tally {
  plays: number;
  steps: number;
  stuck: number;
  cutOff: number;
  /** The protagonist and the choices of the first play that got stuck. */
  stuckPath: { readonly protagonist: string | undefined; readonly choices: Int32Array } | undefined;
  /** How many plays came to an end: the places of `lengths` in use. */
  ended: number;
  /** Choices made, by play that came to an end. */
  readonly lengths: Int32Array;
  readonly nodeHits: Float64Array;
  readonly choiceHits: Float64Array;
}

const MOST_LEAST_VISITED = 10;

/** Sums up plays. */
export function summed(story: CompiledStory, tally: Tally): Simulation {
  const { plays, steps, ended, stuck, stuckPath, cutOff, nodeHits, choiceHits } = tally;
  const nodes = story.nodes.map(({ id }, index) => ({ node: id, hits: nodeHits[index]! }));
  return {
    plays,
    steps,
    ended,
    stuck,
    stuckPath: stuckPath && {
      protagonist: stuckPath.protagonist,
      choices: Array.from(stuckPath.choices, (choice) => story.choices[choice]!.id),
    },
    cutOff,
    nodeCoverage: coverage(nodeHits),
    choiceCoverage: coverage(choiceHits),
    nodes,
    choices: choicesOf(story, choiceHits),
    endings: endingsOf(story, nodeHits, plays),
    lengths: percentiles(tally.lengths.subarray(0, ended)),
    leastVisited: nodes.toSorted((a, b) => a.hits - b.hits).slice(0, MOST_LEAST_VISITED),
  };
}

function choicesOf({ choices, source, nodes }: CompiledStory, made: Float64Array): ChoiceHits[] {
  const madeAt = new Float64Array(nodes.length);
  source.forEach((node, choice) => (madeAt[node]! += made[choice]!));
  return choices.map(({ id }, choice) => ({
    choice: id,
    hits: made[choice]!,
    share: portion(made[choice]!, madeAt[source[choice]!]!),
  }));
}

/** A play that comes to an ending stops there: its hits are plays. */
const endingsOf = ({ nodes }: CompiledStory, hits: Float64Array, plays: number): EndingShare[] =>
  nodes
    .flatMap(({ id, type }, index) =>
      type === 'ending'
        ? [{ node: id, plays: hits[index]!, share: portion(hits[index]!, plays) }]
        : [],
    )
    .sort((a, b) => b.plays - a.plays);

const coverage = (hits: Float64Array) =>
  portion(hits.filter((count) => count > 0).length, hits.length);

const portion = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

function percentiles(lengths: Int32Array): Percentiles | undefined {
  if (lengths.length === 0) return undefined;
  const sorted = lengths.toSorted();
  const at = (percent: number) => sorted[Math.ceil((percent / 100) * sorted.length) - 1]!;
  return { p5: at(5), p25: at(25), p50: at(50), p75: at(75), p95: at(95), max: at(100) };
}
