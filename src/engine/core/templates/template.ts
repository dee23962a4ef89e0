import type { StaticAnalysis, Template as Parsed } from 'liquidjs';
import type { Value } from '../definition.js';
import type { Memory } from '../expressions/evaluate.js';
import { isNamespace, slotCalled, slotIn } from '../expressions/names.js';
import { didYouMean } from '../expressions/nearest.js';
import { isProblem, type ExpressionProblem } from '../expressions/problem.js';
import type { Layout, Slot } from '../layout.js';
import { INNER_TAGS, LIQUID, WORDS, type TextKind } from './liquid.js';

/** A text that depends on what a playthrough holds. */
export interface TextTemplate {
  readonly kind: TextKind;
  readonly parsed: readonly Parsed[];
  /** What it reads, under the names that it reads it by. */
  readonly reads: readonly Read[];
  /** The names that it assigns. */
  readonly assigned: readonly string[];
}

export interface Read {
  /** One name, or a namespace and a name in it. */
  readonly path: readonly string[];
  readonly slot: Slot;
}

/** The most words in the tags and outputs of a text: finding each name's place takes as long as the text is. */
const MOST_WORDS = 1000;

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
  if (wordsOf(text) > MOST_WORDS) {
    return { message: `A text has at most ${MOST_WORDS} words of Liquid.`, line: 1, column: 1 };
  }
  try {
    const parsed = LIQUID[kind].parse(text);
    const { globals, locals } = LIQUID[kind].analyzeSync(parsed, { partials: false });
    const taken = Object.values(locals)
      .flat()
      .find(({ segments }) => isTaken(String(segments[0]), layout));
    if (taken !== undefined) return problemAt(taken, `${String(taken.segments[0])} ${TAKEN}`);
    const reads: Read[] = [];
    for (const variable of Object.values(globals).flat()) {
      const read = resolved(variable, layout);
      if (isProblem(read)) return read;
      reads.push(read);
    }
    return { kind, parsed, reads, assigned: Object.keys(locals) };
  } catch (error) {
    return problemOf(error);
  }
}

/** Counts what stands in tags and outputs; the markup of each, empty ones too, is a word at least. */
function wordsOf(text: string): number {
  const [, ...pieces] = text.split(/\{[{%]/);
  const words = pieces.map((piece) => piece.split(/[%}]\}/, 1)[0]!.match(/[\p{L}\p{N}_]+/gu));
  return words.reduce((sum, found) => sum + (found?.length ?? 1), 0);
}

/** What the text says for a memory. A text that goes beyond its limits says nothing. */
export function render(template: TextTemplate, memory: Memory): string {
  const { kind, parsed } = template;
  try {
    return String(LIQUID[kind].renderSync([...parsed], scopeOf(template, memory)));
  } catch {
    return '';
  }
}

type Scope = Record<string, Value | Record<string, Value> | null>;

/** What is assigned in a branch not taken is nothing. */
function scopeOf({ reads, assigned }: TextTemplate, memory: Memory): Scope {
  const scope = Object.create(null) as Scope;
  for (const name of assigned) scope[name] = null;
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

const problemAt = ({ location }: Variable, message: string): ExpressionProblem => ({
  message,
  line: location.row,
  column: location.col,
});

const TAKEN = 'is a name of the story, which texts cannot change; assign to another name.';

const isTaken = (name: string, layout: Layout): boolean =>
  isNamespace(name) || typeof slotCalled(name, layout) !== 'string';

function resolved(variable: Variable, layout: Layout): Read | ExpressionProblem {
  const at = (message: string) => problemAt(variable, message);
  const { segments } = variable;
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
  const hint = unknown === undefined ? '' : hintFor(unknown);
  return {
    message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.${hint}`,
    line: Number(line ?? 1),
    column: Number(column ?? 1),
  };
}

const hintFor = (word: string): string =>
  INNER_TAGS.includes(word) ? ' It belongs within another tag.' : didYouMean(word, WORDS);
