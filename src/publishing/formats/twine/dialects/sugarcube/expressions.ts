import { literal, opaque, type Assignment, type Expr } from '../common/expression.js';
import { SIGNS, TRUTHS, type Grammar } from '../common/grammar.js';
import { parseAssignments } from '../common/parse-assignments.js';
import { parseExpression } from '../common/parse-expression.js';
import { typeOfValue } from '../common/types.js';

const GRAMMAR: Grammar = {
  variable: /(?:\$|State\.variables\.)([A-Za-z_$][\w$]*)/y,
  operators: {
    ...SIGNS,
    is: '==',
    isnot: '!=',
    'is not': '!=',
    eq: '==',
    neq: '!=',
    gt: '>',
    gte: '>=',
    lt: '<',
    lte: '<=',
    and: '&&',
    or: '||',
  },
  negations: ['!', 'not'],
  words: TRUTHS,
  call,
  callStart: /([\p{L}_][\w.]*)\s*\(/uy,
  hasElision: false,
  hasTernary: true,
};

export const expression = (code: string): Expr => parseExpression(code, GRAMMAR);
export const assignments = (code: string): Assignment[] => parseAssignments(code, GRAMMAR);

function call(name: string, args: readonly Expr[]): Expr | undefined {
  const [first] = args;
  const passage =
    first?.op === 'literal' && typeof first.value === 'string' ? first.value : undefined;
  const isOne = args.length === 0 || (args.length === 1 && passage !== undefined);
  switch (name) {
    case 'visited':
      return isOne ? { op: 'visits', passage } : undefined;
    case 'hasVisited':
      return isOne && passage !== undefined
        ? { op: '>', left: { op: 'visits', passage }, right: literal(0) }
        : undefined;
    case 'turns':
      return { op: 'turns' };
    case 'random':
      return opaque(BY_CHANCE, { type: 'int' });
    case 'randomFloat':
    case 'Math.random':
      return opaque(BY_CHANCE, { type: 'number' });
    case 'either':
      return opaque(BY_CHANCE, typeOfAll(args));
    default:
      return undefined;
  }
}

export const BY_CHANCE = 'Chance decides here, which only dice of a choice do in Talegraph.';

/** The type that all constants have, as far as they have one. */
export function typeOfAll(args: readonly Expr[]) {
  const types = new Set(
    args.map((arg) => (arg.op === 'literal' ? typeOfValue(arg.value) : undefined)),
  );
  const [type] = types;
  return types.size === 1 && type !== undefined ? { type } : {};
}
