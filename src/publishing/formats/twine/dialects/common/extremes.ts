import type { VariableDefinition } from '../../../../../engine/core/definition.js';
import { everyPart, type Expr } from './expression.js';

/** Larger ones stay untranslated, as each stands twice in what it becomes. */
const MOST_PARTS = 30;

/** The lesser or the greater of two values, as a choice between them; undefined where they are more or too large. */
export function extreme(which: 'min' | 'max', args: readonly Expr[]): Expr | undefined {
  const [left, right] = args;
  if (left === undefined || right === undefined || args.length > 2) return undefined;
  if (isLarge(left) || isLarge(right)) return undefined;
  const test: Expr = { op: which === 'min' ? '<' : '>', left, right };
  return { op: '?:', test, then: left, otherwise: right };
}

function isLarge(expr: Expr): boolean {
  let count = 0;
  for (const _ of everyPart(expr)) if (++count > MOST_PARTS) return true;
  return false;
}

/** A value without the bounds around it that its variable has anyhow. */
export function unbounded(value: Expr, { min, max }: VariableDefinition): Expr {
  const below = max === undefined ? value : within(value, '<', max);
  return min === undefined ? below : within(below, '>', min);
}

function within(value: Expr, op: '<' | '>', bound: number): Expr {
  if (value.op !== '?:' || value.test.op !== op) return value;
  const { then, otherwise, test } = value;
  const isBound = then.op === 'literal' && then.value === bound;
  return isBound && test.left === then && test.right === otherwise ? otherwise : value;
}
