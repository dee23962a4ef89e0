import type { Memory } from './expressions/evaluate.js';
import { NONE } from './graph.js';
import { closed, enter, initialMemory, SOLVED, take, WRONG } from './machine.js';
import { seededRandom, type Random } from './random.js';
import { startOf, type CompiledStory } from './story.js';
import { summed, type Simulation, type Tally } from './simulation.js';

/**
 * How a simulated reader chooses among the open choices: evenly; one that was made least often so far; or as often as
 * readers did.
 */
export type Strategy = 'uniform' | 'prefer-unseen' | 'readers';

export interface SimulationOptions {
  readonly plays: number;
  /** The same seed gives the same simulation. */
  readonly seed: string;
  readonly strategy?: Strategy;
  /** A play that has made this many choices is cut off. */
  readonly maxSteps?: number;
  /** By choice id, for the strategy `readers`: how often it was made. One is added to each, so that none is left out. */
  readonly weights?: ReadonlyMap<number, number>;
}

export const MOST_STEPS = 1000;

/** How likely a puzzle is answered rightly. */
const RIGHT = 0.5;

/** How likely a reader lets the time of a node run out. */
const EXPIRES = 0.25;

/** Plays a story at random many times. A story without a start gives no plays at all. */
export function simulate(story: CompiledStory, options: SimulationOptions): Simulation {
  const simulator = new Simulator(story, options);
  while (simulator.play());
  return simulator.result();
}

/** Somebody to play, and where they begin. */
interface Beginning {
  readonly protagonist: string | undefined;
  readonly node: number;
  readonly memory: Memory;
}

/** A simulation that is made play by play, for those who must not be kept waiting. Nothing is allocated per step. */
export class Simulator {
  readonly tally: Tally;
  readonly #random: Random;
  readonly #beginnings: readonly Beginning[];
  readonly #memory: Memory;
  readonly #path: Int32Array;
  /** The open choices of the current node; the first of so many as {@link #findOpen} counts. */
  readonly #open: Int32Array;
  readonly #pick: (open: number) => number;
  readonly #weights: Float64Array;

  constructor(
    private readonly story: CompiledStory,
    private readonly options: SimulationOptions,
  ) {
    const { nodes, choices } = story;
    this.#random = seededRandom(options.seed);
    this.#beginnings = beginningsOf(story);
    this.#memory = [...story.initial];
    this.#path = new Int32Array(options.maxSteps ?? MOST_STEPS);
    this.#open = new Int32Array(
      nodes.reduce((most, node) => Math.max(most, node.choices.length), 0),
    );
    this.#weights = Float64Array.from(choices, ({ id }) => 1 + (options.weights?.get(id) ?? 0));
    this.#pick = {
      uniform: (open: number) => this.#open[Math.floor(this.#random() * open)]!,
      'prefer-unseen': (open: number) => this.#leastMade(open),
      readers: (open: number) => this.#weighted(open),
    }[options.strategy ?? 'uniform'];
    this.tally = {
      plays: 0,
      steps: 0,
      stuck: 0,
      cutOff: 0,
      stuckPath: undefined,
      ended: 0,
      lengths: new Int32Array(options.plays),
      nodeHits: new Float64Array(nodes.length),
      choiceHits: new Float64Array(choices.length),
    };
  }

  /** Makes one more play. @returns whether there was one to make */
  play(): boolean {
    const { tally, story } = this;
    if (tally.plays >= this.options.plays || this.#beginnings.length === 0) return false;
    const who = this.#beginnings[Math.floor(this.#random() * this.#beginnings.length)]!;
    for (let i = 0; i < who.memory.length; i++) this.#memory[i] = who.memory[i]!;
    let node = enter(story, this.#memory, who.node);
    tally.nodeHits[node]! += 1;
    tally.plays += 1;
    let steps = 0;
    while (story.isEnding[node] === 0) {
      const open = this.#findOpen(node);
      if (open === 0) {
        tally.stuck += 1;
        tally.stuckPath ??= {
          protagonist: who.protagonist,
          choices: this.#path.slice(0, steps),
        };
        tally.steps += steps;
        return true;
      }
      if (steps === this.#path.length) {
        tally.cutOff += 1;
        tally.steps += steps;
        return true;
      }
      const choice = this.#chosen(node, open);
      this.#path[steps++] = choice;
      node = this.#step(node, choice);
    }
    tally.lengths[tally.ended++] = steps;
    tally.steps += steps;
    return true;
  }

  result(): Simulation {
    return summed(this.story, this.tally);
  }

  #step(node: number, choice: number): number {
    const { tally } = this;
    tally.choiceHits[choice]! += 1;
    const resolution = this.#resolved(choice);
    const next = take(this.story, this.#memory, choice, resolution);
    const stays = next === node && resolution === WRONG && this.story.target[choice] !== node;
    if (!stays) tally.nodeHits[next]! += 1;
    return next;
  }

  #findOpen(node: number): number {
    const { firstChoice } = this.story;
    let open = 0;
    for (let choice = firstChoice[node]!; choice < firstChoice[node + 1]!; choice++) {
      if (closed(this.story, this.#memory, choice) === undefined) this.#open[open++] = choice;
    }
    return open;
  }

  #chosen(node: number, open: number): number {
    const timed = this.story.timed[node]!;
    if (timed !== NONE && this.#random() < EXPIRES) {
      for (let i = 0; i < open; i++) if (this.#open[i] === timed) return timed;
    }
    return open === 1 ? this.#open[0]! : this.#pick(open);
  }

  #resolved(choice: number): number {
    const { check } = this.story.rules[choice]!;
    if (check === undefined) {
      if (this.story.choices[choice]!.puzzle === undefined) return SOLVED;
      return this.#random() < RIGHT ? SOLVED : WRONG;
    }
    const { count, sides } = check.dice;
    let total = count;
    for (let i = 0; i < count; i++) total += Math.floor(this.#random() * sides);
    return total;
  }

  /** One of those made least often, each as likely as the others. */
  #leastMade(open: number): number {
    const hits = this.tally.choiceHits;
    let best = NONE;
    let equals = 0;
    for (let i = 0; i < open; i++) {
      const choice = this.#open[i]!;
      if (best === NONE || hits[choice]! < hits[best]!) {
        best = choice;
        equals = 1;
      } else if (hits[choice] === hits[best] && this.#random() * ++equals < 1) best = choice;
    }
    return best;
  }

  #weighted(open: number): number {
    let total = 0;
    for (let i = 0; i < open; i++) total += this.#weights[this.#open[i]!]!;
    let left = this.#random() * total;
    for (let i = 0; i < open - 1; i++) {
      left -= this.#weights[this.#open[i]!]!;
      if (left < 0) return this.#open[i]!;
    }
    return this.#open[open - 1]!;
  }
}

function beginningsOf(story: CompiledStory): Beginning[] {
  const { protagonists = [] } = story.schema;
  const keys = protagonists.length === 0 ? [undefined] : protagonists.map(({ key }) => key);
  return keys
    .map((protagonist) => ({
      protagonist,
      node: startOf(story, protagonist),
      memory: initialMemory(story, protagonist),
    }))
    .filter(({ node }) => node !== NONE);
}
