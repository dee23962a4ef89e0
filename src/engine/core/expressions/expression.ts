import { parse, type ASTNode } from '@marcbachmann/cel-js';
import type { Value, ValueType } from '../definition.js';
import type { Layout, Slot } from '../layout.js';
import { isNamespace, NAMESPACES, slotCalled, slotIn } from './names.js';
import { didYouMean } from './nearest.js';
import { ExpressionError, reporting, type ExpressionProblem } from './problem.js';

/** A type-checked expression over the slots of a memory. */
export type Expression =
  | { readonly op: 'literal'; readonly type: ValueType; readonly value: Value }
  | { readonly op: 'slot'; readonly type: ValueType; readonly slot: Slot }
  | { readonly op: 'not' | 'negate'; readonly type: ValueType; readonly of: Expression }
  | {
      readonly op: BinaryOp;
      readonly type: ValueType;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly op: 'in';
      readonly type: 'bool';
      readonly of: Expression;
      readonly list: readonly Expression[];
    }
  | {
      readonly op: '?:';
      readonly type: ValueType;
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    };

export type BinaryOp = Comparison | '&&' | '||' | Arithmetic | TextTest;
export type Comparison = (typeof COMPARISONS)[number];
type Arithmetic = '+' | '-' | '*' | '/' | '%';
type TextTest = 'contains' | 'startsWith' | 'endsWith';

export const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='] as const;

/** The longest expression, in characters. */
export const LONGEST_EXPRESSION = 1000;

/**
 * Parses a CEL expression and checks it against what the story declares. Numbers mix freely: an int is taken wherever
 * a number is wanted.
 * @param wanted the type that the expression must have; any when left out
 */
export function parseExpression(
  source: string,
  layout: Layout,
  wanted?: ValueType,
): Expression | ExpressionProblem {
  return reporting(source, () => {
    const expression = expressionOf(source, layout);
    if (wanted !== undefined && !fits(expression.type, wanted)) {
      throw new ExpressionError(`It is ${a(expression.type)}, but must be ${a(wanted)}.`, 0);
    }
    return expression;
  });
}

/** @throws {ExpressionError} which {@link reporting} turns into a problem */
export function expressionOf(source: string, layout: Layout): Expression {
  // Short expressions cannot nest deeply.
  if (source.length > LONGEST_EXPRESSION) {
    throw new ExpressionError(`It has more than ${LONGEST_EXPRESSION} characters.`, 0);
  }
  return typed(syntaxTree(source), layout);
}

/** @throws {ExpressionError} */
export function syntaxTree(source: string): ASTNode {
  try {
    return parse(source).ast;
  } catch (error) {
    const { message, node } = error as Error & { node?: { pos: number } };
    throw new ExpressionError(`${message.split('\n')[0]!}.`, node?.pos ?? 0);
  }
}

/** Whether a value of type `given` may stand where `wanted` is asked for. */
export const fits = (given: ValueType, wanted: ValueType): boolean =>
  given === wanted || (given === 'int' && wanted === 'number');

const isNumeric = (type: ValueType) => type === 'int' || type === 'number';

function typed(node: ASTNode, layout: Layout): Expression {
  const sub = (inner: ASTNode) => typed(inner, layout);
  switch (node.op) {
    case 'value':
      return literal(node.args, node.start);
    case 'id':
      return named(node.args, node.start, layout);
    case '.':
      return member(node.args[0], node.args[1], node.start, layout);
    case '[]': {
      const [of, key] = node.args;
      if (key.op !== 'value' || typeof key.args !== 'string') {
        throw new ExpressionError('Only a name in quotes may stand in brackets.', key.start);
      }
      return member(of, key.args, node.start, layout);
    }
    case '!_':
      return { op: 'not', type: 'bool', of: must(sub(node.args), 'bool', node.args.start) };
    case '-_': {
      const of = must(sub(node.args), 'number', node.args.start);
      return { op: 'negate', type: of.type, of };
    }
    case '&&':
    case '||': {
      const [left, right] = node.args;
      return {
        op: node.op,
        type: 'bool',
        left: must(sub(left), 'bool', left.start),
        right: must(sub(right), 'bool', right.start),
      };
    }
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const [left, right] = [sub(node.args[0]), sub(node.args[1])];
      return { op: node.op, type: 'bool', ...comparable(left, right, node) };
    }
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(node.op, sub(node.args[0]), sub(node.args[1]), node);
    case '?:': {
      const [test, then, otherwise] = node.args;
      const [one, other] = [sub(then), sub(otherwise)];
      const type = common(one.type, other.type);
      if (type === undefined) {
        throw new ExpressionError(
          `One branch is ${a(one.type)}, the other ${a(other.type)}.`,
          otherwise.start,
        );
      }
      return {
        op: '?:',
        type,
        test: must(sub(test), 'bool', test.start),
        then: one,
        otherwise: other,
      };
    }
    case 'in':
      return membership(node.args[0], node.args[1], layout, sub);
    case 'rcall':
      return textTest(node.args[0], sub(node.args[1]), node.args[2].map(sub), node.start);
    default:
      throw new ExpressionError('This part of CEL is not used in stories.', node.start);
  }
}

