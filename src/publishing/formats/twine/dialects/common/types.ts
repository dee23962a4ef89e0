import type { ValueType } from '../../../../../engine/core/definition.js';
import { ARITHMETIC, type Expr } from './expression.js';

/** The type that holds both; undefined where none does. */
export function joined(one: ValueType, other: ValueType): ValueType | undefined {
  if (one === other) return one;
  return isNumeric(one) && isNumeric(other) ? 'number' : undefined;
}

export const isNumeric = (type: ValueType): boolean => type === 'int' || type === 'number';

type TypeOfVariable = (name: string) => ValueType | undefined;

/**
 * The type of an expression as its story format computes it: whole numbers divide into numbers, and what is added to a
 * text becomes a text. @returns undefined while it is unknown
 */
export function typeOf(expr: Expr, of: TypeOfVariable): ValueType | undefined {
  switch (expr.op) {
    case 'literal':
      return typeOfValue(expr.value);
    case 'variable':
    case 'unset':
      return of(expr.name);
    case 'visits':
    case 'turns':
      return 'int';
    case 'opaque':
      return expr.type;
    case 'not':
      return 'bool';
    case 'negate':
      return numberOr(typeOf(expr.of, of));
    case '&&':
    case '||':
      return either(typeOf(expr.left, of), typeOf(expr.right, of));
    case '?:':
      return either(typeOf(expr.then, of), typeOf(expr.otherwise, of));
    case '??':
      return either(of(expr.of.name), typeOf(expr.first, of));
    default:
      if (!ARITHMETIC.includes(expr.op)) return 'bool';
      return ofArithmetic(expr.op, typeOf(expr.left, of), typeOf(expr.right, of));
  }
}

const either = (one: ValueType | undefined, other: ValueType | undefined) =>
  one === undefined || other === undefined ? (one ?? other) : joined(one, other);

const numberOr = (type: ValueType | undefined) =>
  type !== undefined && isNumeric(type) ? type : undefined;

function ofArithmetic(
  op: string,
  left: ValueType | undefined,
  right: ValueType | undefined,
): ValueType | undefined {
  if (op === '/') return 'number';
  if (op !== '+') return either(numberOr(left), numberOr(right)) ?? 'int';
  if (left === 'string' || right === 'string') return 'string';
  return either(numberOr(left), numberOr(right));
}

export function typeOfValue(value: unknown): ValueType {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'int' : 'number';
  return typeof value === 'boolean' ? 'bool' : 'string';
}
