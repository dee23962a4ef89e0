import type { Effect } from '../../../../../engine/core/definition.js';
import type { Outcome } from '../../fidelity.js';
import { both } from './effects.js';
import { variablesIn, type Expr } from './expression.js';
import type { Scope } from './scope.js';

/** A way on, before its condition is written. */
export interface Way {
  readonly text: string;
  readonly target: string;
  readonly guard: Expr | undefined;
  readonly effects: readonly Effect[];
  /** Whether it leads on by itself. */
  readonly isGoto: boolean;
  /** Undefined where another passage, which this one includes, tells of it. */
  readonly record: { outcome: Outcome; note?: string } | undefined;
  /** Where it stands in the passage. */
  readonly offset: number;
}

const CHANGES_WAY = 'What the link changes decides where it leads: it is open whatever that is.';

/**
 * A way within a link, with what the link brings about. Its condition must be the same before that as after it.
 * @param guard the condition of the link
 */
export function followed(
  way: Way,
  effects: readonly Effect[],
  guard: Expr | undefined,
  scope: Scope,
): Way {
  const read = way.guard === undefined ? [] : variablesIn(way.guard);
  const changed = new Set(effects.map(({ target }) => target));
  const isTheSame = !read.some((name) => changed.has(scope.variable(name).name));
  if (isTheSame) return { ...way, guard: both(guard, way.guard), effects };
  if (way.record !== undefined) way.record.note = CHANGES_WAY;
  return { ...way, guard, effects };
}
