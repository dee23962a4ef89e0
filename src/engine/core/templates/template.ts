import type { StaticAnalysis, Template as Parsed } from 'liquidjs';
import type { Value } from '../definition.js';
import type { Memory } from '../expressions/evaluate.js';
import { isNamespace, slotCalled, slotIn } from '../expressions/names.js';
import { didYouMean } from '../expressions/nearest.js';
import { isProblem, type ExpressionProblem } from '../expressions/problem.js';
import type { Layout, Slot } from '../layout.js';
import { LIQUID, WORDS, type TextKind } from './liquid.js';

/** A text that depends on what a playthrough holds. */
export interface TextTemplate {
  readonly kind: TextKind;
  readonly parsed: readonly Parsed[];
  /** What it reads, under the names that it reads it by. */
  readonly reads: readonly Read[];
}

export interface Read {
  /** One name, or a namespace and a name in it. */
  readonly path: readonly string[];
  readonly slot: Slot;
}

/** The most tags and outputs of a text: finding the places of names takes time quadratic in them. */
const MOST_PIECES = 1000;

/** Whether a text has any Liquid in it. Most have none, and cost no more than this. */
export const isTemplate = (text: string): boolean =>
  text.includes('{') && (text.includes('{{') || text.includes('{%'));

/**
 * Reads the Liquid of a text, and checks every name in it.
 * @returns the first thing that is wrong, with its line and column, where something is
 */
export function parseTemplate(
  text: string,
  kind: TextKind,
  layout: Layout,
): TextTemplate | ExpressionProblem {
  const pieces = text.match(/\{\{|\{%/g)?.length ?? 0;
  if (pieces > MOST_PIECES) {
    return { message: `A text has at most ${MOST_PIECES} pieces of Liquid.`, line: 1, column: 1 };
  }
  try {
    const parsed = LIQUID[kind].parse(text);
    const { globals } = LIQUID[kind].analyzeSync(parsed, { partials: false });
    const reads: Read[] = [];
    for (const variable of Object.values(globals).flat()) {
      const read = resolved(variable, layout);
      if (isProblem(read)) return read;
      reads.push(read);
    }
    return { kind, parsed, reads };
  } catch (error) {
    return problemOf(error);
  }
}

/** What the text says for a memory. A text that goes beyond its limits says nothing. */
export function render({ kind, parsed, reads }: TextTemplate, memory: Memory): string {
  try {
    return String(LIQUID[kind].renderSync([...parsed], scopeOf(reads, memory)));
  } catch {
    return '';
  }
}

type Scope = Record<string, Value | Record<string, Value>>;

function scopeOf(reads: readonly Read[], memory: Memory): Scope {
  const scope = Object.create(null) as Scope;
  for (const { path, slot } of reads) {
    const [first, second] = path as [string, string?];
    const value = memory[slot.index]!;
    if (second === undefined) scope[first] = value;
    else {
      const space = (scope[first] ??= Object.create(null) as Record<string, Value>);
      (space as Record<string, Value>)[second] = value;
    }
  }
  return scope;
}

type Variable = StaticAnalysis['globals'][string][number];

function resolved({ segments, location }: Variable, layout: Layout): Read | ExpressionProblem {
  const at = (message: string): ExpressionProblem => ({
    message,
    line: location.row,
    column: location.col,
  });
  const [first, second, third] = segments;
  if (typeof first !== 'string') return at('Only names may stand here.');
  if (
    isNamespace(first) &&
    (second === undefined || typeof second === 'object' || third !== undefined)
  ) {
    return at(`${first} needs one name after it: ${first}.something.`);
  }
  if (!isNamespace(first) && second !== undefined) return at(`${first} has no parts.`);
  const path = second === undefined ? [first] : [first, String(second)];
  const slot = isNamespace(first)
    ? slotIn(first, String(second), layout)
    : slotCalled(first, layout);
  return typeof slot === 'string' ? at(slot) : { path, slot };
}

/** A fault of the markup in an author's words. The library's messages end with where it is. */
function problemOf(error: unknown): ExpressionProblem {
  const text = error instanceof Error ? error.message : String(error);
  const [, message = text, line, column] = /^(.*?), line:(\d+), col:(\d+)$/s.exec(text) ?? [];
  const [, unknown] = /(?:undefined filter:|tag) "?([\w#]+)"?/.exec(message) ?? [];
  const hint = unknown === undefined ? '' : didYouMean(unknown, WORDS);
  return {
    message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.${hint}`,
    line: Number(line ?? 1),
    column: Number(column ?? 1),
  };
}
