import type { ValueType } from '../definition.js';
import type { Layout } from '../layout.js';
import { a, fits, LONGEST_EXPRESSION, type Expression } from './expression.js';
import { reporting, type Faults, type ReportFault } from './problem.js';
import { readSyntax } from './syntax.js';
import { Typing } from './typing.js';

/**
 * Parses a CEL expression and checks it against what the story declares. Numbers mix freely: an int is taken wherever
 * a number is wanted.
 * @param wanted the type that the expression must have; any when left out
 */
export const parseExpression = (
  source: string,
  layout: Layout,
  wanted?: ValueType,
): Expression | Faults =>
  reporting(source, (report) => {
    const expression = expressionOf(source, layout, report);
    if (expression === undefined || wanted === undefined || fits(expression.type, wanted))
      return expression;
    report(`It is ${a(expression.type)}, but must be ${a(wanted)}.`, 0);
    return undefined;
  });

/** @returns undefined when it is faulty; all its faults are reported */
export function expressionOf(
  source: string,
  layout: Layout,
  report: ReportFault,
): Expression | undefined {
  // Short expressions cannot nest deeply.
  if (source.length > LONGEST_EXPRESSION) {
    report(`It has more than ${LONGEST_EXPRESSION} characters.`, 0);
    return undefined;
  }
  const syntax = readSyntax(source, report);
  if (syntax === undefined) return undefined;
  const typing = new Typing(layout, (message, position) => {
    report(message, syntax.origin(position));
  });
  return typing.of(syntax.root);
}
