import type { Value } from './definition.js';
import type { Slot } from './layout.js';
import { valueProblem } from './rules.js';
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
    const message = valueProblem(slot, value);
    return message === undefined ? [] : [{ name, message }];
  });
}

/** The state with values that a reader has set; they have no {@link readerValueProblems}. */
export const withReaderValues = (
  state: PlayState,
  values: Readonly<Record<string, Value>>,
): PlayState => ({ ...state, variables: { ...state.variables, ...values } });

const notWritable = (name: string, known: readonly string[]) =>
  known.length === 0
    ? 'this story has no variables that readers may set'
    : `readers may not set ${name}; they may set ${known.join(', ')}`;
