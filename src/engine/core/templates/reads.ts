import type { StaticAnalysis } from 'liquidjs';
import { isNamespace, slotCalled, slotIn } from '../expressions/names.js';
import type { ExpressionProblem } from '../expressions/problem.js';
import type { Layout, Slot } from '../layout.js';

/** Something that a text reads. */
export interface Read {
  /** One name, or a namespace and a name in it. */
  readonly path: readonly string[];
  readonly slot: Slot;
}

/** A name in a text, as Liquid finds it. */
export type Variable = StaticAnalysis['globals'][string][number];

export const isFault = (read: Read | ExpressionProblem): read is ExpressionProblem =>
  'message' in read;

/** What a name of a text reads, or what is wrong with it. */
export function readOf(variable: Variable, layout: Layout): Read | ExpressionProblem {
  const at = (message: string) => faultAt(variable, message);
  const [first, second, third] = variable.segments;
  if (typeof first !== 'string') return at('Only names may stand here.');
  if (
    isNamespace(first) &&
    (second === undefined || typeof second === 'object' || third !== undefined)
  ) {
    return at(`${first} needs one name after it: ${first}.something.`);
  }
  if (!isNamespace(first) && second !== undefined) return at(`${first} has no parts.`);
  const path = second === undefined ? [first] : [first, String(second)];
  const slot = isNamespace(first)
    ? slotIn(first, String(second), layout)
    : slotCalled(first, layout);
  return typeof slot === 'string' ? at(slot) : { path, slot };
}

/** The faults of names that a text assigns: those of the story stay as they are. */
export const takenFaults = (assigned: readonly Variable[], layout: Layout): ExpressionProblem[] =>
  assigned
    .map((variable) => ({ variable, name: String(variable.segments[0]) }))
    .filter(({ name }) => isNamespace(name) || typeof slotCalled(name, layout) !== 'string')
    .map(({ variable, name }) => faultAt(variable, `${name} ${TAKEN}`));

const TAKEN = 'is a name of the story, which texts cannot change; assign to another name.';

const faultAt = ({ location }: Variable, message: string): ExpressionProblem => ({
  message,
  line: location.row,
  column: location.col,
});
