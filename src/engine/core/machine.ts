import type { Value } from './definition.js';
import type { Memory } from './expressions/evaluate.js';
import { NONE } from './graph.js';
import { fitted, type Slot } from './layout.js';
import type { CompiledEffect } from './rules.js';
import type { CompiledStory } from './story.js';

/**
 * How chance and the reader's answer decided a choice: the sum of the dice of a check; 1 for a solved puzzle and 0 for
 * a wrong answer; anything for other choices.
 */
export type Resolution = number;

export const SOLVED: Resolution = 1;
export const WRONG: Resolution = 0;

/** What happened in a step, in order. Slots and indices are the story's. */
export type MachineEvent =
  | { readonly type: 'rolled'; readonly total: number; readonly success: boolean }
  | { readonly type: 'answered'; readonly right: boolean; readonly attempts: number }
  | { readonly type: 'changed'; readonly slot: Slot; readonly from: Value; readonly to: Value }
  | { readonly type: 'consequences'; readonly choice: number }
  | { readonly type: 'entered'; readonly node: number };

/** Why a choice cannot be made now. */
export type Closed = 'condition' | 'attempts' | 'no-target';

/** Why a choice is closed for a memory, or undefined when it is open. */
export function closed(story: CompiledStory, memory: Memory, choice: number): Closed | undefined {
  const { isOpen, attempts, check } = story.rules[choice]!;
  if (isOpen !== undefined && !isOpen(memory)) return 'condition';
  if (attempts !== undefined && attemptsLeft(story, memory, choice) === 0) return 'attempts';
  if (story.target[choice] === NONE) return 'no-target';
  return check !== undefined && story.failTarget[choice] === NONE ? 'no-target' : undefined;
}

/** How many more answers a puzzle takes; undefined where there is no limit. */
export function attemptsLeft(
  story: CompiledStory,
  memory: Memory,
  choice: number,
): number | undefined {
  const limit = story.choices[choice]!.puzzle?.attempts;
  if (limit === undefined) return undefined;
  return limit - (memory[story.rules[choice]!.attempts!.index] as number);
}

/**
 * Makes a choice that is open, on `memory` itself. This is the one machine: playing, simulating and proving all run it.
 * @param log takes what happens, where anyone wants to know
 * @returns the node that the reader then stands at
 */
export function take(
  story: CompiledStory,
  memory: Memory,
  choice: number,
  resolution: Resolution,
  log?: MachineEvent[],
): number {
  const { turn, roll } = story.layout;
  const { check, effects } = story.rules[choice]!;
  memory[turn.index] = (memory[turn.index] as number) + 1;
  if (check !== undefined) {
    const total = resolution + check.bonusOf(memory);
    const success = check.succeeds(total, memory);
    memory[roll.index] = Math.trunc(total);
    log?.push({ type: 'rolled', total, success });
    if (!success) return enter(story, memory, story.failTarget[choice]!, log);
  } else if (story.choices[choice]!.puzzle !== undefined) {
    const isRight = resolution === SOLVED;
    const node = answered(story, memory, choice, isRight, log);
    if (node !== NONE) return node;
  }
  log?.push({ type: 'consequences', choice });
  apply(effects, memory, log);
  return enter(story, memory, story.target[choice]!, log);
}

/** @returns the node that a wrong answer leaves the reader at, or {@link NONE} after a right one */
function answered(
  story: CompiledStory,
  memory: Memory,
  choice: number,
  right: boolean,
  log: MachineEvent[] | undefined,
): number {
  const { attempts } = story.rules[choice]!;
  const made = attempts === undefined ? 0 : (memory[attempts.index] as number) + (right ? 0 : 1);
  if (attempts !== undefined) memory[attempts.index] = made;
  log?.push({ type: 'answered', right, attempts: made });
  if (right) return NONE;
  const isOver = attemptsLeft(story, memory, choice) === 0;
  const fail = story.failTarget[choice]!;
  return isOver && fail !== NONE ? enter(story, memory, fail, log) : story.source[choice]!;
}

/** Whether a sum of dice would make the check of a choice succeed: as {@link take} decides it, a turn later. */
export function succeedsWith(story: CompiledStory, memory: Memory, choice: number) {
  const { turn } = story.layout;
  const check = story.rules[choice]!.check!;
  const then = [...memory];
  then[turn.index] = (memory[turn.index] as number) + 1;
  const bonus = check.bonusOf(then);
  return (total: number) => check.succeeds(total + bonus, then);
}

/** Enters a node, on `memory` itself: counts the visit, runs its effects, collects its ending. @returns the node */
export function enter(
  story: CompiledStory,
  memory: Memory,
  node: number,
  log?: MachineEvent[],
): number {
  const visits = story.visits[node];
  if (visits !== undefined) memory[visits.index] = (memory[visits.index] as number) + 1;
  log?.push({ type: 'entered', node });
  apply(story.entry[node]!, memory, log);
  const ending = story.endings[node];
  if (ending !== undefined) write(ending, memory, true, log);
  return node;
}

function apply(effects: readonly CompiledEffect[], memory: Memory, log?: MachineEvent[]): void {
  for (const { slot, next } of effects) write(slot, memory, next(memory), log);
}

function write(slot: Slot, memory: Memory, value: Value, log: MachineEvent[] | undefined): void {
  const from = memory[slot.index]!;
  const to = fitted(slot, value);
  if (from === to) return;
  memory[slot.index] = to;
  log?.push({ type: 'changed', slot, from, to });
}

/** The memory that a playthrough of `protagonist` begins with, before its first node is entered. */
export function initialMemory(story: CompiledStory, protagonist: string | undefined): Memory {
  const memory = [...story.initial];
  const who = story.schema.protagonists?.find(({ key }) => key === protagonist);
  if (who === undefined) return memory;
  const { layout } = story;
  memory[layout.protagonist.index] = who.key;
  for (const [kind, values] of [
    ['variable', who.variables],
    ['stat', who.stats],
    ['item', who.items],
  ] as const) {
    for (const [name, value] of Object.entries(values ?? {})) {
      const slot = layout.find(kind, name);
      if (slot !== undefined) memory[slot.index] = fitted(slot, value);
    }
  }
  return memory;
}
