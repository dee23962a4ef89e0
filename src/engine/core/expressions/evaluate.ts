import type { Value } from '../definition.js';
import type { BinaryOp, Expression } from './expression.js';

/** A playthrough's memory: a value for each slot of the story's layout. */
export type Memory = Value[];

/** An expression ready to run. It is total: there is an answer for every memory. */
export type Evaluator = (memory: Memory) => Value;

/**
 * Turns a type-checked expression into closures over numbered slots. What CEL makes an error has an answer here:
 * dividing by zero gives zero.
 */
export function evaluator(expression: Expression): Evaluator {
  switch (expression.op) {
    case 'literal': {
      const { value } = expression;
      return () => value;
    }
    case 'slot': {
      const { index } = expression.slot;
      return (memory) => memory[index]!;
    }
    case 'not': {
      const of = evaluator(expression.of);
      return (memory) => !of(memory);
    }
    case 'negate': {
      const of = evaluator(expression.of);
      return (memory) => -(of(memory) as number);
    }
    case '?:': {
      const test = evaluator(expression.test);
      const then = evaluator(expression.then);
      const otherwise = evaluator(expression.otherwise);
      return (memory) => (test(memory) ? then(memory) : otherwise(memory));
    }
    case 'in': {
      const of = evaluator(expression.of);
      const list = expression.list.map(evaluator);
      return (memory) => {
        const value = of(memory);
        return list.some((entry) => entry(memory) === value);
      };
    }
    default: {
      const { op, left, right, type } = expression;
      return binary(op, type === 'int', left, right);
    }
  }
}

function binary(op: BinaryOp, isWhole: boolean, left: Expression, right: Expression): Evaluator {
  // By far the most common form is a slot beside a literal: it takes no further calls.
  if (left.op === 'slot' && right.op === 'literal') {
    const { index } = left.slot;
    const { value } = right;
    if (op === '>=') return (memory) => memory[index]! >= value;
    if (op === '<=') return (memory) => memory[index]! <= value;
    if (op === '>') return (memory) => memory[index]! > value;
    if (op === '<') return (memory) => memory[index]! < value;
    if (op === '==') return (memory) => memory[index] === value;
    if (op === '!=') return (memory) => memory[index] !== value;
  }
  const one = evaluator(left);
  const other = evaluator(right);
  const number = (of: Evaluator) => of as (memory: Memory) => number;
  const text = (of: Evaluator) => of as (memory: Memory) => string;
  switch (op) {
    case '&&':
      return (memory) => one(memory) && other(memory);
    case '||':
      return (memory) => one(memory) || other(memory);
    case '==':
      return (memory) => one(memory) === other(memory);
    case '!=':
      return (memory) => one(memory) !== other(memory);
    case '<':
      return (memory) => one(memory) < other(memory);
    case '<=':
      return (memory) => one(memory) <= other(memory);
    case '>':
      return (memory) => one(memory) > other(memory);
    case '>=':
      return (memory) => one(memory) >= other(memory);
    case '+':
      return left.type === 'string'
        ? (memory) => text(one)(memory) + text(other)(memory)
        : (memory) => number(one)(memory) + number(other)(memory);
    case '-':
      return (memory) => number(one)(memory) - number(other)(memory);
    case '*':
      return (memory) => number(one)(memory) * number(other)(memory);
    case '/':
      return (memory) => quotient(number(one)(memory), number(other)(memory), isWhole);
    case '%':
      return (memory) => remainder(number(one)(memory), number(other)(memory));
    case 'contains':
      return (memory) => text(one)(memory).includes(text(other)(memory));
    case 'startsWith':
      return (memory) => text(one)(memory).startsWith(text(other)(memory));
    case 'endsWith':
      return (memory) => text(one)(memory).endsWith(text(other)(memory));
  }
}

function quotient(dividend: number, divisor: number, isWhole: boolean): number {
  if (divisor === 0) return 0;
  return isWhole ? Math.trunc(dividend / divisor) : dividend / divisor;
}

const remainder = (dividend: number, divisor: number) => (divisor === 0 ? 0 : dividend % divisor);

/** The slots that an expression reads. */
export function* slotsOf(expression: Expression): Generator<number> {
  switch (expression.op) {
    case 'literal':
      return;
    case 'slot':
      yield expression.slot.index;
      return;
    case 'not':
    case 'negate':
      yield* slotsOf(expression.of);
      return;
    case '?:':
      yield* slotsOf(expression.test);
      yield* slotsOf(expression.then);
      yield* slotsOf(expression.otherwise);
      return;
    case 'in':
      yield* slotsOf(expression.of);
      for (const entry of expression.list) yield* slotsOf(entry);
      return;
    default:
      yield* slotsOf(expression.left);
      yield* slotsOf(expression.right);
  }
}
