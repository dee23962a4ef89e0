import { CALL_START, commonCall } from '../common/calls.js';
import type { Assignment, Expr } from '../common/expression.js';
import { SIGNS, TRUTHS, type Grammar } from '../common/grammar.js';
import { parseAssignments } from '../common/parse-assignments.js';
import { parseExpression } from '../common/parse-expression.js';

const GRAMMAR: Grammar = {
  variable: /(?:s|(?:window\.)?story\.state)\.([A-Za-z_$][\w$]*)/y,
  operators: SIGNS,
  negations: ['!'],
  words: TRUTHS,
  call: commonCall,
  callStart: CALL_START,
  hasElision: false,
  hasTernary: true,
  ranksLogic: true,
};

export const expression = (code: string): Expr =>
  parseExpression(code.replace(/;\s*$/, ''), GRAMMAR);

/** Statements that set variables; one ends with its line, too. */
export const assignments = (code: string): Assignment[] =>
  parseAssignments(code.trim().replaceAll(/(?:;|(?<![ \t;]))[ \t]*\n\s*/g, ';'), GRAMMAR);
