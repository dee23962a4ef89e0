import type { StorySchema, Value, ValueType } from './definition.js';
import type { StoryGraph } from './graph.js';

/** One place of a playthrough's memory. */
export interface Slot {
  readonly index: number;
  readonly type: ValueType;
  readonly initial: Value;
  readonly min: number;
  readonly max: number;
  readonly kind: SlotKind;
  /** The declared name or key; of `visits` and `attempts` the index of the node or choice. */
  readonly name: string;
}

export type SlotKind =
  | 'variable'
  | 'stat'
  | 'item'
  | 'artifact'
  | 'ending'
  | 'visits'
  | 'attempts'
  | 'protagonist'
  | 'turn'
  | 'roll';

/**
 * Where everything that a playthrough keeps lies in its memory, an array. Nodes whose visits nothing reads, and
 * puzzles whose attempts need no count, take no place.
 */
export class Layout {
  readonly slots: Slot[] = [];
  readonly turn: Slot;
  readonly roll: Slot;
  readonly protagonist: Slot;
  /** The keys of all who can be played. */
  readonly protagonists: readonly string[];
  readonly #byKind = new Map<SlotKind, Map<string, Slot>>();
  #nodeOfKey: ReadonlyMap<string, number> | undefined;

  constructor(
    schema: StorySchema,
    private readonly graph: StoryGraph,
  ) {
    this.turn = this.#add('turn', 'turn', 'int', 0, 0);
    this.roll = this.#add('roll', 'roll', 'int', 0);
    this.protagonists = (schema.protagonists ?? []).map(({ key }) => key);
    this.protagonist = this.#add('protagonist', 'protagonist', 'string', '');
    for (const { name, type, initial, min, max } of schema.variables ?? [])
      this.#add('variable', name, type, initial, min, max);
    for (const { key, initial, min, max } of schema.stats ?? [])
      this.#add('stat', key, 'number', initial, min, max);
    for (const { key, max } of schema.items ?? []) this.#add('item', key, 'int', 0, 0, max);
    for (const { key } of schema.artifacts ?? []) this.#add('artifact', key, 'bool', false);
    for (const { key } of schema.endings ?? []) this.#add('ending', key, 'bool', false);
  }

  /** The slot of something declared, or undefined. */
  find(kind: SlotKind, name: string): Slot | undefined {
    return this.#byKind.get(kind)?.get(name);
  }

  /** The slots of a kind by name, in the order of their declaration. */
  all(kind: SlotKind): ReadonlyMap<string, Slot> {
    return this.#byKind.get(kind) ?? NONE_YET;
  }

  /** Counts the visits to a node from now on. @returns undefined when no node has this key */
  visitsOf(key: string): Slot | undefined {
    const node = this.#keys().get(key);
    if (node === undefined) return undefined;
    return this.find('visits', `${node}`) ?? this.#add('visits', `${node}`, 'int', 0, 0);
  }

  /** Counts the wrong answers to a puzzle. @param limit how many there can be */
  attemptsAt(choice: number, limit: number | undefined): Slot {
    return this.#add('attempts', `${choice}`, 'int', 0, 0, limit);
  }

  nodeKeys(): Iterable<string> {
    return this.#keys().keys();
  }

  /** Made when first asked for: most stories read no visits. */
  #keys(): ReadonlyMap<string, number> {
    this.#nodeOfKey ??= new Map(this.graph.nodes.map(({ key }, index) => [key, index]));
    return this.#nodeOfKey;
  }

  /** The id of the node or choice that a slot of `visits` or `attempts` counts for. */
  idOf({ kind, name }: Slot): number {
    const { nodes, choices } = this.graph;
    return kind === 'visits' ? nodes[Number(name)]!.id : choices[Number(name)]!.id;
  }

  #add(
    kind: SlotKind,
    name: string,
    type: ValueType,
    initial: Value,
    min = -Number.MAX_SAFE_INTEGER,
    max = Number.MAX_SAFE_INTEGER,
  ): Slot {
    const isWhole = type === 'int';
    const slot: Slot = {
      index: this.slots.length,
      type,
      initial,
      min: isWhole ? Math.ceil(min) : min,
      max: isWhole ? Math.floor(max) : max,
      kind,
      name,
    };
    this.slots.push(slot);
    const named = this.#byKind.get(kind) ?? new Map<string, Slot>();
    named.set(name, slot);
    this.#byKind.set(kind, named);
    return slot;
  }
}

const NONE_YET: ReadonlyMap<string, Slot> = new Map();

/** The longest text that a playthrough keeps, in UTF-16 units. */
export const LONGEST_TEXT = 1000;

/** `value` as `slot` can hold it: whole where it must be, within the bounds, and not too long. */
export function fitted(slot: Slot, value: Value): Value {
  if (typeof value === 'boolean') return value;
  // What is cut off may leave half a character behind.
  if (typeof value === 'string')
    return value.length > LONGEST_TEXT ? value.slice(0, LONGEST_TEXT).toWellFormed() : value;
  const whole = slot.type === 'int' ? Math.trunc(value) : value;
  // Also turns NaN, which no arithmetic here yields but infinity less infinity, into the least value.
  const within = whole > slot.min ? (whole < slot.max ? whole : slot.max) : slot.min;
  // JSON has no -0: this makes it 0.
  return within + 0;
}
