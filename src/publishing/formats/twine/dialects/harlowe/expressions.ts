import { argumentsIn } from '../common/arguments.js';
import { BY_CHANCE, typeOfAll } from '../common/chance.js';
import { extreme } from '../common/extremes.js';
import { literal, opaque, type Assignment, type Expr } from '../common/expression.js';
import { TRUTHS, type Grammar } from '../common/grammar.js';
import { parseAssignments } from '../common/parse-assignments.js';
import { parseExpression } from '../common/parse-expression.js';

const GRAMMAR: Grammar = {
  variable: /\$([\p{L}_][\p{L}\p{N}_]*)/uy,
  operators: {
    is: '==',
    'is not': '!=',
    contains: 'contains',
    'is >': '>',
    'is <': '<',
    'is >=': '>=',
    'is <=': '<=',
    '<=': '<=',
    '>=': '>=',
    '<': '<',
    '>': '>',
    and: '&&',
    or: '||',
    '+': '+',
    '-': '-',
    '*': '*',
    '/': '/',
    '%': '%',
  },
  negations: ['not'],
  words: {
    ...TRUTHS,
    visits: { op: 'visits', passage: undefined },
    visit: { op: 'visits', passage: undefined },
    turns: { op: 'turns' },
    turn: { op: 'turns' },
  },
  call,
  callStart: /\(\s*([\p{L}_][\p{L}\p{N}_-]*)\s*:(?!\/\/)/uy,
  hasElision: true,
  hasTernary: false,
  ranksLogic: false,
};

export const expression = (code: string): Expr => parseExpression(code, GRAMMAR);

/** `$x to 1, $y to it + 2` */
export const assignments = (code: string): Assignment[] => parseAssignments(code, GRAMMAR);

/** `1 into $x, "a" into $y` */
export function puttings(code: string): Assignment[] {
  return argumentsIn(code).map((part): Assignment => {
    const found = /^([^]*)\binto\s+\$([\p{L}_][\p{L}\p{N}_]*)$/u.exec(part);
    if (found === null) return { name: '', value: opaque('Only variables of the story are set.') };
    return { name: found[2]!, value: expression(found[1]!.trim()) };
  });
}

/** A macro's name, as it is compared: case, dashes and underscores mean nothing. */
export const macroName = (name: string): string => name.toLowerCase().replaceAll(/[-_]/g, '');

function call(name: string, args: readonly Expr[]): Expr | undefined {
  const [first] = args;
  switch (macroName(name)) {
    case 'visited':
      return first?.op === 'literal' && typeof first.value === 'string'
        ? { op: '>', left: { op: 'visits', passage: first.value }, right: literal(0) }
        : undefined;
    case 'min':
    case 'max':
      return extreme(macroName(name) as 'min' | 'max', args);
    case 'random':
      return opaque(BY_CHANCE, { type: 'int' });
    case 'either':
      return opaque(BY_CHANCE, typeOfAll(args));
    case 'a':
    case 'array':
    case 'dm':
    case 'datamap':
    case 'ds':
    case 'dataset':
      return opaque('Lists and maps are not translated.', { isStructure: true });
    case 'not':
      return first === undefined ? undefined : { op: 'not', of: first };
    default:
      return undefined;
  }
}

/** The text that an argument is, where it is a constant one. */
export function textOf(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  const value = expression(code);
  return value.op === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}
