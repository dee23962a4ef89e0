import { parse, ParseError, type ASTNode } from '@marcbachmann/cel-js';
import { foreignInCondition, mended } from './foreign.js';
import type { ReportFault } from './problem.js';

/** CEL as a tree, and where its positions lie in what the author wrote. */
export interface SyntaxTree {
  readonly root: ASTNode;
  readonly origin: (position: number) => number;
}

/** @returns undefined when it is no CEL */
export function syntaxTree(source: string): ASTNode | undefined {
  const parsed = parsedOr(source);
  return 'fault' in parsed ? undefined : parsed.root;
}

/**
 * Reads CEL for all that can be said of it. What is written as in Twine or in texts is reported, and read as what it
 * means, so that the rest can be checked too.
 * @returns undefined when it cannot be read even so
 */
export function readSyntax(source: string, report: ReportFault): SyntaxTree | undefined {
  const parsed = parsedOr(source);
  if (!('fault' in parsed)) return { root: parsed.root, origin: (position) => position };
  const foreign = foreignInCondition(source);
  for (const { message, start } of foreign) report(message, start);
  const { text, origin } = mended(source, foreign);
  const again = foreign.length === 0 ? parsed : parsedOr(text);
  if (!('fault' in again)) return { root: again.root, origin };
  const { message, position } = faultOf(text, again.fault);
  report(message, origin(position));
  return undefined;
}

function parsedOr(source: string): { root: ASTNode } | { fault: ParseError } {
  try {
    return { root: parse(source).ast };
  } catch (error) {
    if (error instanceof ParseError) return { fault: error };
    throw error;
  }
}

/** A fault of the syntax in an author's words. */
function faultOf(source: string, { code, summary, range }: ParseError) {
  const position = range?.start ?? 0;
  const rest = source.slice(position);
  if (rest.trim() === '' && position >= source.trimEnd().length)
    return { message: `${missingAtTheEnd(source)} is missing at the end.`, position };
  const isStray = ['unexpected_token', 'unexpected_character', 'expected_token'].includes(code);
  const [found] = /^(?:[\p{L}\p{N}_]+|.)/su.exec(rest) ?? [''];
  return { message: isStray ? `${found} cannot stand here.` : `${summary}.`, position };
}

function missingAtTheEnd(source: string): string {
  const isHanging = /[-+*/%<>=!&|?:,.([]$/.test(source.trimEnd());
  if (isHanging || source.trim() === '') return 'Something';
  return source.split('(').length > source.split(')').length ? 'A )' : 'Something';
}
