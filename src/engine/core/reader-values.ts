import type { Value } from './definition.js';
import { a } from './expressions/expression.js';
import { fitted, LONGEST_TEXT, type Slot } from './layout.js';
import { isOfType } from './rules.js';
import type { PlayState } from './state.js';
import type { CompiledStory } from './story.js';

/** Why a reader cannot set a variable to a value. */
export interface ValueProblem {
  readonly name: string;
  readonly message: string;
}

/** The variables that readers may set themselves, by name. */
export const readerWritable = ({ schema, layout }: CompiledStory): ReadonlyMap<string, Slot> =>
  new Map(
    (schema.variables ?? []).flatMap(({ name, readerWritable }) =>
      readerWritable ? [[name, layout.find('variable', name)!]] : [],
    ),
  );

/** @returns all that is wrong with values that a reader wants to set; nothing when they can be */
export function readerValueProblems(
  story: CompiledStory,
  values: Readonly<Record<string, Value>>,
): ValueProblem[] {
  const writable = readerWritable(story);
  return Object.entries(values).flatMap(([name, value]) => {
    const slot = writable.get(name);
    if (slot === undefined) return [{ name, message: notWritable(name, [...writable.keys()]) }];
    if (!isOfType(slot, value)) return [{ name, message: `must be ${a(slot.type)}` }];
    return fitted(slot, value) === value ? [] : [{ name, message: boundsOf(slot) }];
  });
}

/** The state with values that a reader has set; they have no {@link readerValueProblems}. */
export const withReaderValues = (
  state: PlayState,
  values: Readonly<Record<string, Value>>,
): PlayState => ({ ...state, variables: { ...state.variables, ...values } });

const boundsOf = ({ type, min, max }: Slot) =>
  type === 'string'
    ? `must have at most ${LONGEST_TEXT} characters`
    : `must lie from ${min} to ${max}`;

const notWritable = (name: string, known: readonly string[]) =>
  known.length === 0
    ? 'this story has no variables that readers may set'
    : `readers may not set ${name}; they may set ${known.join(', ')}`;
