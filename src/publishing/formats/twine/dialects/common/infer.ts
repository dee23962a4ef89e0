import type { ValueType } from '../../../../../engine/core/definition.js';
import { append } from '../../../append.js';
import type { Evidence } from './evidence.js';
import { variablesIn, type Expr } from './expression.js';
import { joined, typeOf } from './types.js';

/** The type of each variable, or why it has none. */
export type Inferred = ReadonlyMap<string, { readonly type: ValueType } | { readonly why: string }>;

/**
 * Finds the types of variables by what they are set to; of those that nothing known sets, by what they are compared
 * with; and of those that are only tested, that they are true or false. Types only widen, so it takes time in proportion
 * to the code.
 */
export function inferTypes(evidence: Evidence): Inferred {
  const types = new Widening();
  for (const name of evidence.structures) types.conflict(name, HOLDS_PARTS);
  types.learn(evidence.set);
  types.learn(onlyUnknown(evidence.beside, types));
  const tested = [...evidence.tested].map((name) => [name, [TRUE]] as const);
  types.learn(onlyUnknown(new Map(tested), types));
  // What was copied from a variable whose type is known only now.
  types.learn(evidence.set);
  return new Map(
    [...evidence.names].map((name) => {
      const why = types.conflicts.get(name);
      if (why !== undefined) return [name, { why }];
      const type = types.known.get(name);
      return [name, type === undefined ? { why: UNKNOWN } : { type }];
    }),
  );
}

const TRUE: Expr = { op: 'literal', value: true };
const HOLDS_PARTS = 'It holds a list, a map or another value with parts.';
const UNKNOWN = 'Nothing tells what it holds.';

const onlyUnknown = (
  evidence: ReadonlyMap<string, readonly Expr[]>,
  { known, conflicts }: Widening,
): ReadonlyMap<string, readonly Expr[]> =>
  new Map([...evidence].filter(([name]) => !known.has(name) && !conflicts.has(name)));

class Widening {
  readonly known = new Map<string, ValueType>();
  readonly conflicts = new Map<string, string>();

  conflict(name: string, why: string): void {
    this.known.delete(name);
    this.conflicts.set(name, why);
  }

  /** Each variable holds what the expressions give, looked at again whenever what they read has widened. */
  learn(evidence: ReadonlyMap<string, readonly Expr[]>): void {
    const readers = new Map<string, { name: string; expr: Expr }[]>();
    const waiting: { name: string; expr: Expr }[] = [];
    for (const [name, exprs] of evidence) {
      for (const expr of exprs) {
        const entry = { name, expr };
        waiting.push(entry);
        for (const read of variablesIn(expr)) {
          const entries = readers.get(read);
          if (entries === undefined) readers.set(read, [entry]);
          else entries.push(entry);
        }
      }
    }
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (this.#widen(next.name, next.expr)) append(waiting, readers.get(next.name) ?? []);
    }
  }

  /** @returns whether more is known than before */
  #widen(name: string, expr: Expr): boolean {
    if (this.conflicts.has(name)) return false;
    const type = typeOf(expr, (read) => this.known.get(read));
    if (type === undefined) return false;
    const before = this.known.get(name);
    const after = before === undefined ? type : joined(before, type);
    if (after === before) return false;
    if (after === undefined)
      this.conflict(name, `It holds now ${IN_WORDS[before!]}, now ${IN_WORDS[type]}.`);
    else this.known.set(name, after);
    return after !== undefined;
  }
}

const IN_WORDS: Readonly<Record<ValueType, string>> = {
  int: 'a number',
  number: 'a number',
  bool: 'true or false',
  string: 'a text',
};
