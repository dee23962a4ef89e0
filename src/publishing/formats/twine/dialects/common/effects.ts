import type { Effect } from '../../../../../engine/core/definition.js';
import { Untranslatable, variablesIn, type Assignment, type Expr } from './expression.js';
import { unbounded } from './extremes.js';
import type { Scope } from './scope.js';

/**
 * The effects of changes that come one after another. Where they happen only under a condition, each keeps the value that
 * there is unless the condition holds.
 * @throws {Untranslatable} where one of them cannot be translated
 */
export function effectsOf(
  changes: readonly Assignment[],
  guard: Expr | undefined,
  scope: Scope,
): Effect[] {
  const guarding = new Set(guard === undefined ? [] : variablesIn(guard));
  return changes.flatMap(({ name, value }, i) => {
    if (value.op === 'opaque') throw new Untranslatable(value.why);
    const isLast = i === changes.length - 1;
    if (guarding.has(name) && !isLast) throw new Untranslatable('It changes its own condition.');
    return effectOf(name, value, guard, scope);
  });
}

/**
 * Makes sure that a condition is still what it was: effects under it test it again.
 * @param since the effects since it was tested
 * @throws {Untranslatable} where they change what it reads
 */
export function sureOfGuard(guard: Expr | undefined, since: readonly Effect[], scope: Scope): void {
  if (guard === undefined) return;
  const read = new Set(variablesIn(guard).map((name) => scope.variable(name).name));
  if (since.some(({ target }) => read.has(target))) {
    throw new Untranslatable('What was changed before it changes its condition.');
  }
}

function effectOf(name: string, set: Expr, guard: Expr | undefined, scope: Scope): Effect[] {
  const declared = scope.variable(name);
  const value = unbounded(set, declared);
  const target = declared.name;
  const reads = (expr: Expr) => expr.op === 'variable' && expr.name === name;
  // It holds its first value from the start.
  if (reads(value) || (value.op === '??' && value.of.name === name)) return [];
  if (guard === undefined) {
    if (value.op === 'not' && reads(value.of) && declared.type === 'bool') {
      return [{ op: 'toggle', target }];
    }
    const isSum = value.op === '+' || value.op === '-';
    if (isSum && reads(value.left) && declared.type !== 'string' && declared.type !== 'bool') {
      const op = value.op === '+' ? 'add' : 'sub';
      return [{ op, target, value: scope.value(value.right, declared) }];
    }
    return [{ op: 'set', target, value: scope.value(value, declared) }];
  }
  const otherwise: Expr = { op: 'variable', name };
  const either: Expr = { op: '?:', test: guard, then: value, otherwise };
  return [{ op: 'set', target, value: scope.value(either, declared) }];
}

/** Both conditions; undefined is no condition. */
export const both = (one: Expr | undefined, other: Expr | undefined): Expr | undefined =>
  one === undefined || other === undefined ? (one ?? other) : { op: '&&', left: one, right: other };

/** All conditions, each of them once. */
export function all(conditions: readonly (Expr | undefined)[]): Expr | undefined {
  const known = new Set<string>();
  return conditions
    .flatMap((condition) => (condition === undefined ? [] : conjuncts(condition)))
    .filter((each) => known.size < known.add(JSON.stringify(each)).size)
    .reduce<Expr | undefined>(both, undefined);
}

const conjuncts = (expr: Expr): Expr[] =>
  expr.op === '&&' ? [...conjuncts(expr.left), ...conjuncts(expr.right)] : [expr];
