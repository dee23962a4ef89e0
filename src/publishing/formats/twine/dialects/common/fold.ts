import type { Value } from '../../../../../engine/core/definition.js';
import type { Expr } from './expression.js';

/** The value of an expression of constants and of variables with known values; undefined where it is none of these. */
export function valueOf(expr: Expr, values: ReadonlyMap<string, Value>): Value | undefined {
  switch (expr.op) {
    case 'literal':
      return expr.value;
    case 'variable':
      return values.get(expr.name);
    case '??':
      return values.get(expr.of.name) ?? valueOf(expr.first, values);
    case 'not': {
      const of = valueOf(expr.of, values);
      return of === undefined ? undefined : !of;
    }
    case 'negate': {
      const of = valueOf(expr.of, values);
      return typeof of === 'number' ? -of : undefined;
    }
    case '+':
    case '-':
    case '*':
    case '/': {
      const [left, right] = [valueOf(expr.left, values), valueOf(expr.right, values)];
      return typeof left === 'number' && typeof right === 'number'
        ? reckoned(expr.op, left, right)
        : undefined;
    }
    default:
      return undefined;
  }
}

function reckoned(op: '+' | '-' | '*' | '/', left: number, right: number): number | undefined {
  const result = { '+': left + right, '-': left - right, '*': left * right, '/': left / right }[op];
  return Number.isFinite(result) ? result : undefined;
}
