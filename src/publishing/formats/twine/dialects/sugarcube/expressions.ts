import { CALL_START, commonCall } from '../common/calls.js';
import type { Assignment, Expr } from '../common/expression.js';
import { SIGNS, TRUTHS, type Grammar } from '../common/grammar.js';
import { parseAssignments } from '../common/parse-assignments.js';
import { parseExpression } from '../common/parse-expression.js';

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
  call: commonCall,
  callStart: CALL_START,
  hasElision: false,
  hasTernary: true,
  ranksLogic: true,
};

export const expression = (code: string): Expr => parseExpression(code, GRAMMAR);
export const assignments = (code: string): Assignment[] => parseAssignments(code, GRAMMAR);
