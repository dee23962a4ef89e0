import type { Value } from '../definition.js';
import { slotsOf, type Memory } from '../expressions/evaluate.js';
import type { Expression } from '../expressions/expression.js';
import type { Slot } from '../layout.js';
import { readerWritable } from '../reader-values.js';
import type { CompiledEffect } from '../rules.js';
import type { CompiledStory } from '../story.js';
import { allEffects } from '../usage.js';

/**
 * What of a state can matter to where a reader can go. Two states that agree on their node and on their
 * {@link Slice.keyOf} allow the same plays from there on.
 */
export interface Slice {
  /** The slots that conditions and checks read, straight or through effects. */
  readonly observed: readonly Slot[];
  /** Whether it matters what exactly dice showed, and not only whether the check succeeded. */
  readonly readsRoll: boolean;
  /** What readers may set of it, and the values that stand for all that they can set. */
  readonly writable: readonly Writable[];
  /** False where the values of `writable` do not stand for all. */
  readonly isExact: boolean;
  /** The observed part of a memory. Counts that have passed everything they are compared with are not told apart. */
  readonly keyOf: (memory: Memory) => string;
}

export interface Writable {
  readonly slot: Slot;
  readonly values: readonly Value[];
}

/** How a slot is read. */
interface Reads {
  /** What it is compared with. */
  readonly literals: Set<Value>;
  /** Whether it is read in any way but by comparing it with a literal. */
  isPlain: boolean;
}

/** Program slicing in the sense of Mark Weiser (1981), with every condition as the criterion. */
export function slice(story: CompiledStory): Slice {
  const effects = allEffects(story);
  const reads = observedReads(story, effects);
  const { slots, roll } = story.layout;
  const observed = slots.filter(({ index }) => reads.has(index));
  const settable = new Set(readerWritable(story).values());
  const caps = observed.map((slot) =>
    capOf(slot, reads.get(slot.index)!, effects, settable.has(slot)),
  );
  const writable = observed
    .filter((slot) => settable.has(slot))
    .map((slot) => writableOf(slot, reads.get(slot.index)!));
  return {
    observed,
    readsRoll: reads.has(roll.index),
    writable,
    isExact: writable.every(({ slot, values }) =>
      standForAll(slot, values, reads.get(slot.index)!),
    ),
    keyOf: (memory) => {
      let key = '';
      for (let i = 0; i < observed.length; i++) {
        const value = memory[observed[i]!.index]!;
        const cap = caps[i]!;
        key +=
          typeof value === 'string'
            ? `|${JSON.stringify(value)}`
            : `|${cap < Number(value) ? cap : value}`;
      }
      return key;
    },
  };
}

/** By slot: how it is read by what matters. Grows until what effects write to observed slots is observed too. */
function observedReads(
  story: CompiledStory,
  effects: readonly CompiledEffect[],
): ReadonlyMap<number, Reads> {
  const reads = new Map<number, Reads>();
  story.rules.forEach(({ condition, check, attempts }, choice) => {
    if (condition !== undefined) note(condition, reads);
    for (const side of check === undefined ? [] : [check.bonus, check.against])
      noteAll(side, reads);
    const limit = story.choices[choice]!.puzzle?.attempts;
    if (attempts !== undefined && limit !== undefined)
      readsOf(reads, attempts.index).literals.add(limit);
  });
  const pending = new Set(effects.filter(({ value }) => value !== undefined));
  for (let before = -1; before !== pending.size;) {
    before = pending.size;
    for (const effect of pending) {
      if (!reads.has(effect.slot.index)) continue;
      noteAll(effect.value!, reads);
      pending.delete(effect);
    }
  }
  return reads;
}

