import type { Value } from '../definition.js';
import type { Memory } from '../expressions/evaluate.js';
import { NONE } from '../graph.js';
import type { Slot } from '../layout.js';
import {
  closed,
  enter,
  initialMemory,
  SOLVED,
  succeedsWith,
  take,
  WRONG,
  type MachineEvent,
  type Resolution,
} from '../machine.js';
import type { CompiledStory } from '../story.js';
import { startOf } from '../story.js';
import { slice, type Slice } from './slice.js';

/** How a state was first come to. */
export type Move =
  | { readonly kind: 'begin'; readonly protagonist: string | undefined }
  | { readonly kind: 'choice'; readonly choice: number; readonly resolution: Resolution }
  | { readonly kind: 'set'; readonly slot: Slot; readonly value: Value };

/**
 * Every state that a reader can come to, breadth first, by the machine that readers play on. States that no condition
 * can tell apart count as one. It can be run in parts, and stops where its states are used up.
 */
export class Exploration {
  readonly nodes: number[] = [];
  readonly parents: number[] = [];
  readonly moves: Move[] = [];
  /** By state: whether some choice was open there. Only of expanded states. */
  readonly hasWayOn: boolean[] = [];
  /** Pairs of states, one after another: from, to. */
  readonly edges: number[] = [];
  /** By choice: the first state in which it was open, or {@link NONE}. */
  readonly openAt: Int32Array;
  /** By choice: the first state in which it was closed by its condition, or {@link NONE}. */
  readonly closedAt: Int32Array;
  /** By choice: the first state that it led to by succeeding, or {@link NONE}. */
  readonly succeededTo: Int32Array;
  /** By choice: whether a check or puzzle of its failed somewhere. */
  readonly hasFailed: Uint8Array;
  readonly slice: Slice;
  /** How many states have been expanded: those from here on are the frontier. */
  expanded = 0;
  readonly #memories: Memory[] = [];
  readonly #known = new Map<string, number>();

  constructor(
    readonly story: CompiledStory,
    private readonly mostStates: number,
  ) {
    this.slice = slice(story);
    const count = story.choices.length;
    this.openAt = new Int32Array(count).fill(NONE);
    this.closedAt = new Int32Array(count).fill(NONE);
    this.succeededTo = new Int32Array(count).fill(NONE);
    this.hasFailed = new Uint8Array(count);
    const { protagonists = [] } = story.schema;
    for (const who of protagonists.length === 0
      ? [undefined]
      : protagonists.map(({ key }) => key)) {
      this.#begin(who);
    }
  }

  /** How many states are known. */
  get states(): number {
    return this.nodes.length;
  }

  /** Whether every state has been expanded. */
  get isComplete(): boolean {
    return this.expanded === this.states;
  }

  /** Expands up to `count` more states. @returns whether there is more to do within the bound */
  run(count: number): boolean {
    const until = Math.min(this.expanded + count, this.mostStates);
    while (this.expanded < until && !this.isComplete) this.#expand(this.expanded++);
    return !this.isComplete && this.expanded < this.mostStates;
  }

  #begin(protagonist: string | undefined): void {
    const start = startOf(this.story, protagonist);
    if (start === NONE) return;
    const memory = initialMemory(this.story, protagonist);
    const node = enter(this.story, memory, start);
    this.#arrive(node, memory, NONE, { kind: 'begin', protagonist });
  }

  #expand(state: number): void {
    const { story } = this;
    const node = this.nodes[state]!;
    const memory = this.#memories[state]!;
    let hasWayOn = false;
    if (story.nodes[node]!.type !== 'ending') {
      for (let choice = story.firstChoice[node]!; choice < story.firstChoice[node + 1]!; choice++) {
        const why = closed(story, memory, choice);
        if (why === 'condition' && this.closedAt[choice] === NONE) this.closedAt[choice] = state;
        if (why !== undefined) continue;
        if (this.openAt[choice] === NONE) this.openAt[choice] = state;
        hasWayOn = true;
        this.#choose(state, memory, choice);
      }
      this.#write(state, node, memory);
    }
    this.hasWayOn[state] = hasWayOn;
  }

  /** Follows a choice by every way in which it can turn out. */
  #choose(state: number, memory: Memory, choice: number): void {
    const { story } = this;
    for (const resolution of resolutions(story, memory, choice, this.slice.readsRoll)) {
      const after = [...memory];
      const { node, succeeded } = taken(story, after, choice, resolution);
      const next = this.#arrive(node, after, state, { kind: 'choice', choice, resolution });
      if (!succeeded) this.hasFailed[choice] = 1;
      else if (this.succeededTo[choice] === NONE) this.succeededTo[choice] = next;
    }
  }

  /** Lets the reader set what readers may set. */
  #write(state: number, node: number, memory: Memory): void {
    for (const { slot, values } of this.slice.writable) {
      for (const value of values) {
        if (memory[slot.index] === value) continue;
        const after = [...memory];
        after[slot.index] = value;
        this.#arrive(node, after, state, { kind: 'set', slot, value });
      }
    }
  }

  #arrive(node: number, memory: Memory, from: number, move: Move): number {
    const key = `${node}${this.slice.keyOf(memory)}`;
    let state = this.#known.get(key);
    if (state === undefined) {
      state = this.nodes.length;
      this.#known.set(key, state);
      this.nodes.push(node);
      this.#memories.push(memory);
      this.parents.push(from);
      this.moves.push(move);
    }
    if (from !== NONE) this.edges.push(from, state);
    return state;
  }
}

/** Makes a choice on `memory`, and says whether its check or puzzle succeeded. A choice without either does. */
function taken(story: CompiledStory, memory: Memory, choice: number, resolution: Resolution) {
  const log: MachineEvent[] = [];
  const node = take(story, memory, choice, resolution, log);
  const failed = log.some(
    (event) =>
      (event.type === 'rolled' && !event.success) || (event.type === 'answered' && !event.right),
  );
  return { node, succeeded: !failed };
}

/** Every way in which a choice can turn out, as far as it makes a difference. */
export function resolutions(
  story: CompiledStory,
  memory: Memory,
  choice: number,
  everyRoll: boolean,
): Resolution[] {
  const { puzzle } = story.choices[choice]!;
  const { check } = story.rules[choice]!;
  if (check === undefined) {
    if (puzzle === undefined) return [0];
    return puzzle.answers.length === 0 ? [WRONG] : [SOLVED, WRONG];
  }
  const { count, sides } = check.dice;
  const [least, most] = [count, count * sides];
  const totals = Array.from({ length: most - least + 1 }, (_, i) => least + i);
  if (everyRoll) return totals;
  const succeeds = succeedsWith(story, memory, choice);
  const success = totals.find(succeeds);
  const failure = totals.find((total) => !succeeds(total));
  return [success, failure].filter((total) => total !== undefined);
}
