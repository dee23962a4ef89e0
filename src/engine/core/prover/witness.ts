import type { Value } from '../definition.js';
import type { Memory } from '../expressions/evaluate.js';
import { NONE } from '../graph.js';
import { closed, enter, initialMemory, SOLVED, take } from '../machine.js';
import { startOf, type CompiledStory } from '../story.js';
import type { Exploration } from './exploration.js';

/** A play that anyone can repeat: whom to play, and what to do. */
export interface Witness {
  readonly protagonist: string | undefined;
  readonly steps: readonly WitnessStep[];
}

export type WitnessStep =
  | {
      /** The id of the choice. */
      readonly choice: number;
      /** What the dice of its check must show in sum. */
      readonly dice?: number;
      /** Whether to give its puzzle the right answer, or a wrong one. */
      readonly answer?: 'right' | 'wrong';
    }
  | { readonly set: string; readonly value: Value };

/** The shortest play to a state. Length in moves, as the exploration is breadth first. */
export function witnessOf({ story, moves, parents }: Exploration, state: number): Witness {
  const steps: WitnessStep[] = [];
  for (let at = state; at !== NONE; at = parents[at]!) {
    const move = moves[at]!;
    if (move.kind === 'begin') return { protagonist: move.protagonist, steps: steps.reverse() };
    steps.push(
      move.kind === 'set'
        ? { set: move.slot.name, value: move.value }
        : stepOf(story, move.choice, move.resolution),
    );
  }
  throw new Error(`State ${state} has no beginning.`);
}

/** A choice in a witness, by its index, and how it has to turn out. */
export function stepOf(story: CompiledStory, choice: number, resolution: number): WitnessStep {
  const { id, puzzle } = story.choices[choice]!;
  if (story.rules[choice]!.check !== undefined) return { choice: id, dice: resolution };
  if (puzzle === undefined) return { choice: id };
  return { choice: id, answer: resolution === SOLVED ? 'right' : 'wrong' };
}

/** Where a play has come to. */
export interface Arrival {
  /** The index of the node. */
  readonly node: number;
  readonly memory: Memory;
}

/** Plays a witness. @returns undefined when one of its steps cannot be made */
export function follow(story: CompiledStory, { protagonist, steps }: Witness): Arrival | undefined {
  let node = startOf(story, protagonist);
  if (node === NONE) return undefined;
  const memory = initialMemory(story, protagonist);
  enter(story, memory, node);
  for (const step of steps) {
    if ('set' in step) {
      const slot = story.layout.find('variable', step.set);
      if (slot === undefined) return undefined;
      memory[slot.index] = step.value;
      continue;
    }
    const place = story.nodes[node]!.choices.findIndex(({ id }) => id === step.choice);
    const choice = story.firstChoice[node]! + place;
    if (place === -1 || closed(story, memory, choice) !== undefined) return undefined;
    node = take(story, memory, choice, step.dice ?? (step.answer === 'right' ? 1 : 0));
  }
  return { node, memory };
}
