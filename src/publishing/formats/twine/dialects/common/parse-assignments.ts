import { literal, opaque, variable, type Assignment, type Expr } from './expression.js';
import type { Grammar } from './grammar.js';
import {
  ExpressionParser,
  LONGEST_CODE,
  NO_PARTS,
  opaqueFrom,
  PART,
  TOO_LONG,
} from './parse-expression.js';

const SETS = /=(?!=)|to(?![\w$])/y;
const CHANGES = /([-+*/%])=/y;
const STEPS = /\+\+|--/y;

/**
 * Reads `$x to 1, $y += 2`, and the like. What cannot be read ends the list with an opaque change of nothing, as nothing
 * after it is certain.
 */
export function parseAssignments(code: string, grammar: Grammar): Assignment[] {
  if (code.length > LONGEST_CODE) return [unknown(opaque(TOO_LONG))];
  const changes: Assignment[] = [];
  const parser = new ExpressionParser(code, grammar);
  while (!parser.isAtEnd()) {
    let name: string | undefined;
    try {
      name = parser.take(grammar.variable)?.[1];
      const part = name === undefined ? undefined : parser.match(PART);
      if (part !== undefined) {
        const structures = part[1] === undefined ? [name!] : [];
        return [...changes, unknown(opaque(NO_PARTS, { structures }))];
      }
      const value = name === undefined ? undefined : assigned(parser, grammar, name);
      if (value === undefined) return [...changes, unknown(opaque(NO_ASSIGNMENT))];
      changes.push({ name: name!, value });
      if (!parser.isAtEnd() && parser.take(/[,;]/y) === undefined) {
        return [...changes, unknown(opaque(`“${parser.rest()}” is not understood here.`))];
      }
    } catch (error) {
      return [...changes, { name: name ?? '', value: opaqueFrom(error) }];
    }
  }
  return changes.length > 0 ? changes : [unknown(opaque(NO_ASSIGNMENT))];
}

const NO_ASSIGNMENT = 'Only the setting of variables is translated.';

const unknown = (value: Expr): Assignment => ({ name: '', value });

/** @returns undefined where nothing is assigned */
function assigned(parser: ExpressionParser, grammar: Grammar, name: string): Expr | undefined {
  if (parser.take(SETS) !== undefined) {
    return withIt(parser, grammar, name);
  }
  const change = parser.take(CHANGES)?.[1];
  if (change !== undefined) {
    return { op: change as '+', left: variable(name), right: parser.expression(0) };
  }
  const step = parser.take(STEPS)?.[0];
  if (step === undefined) return undefined;
  return { op: step === '++' ? '+' : '-', left: variable(name), right: literal(1) };
}

/** In the value, `it` stands for the variable that is set. */
function withIt(parser: ExpressionParser, grammar: Grammar, name: string): Expr {
  const inner = new ExpressionParser(parser.code, grammar, name);
  inner.position = parser.position;
  const value = inner.expression(0);
  parser.position = inner.position;
  return value;
}
