import type { Expr } from './expression.js';
import { typeOfValue } from './types.js';

export const BY_CHANCE = 'Chance decides here, which only dice of a choice do in Talegraph.';

/** The type that all constants have, as far as they have one. */
export function typeOfAll(args: readonly Expr[]) {
  const types = new Set(
    args.map((arg) => (arg.op === 'literal' ? typeOfValue(arg.value) : undefined)),
  );
  const [type] = types;
  return types.size === 1 && type !== undefined ? { type } : {};
}
