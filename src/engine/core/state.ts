import type { Value } from './definition.js';
import type { Memory } from './expressions/evaluate.js';
import { NONE } from './graph.js';
import { fitted, type Slot, type SlotKind } from './layout.js';
import { isOfType } from './rules.js';
import type { CompiledStory } from './story.js';

/**
 * Where a playthrough stands. Plain JSON; nothing else is needed to go on. What a story does not declare, and counts
 * that are zero, are left out.
 */
export interface PlayState {
  /** The id of the current node. */
  readonly node: number;
  /** How many choices have been made. */
  readonly turn: number;
  readonly protagonist?: string;
  readonly variables?: Readonly<Record<string, Value>>;
  readonly stats?: Readonly<Record<string, number>>;
  /** How many of each item. */
  readonly inventory?: Readonly<Record<string, number>>;
  readonly artifacts?: readonly string[];
  readonly endings?: readonly string[];
  /** By node id: how often the nodes whose visits matter have been entered. */
  readonly visits?: Readonly<Record<string, number>>;
  /** By choice id: how many wrong answers were given to a puzzle. */
  readonly attempts?: Readonly<Record<string, number>>;
  /** The total of the last dice check. */
  readonly roll?: number;
  /** Milliseconds since 1970, where the current node is timed. */
  readonly enteredAt?: number;
}

/** The state's memory by the story's layout. What the state lacks is as it is at the start. */
export function readMemory(story: CompiledStory, state: PlayState): Memory {
  const { layout } = story;
  const memory = [...story.initial];
  memory[layout.turn.index] = state.turn;
  if (state.roll !== undefined) memory[layout.roll.index] = state.roll;
  if (state.protagonist !== undefined) memory[layout.protagonist.index] = state.protagonist;
  if (state.variables !== undefined) readAll(layout.all('variable'), state.variables, memory);
  if (state.stats !== undefined) readAll(layout.all('stat'), state.stats, memory);
  if (state.inventory !== undefined) readAll(layout.all('item'), state.inventory, memory);
  for (const key of state.artifacts ?? []) flag(layout.find('artifact', key), memory);
  for (const key of state.endings ?? []) flag(layout.find('ending', key), memory);
  if (state.visits !== undefined) readCounts(story, 'visits', state.visits, memory);
  if (state.attempts !== undefined) readCounts(story, 'attempts', state.attempts, memory);
  return memory;
}

/**
 * @param node the index of the current node
 * @param since when it was entered; kept only where the node is timed
 */
export function writeState(
  story: CompiledStory,
  memory: Memory,
  node: number,
  since: number | undefined,
): PlayState {
  const { layout } = story;
  const state: Writable<PlayState> = {
    node: story.nodes[node]!.id,
    turn: memory[layout.turn.index] as number,
  };
  const protagonist = memory[layout.protagonist.index] as string;
  if (protagonist !== '') state.protagonist = protagonist;
  const variables = layout.all('variable');
  if (variables.size > 0) state.variables = written(variables, memory, false);
  const stats = layout.all('stat');
  if (stats.size > 0) state.stats = written(stats, memory, false) as Record<string, number>;
  const items = layout.all('item');
  if (items.size > 0) state.inventory = written(items, memory, true) as Record<string, number>;
  if (layout.all('artifact').size > 0) state.artifacts = flagged(layout.all('artifact'), memory);
  if (layout.all('ending').size > 0) state.endings = flagged(layout.all('ending'), memory);
  const visits = layout.all('visits');
  if (visits.size > 0) state.visits = counts(story, visits, memory);
  const attempts = layout.all('attempts');
  if (attempts.size > 0) state.attempts = counts(story, attempts, memory);
  const roll = memory[layout.roll.index] as number;
  if (roll !== 0) state.roll = roll;
  if (since !== undefined && story.timed[node] !== NONE) state.enteredAt = since;
  return state;
}

/** What of a state the story cannot have brought about by itself: names it does not know, wrong types, broken bounds. */
export function stateProblems(story: CompiledStory, state: PlayState): string[] {
  const { layout } = story;
  const problems: string[] = [];
  const check = (kind: SlotKind, values: Readonly<Record<string, unknown>> = {}) => {
    for (const [name, value] of Object.entries(values)) {
      const slot = layout.find(kind, name);
      if (slot === undefined) problems.push(`There is no ${kind} ${name}.`);
      else if (!isOfType(slot, value) || fitted(slot, value as Value) !== value) {
        problems.push(`${kind} ${name} cannot be ${JSON.stringify(value)}.`);
      }
    }
  };
  if (!story.indexOfNode.has(state.node)) problems.push('The node is not in the story.');
  if (!Number.isSafeInteger(state.turn) || state.turn < 0) problems.push('turn must be a count.');
  check('variable', state.variables);
  check('stat', state.stats);
  check('item', state.inventory);
  const named = (keys: readonly string[] = []) =>
    Object.fromEntries(keys.map((key) => [key, true]));
  check('artifact', named(state.artifacts));
  check('ending', named(state.endings));
  const { protagonist } = state;
  if (
    protagonist !== undefined &&
    !story.schema.protagonists?.some(({ key }) => key === protagonist)
  ) {
    problems.push(`There is no protagonist ${protagonist}.`);
  }
  return problems;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function readAll(
  slots: ReadonlyMap<string, Slot>,
  values: Readonly<Record<string, Value>>,
  memory: Memory,
): void {
  for (const [name, { index }] of slots) {
    const value = values[name];
    if (value !== undefined) memory[index] = value;
  }
}

function flag(slot: Slot | undefined, memory: Memory): void {
  if (slot !== undefined) memory[slot.index] = true;
}

function readCounts(
  story: CompiledStory,
  kind: 'visits' | 'attempts',
  values: Readonly<Record<string, number>>,
  memory: Memory,
): void {
  for (const slot of story.layout.all(kind).values()) {
    memory[slot.index] = values[story.layout.idOf(slot)] ?? 0;
  }
}

function written(slots: ReadonlyMap<string, Slot>, memory: Memory, sparse: boolean) {
  const values: Record<string, Value> = {};
  for (const [name, { index }] of slots) {
    const value = memory[index]!;
    if (!sparse || value !== 0) values[name] = value;
  }
  return values;
}

const flagged = (slots: ReadonlyMap<string, Slot>, memory: Memory): string[] =>
  [...slots].flatMap(([key, { index }]) => (memory[index] === true ? [key] : []));

function counts(story: CompiledStory, slots: ReadonlyMap<string, Slot>, memory: Memory) {
  const values: Record<string, number> = {};
  for (const slot of slots.values()) {
    const count = memory[slot.index] as number;
    if (count !== 0) values[story.layout.idOf(slot)] = count;
  }
  return values;
}
