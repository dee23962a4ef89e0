import { append } from '../../../append.js';
import { reasonOf } from './expression.js';
import type { LiquidWriter } from './liquid.js';
import type { Scope } from './scope.js';
import type { Segment } from './segments.js';
import type { Branch } from './tree.js';

/** The conditions of branches as Liquid. */
export interface Conditions {
  /** What has to stand before the first one. */
  readonly prelude: string;
  /** What stands after `if` for each branch; empty for all other cases. */
  readonly tests: readonly string[];
}

/** @returns why there are no such conditions, where there are none */
export function conditionsOf(
  branches: readonly Branch[],
  scope: Scope,
  liquid: LiquidWriter,
): Conditions | string {
  try {
    const tests = branches.map(({ test }) => {
      if (test === undefined) return '';
      scope.condition(test);
      return liquid.condition(test);
    });
    const prelude = liquid.takePrelude();
    const sample = tests.filter((test) => test !== '').map((test) => `{% if ${test} %}{% endif %}`);
    const isAllowed = scope.allows(prelude + sample.join(''), 'plain');
    return isAllowed ? { prelude, tests } : 'Liquid cannot test it.';
  } catch (error) {
    liquid.forget();
    return reasonOf(error);
  }
}

/** Branches in Liquid. @param bodies what each of them shows */
export function branchSegments(
  branches: readonly Branch[],
  bodies: readonly (readonly Segment[])[],
  { prelude, tests }: Conditions,
): Segment[] {
  const out: Segment[] = prelude === '' ? [] : [{ kind: 'hidden', text: prelude }];
  branches.forEach(({ test }, i) => {
    const tag = i === 0 ? 'if' : 'elsif';
    const text = test === undefined ? '{% else %}' : `{% ${tag} ${tests[i]!} %}`;
    out.push({ kind: i === 0 ? 'open' : 'next', text });
    append(out, bodies[i]!);
  });
  out.push({ kind: 'close', text: '{% endif %}' });
  return out;
}
