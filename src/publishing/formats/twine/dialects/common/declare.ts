import type {
  Value,
  ValueType,
  VariableDefinition,
} from '../../../../../engine/core/definition.js';
import { isKeepable } from '../../../../../engine/core/keepable.js';
import { LONGEST_TEXT } from '../../../../../engine/core/layout.js';
import { isReserved, MOST } from '../../../../../engine/core/limits.js';
import type { VariableRecord } from '../../fidelity.js';
import type { Evidence } from './evidence.js';
import { valueOf } from './fold.js';
import { inferTypes } from './infer.js';
import type { Assignment } from './expression.js';

/** The variables of a story that are declared, by the names that its code has for them. */
export interface Declared {
  readonly variables: ReadonlyMap<string, VariableDefinition>;
  readonly records: readonly VariableRecord[];
}

const ZERO: Readonly<Record<ValueType, Value>> = { int: 0, number: 0, bool: false, string: '' };

/**
 * @param init what is set before the story begins, in order
 * @param known the variables that are declared already, under the names that they have in the code
 */
export function declare(
  evidence: Evidence,
  init: readonly Assignment[],
  known: readonly VariableDefinition[],
): Declared {
  const inferred = inferTypes(evidence);
  const initial = initialValues(evidence, init);
  const variables = new Map(known.map((variable) => [variable.name, variable]));
  const names = new Set(variables.keys());
  const records = [...inferred].map(([name, found]): VariableRecord => {
    if (variables.has(name)) return { name, declared: name };
    const refuse = (note: string) => ({ name, declared: null, note });
    if ('why' in found) return refuse(found.why);
    if (variables.size >= MOST.variables) return refuse(TOO_MANY);
    const value = initial.get(name) ?? ZERO[found.type];
    if (!canHold(found.type, value)) return refuse('What it begins with cannot be kept.');
    const declared = freeName(name, names);
    names.add(declared);
    variables.set(name, { name: declared, type: found.type, initial: value });
    return { name, declared };
  });
  return { variables, records };
}

export const TOO_MANY = `A story has at most ${MOST.variables} variables.`;

/** What variables begin with: what is set first of all, or the first value that is set where there is none yet. */
function initialValues(
  evidence: Evidence,
  init: readonly Assignment[],
): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const { name, value } of init) {
    const folded = valueOf(value, values);
    if (folded !== undefined) values.set(name, folded);
  }
  for (const [name, exprs] of evidence.set) {
    if (values.has(name)) continue;
    const first = exprs.find((expr) => expr.op === '??' && expr.of.name === name);
    const folded = first?.op === '??' ? valueOf(first.first, values) : undefined;
    if (folded !== undefined) values.set(name, folded);
  }
  return values;
}

function canHold(type: ValueType, value: Value): boolean {
  if (typeof value === 'string') {
    return type === 'string' && isKeepable(value) && value.length <= LONGEST_TEXT;
  }
  if (typeof value === 'boolean') return type === 'bool';
  return (
    Math.abs(value) <= Number.MAX_SAFE_INTEGER && (type === 'number' || Number.isSafeInteger(value))
  );
}

/** The name without its sign, as it may be declared, unlike those that are taken. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  const letters = name.normalize('NFD').replaceAll(/[^a-zA-Z0-9_]/g, '');
  const base = (/^[a-zA-Z]/.test(letters) ? letters : `v${letters}`).slice(0, 36);
  const isFree = (wanted: string) => !taken.has(wanted) && !isReserved(wanted);
  if (isFree(base)) return base;
  for (let count = 1; ; count++) if (isFree(`${base}_${count}`)) return `${base}_${count}`;
}