/** Notes the reads of a condition: comparisons with literals apart from all others. */
function note(expression: Expression, reads: Map<number, Reads>): void {
  switch (expression.op) {
    case 'literal':
      return;
    case 'slot':
      if (expression.type === 'bool') readsOf(reads, expression.slot.index).literals.add(true);
      else noteAll(expression, reads);
      return;
    case 'not':
    case 'negate':
      note(expression.of, reads);
      return;
    case '?:':
      note(expression.test, reads);
      note(expression.then, reads);
      note(expression.otherwise, reads);
      return;
    case '&&':
    case '||':
      note(expression.left, reads);
      note(expression.right, reads);
      return;
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      noteComparison(expression.left, expression.right, reads);
      return;
    case 'in':
      for (const entry of expression.list) noteComparison(expression.of, entry, reads);
      return;
    default:
      noteAll(expression, reads);
  }
}

function noteComparison(left: Expression, right: Expression, reads: Map<number, Reads>): void {
  if (left.op === 'slot' && right.op === 'literal')
    readsOf(reads, left.slot.index).literals.add(right.value);
  else if (left.op === 'literal' && right.op === 'slot')
    readsOf(reads, right.slot.index).literals.add(left.value);
  else for (const side of [left, right]) noteAll(side, reads);
}

function noteAll(expression: Expression, reads: Map<number, Reads>): void {
  for (const index of slotsOf(expression)) readsOf(reads, index).isPlain = false;
}

function readsOf(reads: Map<number, Reads>, index: number): Reads {
  const found = reads.get(index) ?? { literals: new Set<Value>(), isPlain: true };
  reads.set(index, found);
  return found;
}

/**
 * The value from which on a slot that only grows, and is only compared with literals, stays beyond all of them.
 * Infinity for other slots.
 */
function capOf(
  slot: Slot,
  { literals, isPlain }: Reads,
  effects: readonly CompiledEffect[],
  isWritable: boolean,
): number {
  const isNumeric = slot.type === 'int' || slot.type === 'number';
  if (!isPlain || !isNumeric || isWritable) return Infinity;
  if (slot.kind === 'roll' || slot.kind === 'attempts') return Infinity;
  const onlyGrows = effects.every((each) => each.slot !== slot || isGrowth(each));
  return onlyGrows ? Math.floor(Math.max(...([...literals] as number[]))) + 1 : Infinity;
}

const isGrowth = ({ effect, value }: CompiledEffect): boolean =>
  (effect.op === 'add' || effect.op === 'give') &&
  value?.op === 'literal' &&
  (value.value as number) >= 0;

/** The values that a reader can give to a slot, one for each way in which conditions can take it. */
function writableOf(slot: Slot, { literals }: Reads): Writable {
  if (slot.type === 'bool') return { slot, values: [false, true] };
  if (slot.type === 'string') return { slot, values: [...literals, unlike(literals)] };
  const { min, max } = slot;
  if (slot.type === 'int' && max - min <= MOST_VALUES) {
    return { slot, values: Array.from({ length: max - min + 1 }, (_, i) => min + i) };
  }
  const near =
    slot.type === 'int'
      ? ([...literals] as number[]).flatMap(beside)
      : between([...literals] as number[]);
  const values = [min, ...near, max, slot.initial as number].filter(
    (value) => value >= min && value <= max,
  );
  return { slot, values: [...new Set(values)] };
}

const MOST_VALUES = 100;

const beside = (literal: number) => {
  const whole = Math.floor(literal);
  return [whole - 1, whole, whole + 1];
};

/** Each literal, and a value between each two neighbours. */
function between(literals: number[]): number[] {
  const sorted = literals.sort((a, b) => a - b);
  return sorted.flatMap((value, i) => [
    value,
    ...(i === 0 ? [value - 1] : [(sorted[i - 1]! + value) / 2]),
    value + 1,
  ]);
}

/** A text that is none of the literals. */
function unlike(literals: ReadonlySet<Value>): string {
  let text = 'x';
  while (literals.has(text)) text += 'x';
  return text;
}

/** Whether `values` stands for everything that a reader can write: each value there is, or one for each comparison. */
const standForAll = (slot: Slot, values: readonly Value[], { isPlain }: Reads): boolean =>
  isPlain ||
  slot.type === 'bool' ||
  (slot.type === 'int' && values.length === slot.max - slot.min + 1);
