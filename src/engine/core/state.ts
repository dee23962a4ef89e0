import type { Value } from './definition.js';
import type { Memory } from './expressions/evaluate.js';
import { NONE } from './graph.js';
import type { Slot, SlotKind } from './layout.js';
import { holds } from './rules.js';
import { hasProtagonist, type CompiledStory } from './story.js';

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

/**
 * Everything that keeps a value from being a state of a story: fields, names and types that it does not know, broken
 * bounds. A state without problems can be played on.
 */
export function stateProblems(story: CompiledStory, value: unknown): string[] {
  if (!isRecord(value)) return ['A state is an object.'];
  const { layout } = story;
  const { nodes, choices } = story;
  const known = (kind: SlotKind) => (name: string) => layout.find(kind, name);
  const counted = (kind: 'visits' | 'attempts', all: readonly { readonly id: number }[]) =>
    new Map([...layout.all(kind).values()].map((slot) => [`${all[Number(slot.name)]!.id}`, slot]));
  const checks: Readonly<Record<string, (field: unknown) => string[]>> = {
    node: (id) =>
      typeof id === 'number' && story.indexOfNode.has(id) ? [] : ['The node is not in the story.'],
    turn: (count) => ofSlot(layout.turn, count),
    roll: (total) => ofSlot(layout.roll, total),
    protagonist: (key) =>
      hasProtagonist(story, key) ? [] : [`There is no protagonist ${told(key)}.`],
    variables: (values) => ofValues(values, 'variable', known('variable')),
    stats: (values) => ofValues(values, 'stat', known('stat')),
    inventory: (values) => ofValues(values, 'item', known('item')),
    artifacts: (keys) => ofKeys(keys, 'artifact', known('artifact')),
    endings: (keys) => ofKeys(keys, 'ending', known('ending')),
    visits: (counts) => {
      const slots = counted('visits', nodes);
      return ofValues(counts, 'count of visits to', (id) => slots.get(id));
    },
    attempts: (counts) => {
      const slots = counted('attempts', choices);
      return ofValues(counts, 'count of attempts at', (id) => slots.get(id));
    },
    enteredAt: (time) =>
      Number.isSafeInteger(time) && (time as number) >= 0 ? [] : ['enteredAt must be a time.'],
  };
  const missing = ['node', 'turn'].filter((field) => !(field in value));
  return [
    ...missing.map((field) => `${field} is missing.`),
    ...Object.entries(value).flatMap(([field, of]) =>
      Object.hasOwn(checks, field) ? checks[field]!(of) : [`There is no field ${field}.`],
    ),
  ];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ofSlot = (slot: Slot, value: unknown): string[] =>
  holds(slot, value) ? [] : [`${slot.name} cannot be ${JSON.stringify(value)}.`];

function ofValues(
  values: unknown,
  what: string,
  find: (name: string) => Slot | undefined,
): string[] {
  if (!isRecord(values)) return [`Each ${what} is a field of an object, with its value.`];
  return Object.entries(values).flatMap(([name, value]) => {
    const slot = find(name);
    if (slot === undefined) return [`There is no ${what} ${name}.`];
    return ofSlot({ ...slot, name: `${what} ${name}` }, value);
  });
}

const ofKeys = (keys: unknown, what: string, find: (name: string) => Slot | undefined): string[] =>
  Array.isArray(keys)
    ? keys.flatMap((key) =>
        typeof key === 'string' && find(key) !== undefined
          ? []
          : [`There is no ${what} ${told(key)}.`],
      )
    : [`The ${what}s are a list of keys.`];

const told = (key: unknown) => (typeof key === 'string' ? key : JSON.stringify(key));

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function readAll(
  slots: ReadonlyMap<string, Slot>,
  values: Readonly<Record<string, Value>>,
  memory: Memory,
): void {
  for (const [name, { index }] of slots) {
    if (Object.hasOwn(values, name)) memory[index] = values[name]!;
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