function literal(value: unknown, position: number): Expression {
  switch (typeof value) {
    case 'bigint':
      if (!Number.isSafeInteger(Number(value))) {
        throw new ExpressionError('Whole numbers have at most 15 digits.', position);
      }
      return { op: 'literal', type: 'int', value: Number(value) };
    case 'number':
      return { op: 'literal', type: 'number', value };
    case 'boolean':
      return { op: 'literal', type: 'bool', value };
    case 'string':
      if (value.includes('\0') || !value.isWellFormed()) {
        throw new ExpressionError('A text has a character that cannot be kept.', position);
      }
      return { op: 'literal', type: 'string', value };
    default:
      throw new ExpressionError('Only numbers, texts, true and false may stand here.', position);
  }
}

function named(name: string, position: number, layout: Layout): Expression {
  if (isNamespace(name)) {
    throw new ExpressionError(`${name} needs a name after it: ${name}.something.`, position);
  }
  return reading(slotCalled(name, layout), position);
}

function member(of: ASTNode, key: string, position: number, layout: Layout): Expression {
  if (of.op !== 'id' || !isNamespace(of.args)) {
    throw new ExpressionError(`Only ${NAMESPACES.join(', ')} have parts.`, of.start);
  }
  return reading(slotIn(of.args, key, layout), position);
}

function reading(slot: Slot | string, position: number): Expression {
  if (typeof slot === 'string') throw new ExpressionError(slot, position);
  return { op: 'slot', type: slot.type, slot };
}

/** `"lamp" in inventory`, or `mood in ["calm", "glad"]`. */
function membership(
  value: ASTNode,
  list: ASTNode,
  layout: Layout,
  sub: (node: ASTNode) => Expression,
): Expression {
  if (list.op === 'list') {
    const of = sub(value);
    const entries = list.args.map((entry) => comparable(of, sub(entry), entry).right);
    return { op: 'in', type: 'bool', of, list: entries };
  }
  if (value.op !== 'value' || typeof value.args !== 'string') {
    throw new ExpressionError('Only a name in quotes may stand before this in.', value.start);
  }
  const part = member(list, value.args, value.start, layout);
  const none: Expression = { op: 'literal', type: 'int', value: 0 };
  return part.type === 'bool' ? part : { op: '>', type: 'bool', left: part, right: none };
}

function textTest(
  name: string,
  left: Expression,
  args: readonly Expression[],
  position: number,
): Expression {
  if (name !== 'contains' && name !== 'startsWith' && name !== 'endsWith') {
    const known = ['contains', 'startsWith', 'endsWith'];
    throw new ExpressionError(`There is no function ${name}.${didYouMean(name, known)}`, position);
  }
  const [right] = args;
  if (args.length !== 1 || left.type !== 'string' || right?.type !== 'string') {
    throw new ExpressionError(`${name} takes a text, and is asked of a text.`, position);
  }
  return { op: name, type: 'bool', left, right };
}

function arithmetic(
  op: Arithmetic,
  left: Expression,
  right: Expression,
  { start }: ASTNode,
): Expression {
  if (op === '+' && left.type === 'string' && right.type === 'string') {
    return { op, type: 'string', left, right };
  }
  if (!isNumeric(left.type) || !isNumeric(right.type)) {
    throw new ExpressionError(
      `${op} does not go with ${a(left.type)} and ${a(right.type)}.`,
      start,
    );
  }
  const type = common(left.type, right.type)!;
  if (op === '%' && type !== 'int') throw new ExpressionError('% takes whole numbers.', start);
  return { op, type, left, right };
}

function comparable(left: Expression, right: Expression, node: ASTNode) {
  const isOrder = node.op === '<' || node.op === '<=' || node.op === '>' || node.op === '>=';
  if (common(left.type, right.type) === undefined || (isOrder && left.type === 'bool')) {
    throw new ExpressionError(
      `${a(left.type)} cannot be compared with ${a(right.type)} here.`,
      node.start,
    );
  }
  return { left, right };
}

function common(one: ValueType, other: ValueType): ValueType | undefined {
  if (one === other) return one;
  return isNumeric(one) && isNumeric(other) ? 'number' : undefined;
}

function must(expression: Expression, wanted: ValueType, position: number): Expression {
  if (fits(expression.type, wanted)) return expression;
  throw new ExpressionError(`This is ${a(expression.type)}, but must be ${a(wanted)}.`, position);
}

const NAMES = {
  int: 'a whole number',
  number: 'a number',
  bool: 'true or false',
  string: 'a text',
};

/** The type in an author's words. */
export const a = (type: ValueType): string => NAMES[type];
