import type { Template as Parsed } from 'liquidjs';
import type { Value } from '../definition.js';
import type { Memory } from '../expressions/evaluate.js';
import { isFaulty, type Faults } from '../expressions/problem.js';
import type { Layout } from '../layout.js';
import { mentionsInTemplate } from '../references/in-templates.js';
import { unknownProtagonists } from '../references/protagonists.js';
import { faultsOfBroken, faultsOfNames, MOST_FAULTS, overlooked, parsedOr } from './faults.js';
import { LIQUID, type TextKind } from './liquid.js';
import { isFault, readOf, takenFaults, type Read } from './reads.js';

/** A text that depends on what a playthrough holds. */
export interface TextTemplate {
  readonly kind: TextKind;
  readonly parsed: readonly Parsed[];
  /** What it reads, under the names that it reads it by. */
  readonly reads: readonly Read[];
  /** The names that it assigns. */
  readonly assigned: readonly string[];
  /**
   * What is wrong with it though Liquid tells something for it: nothing like it is saved or published any more, but what
   * was published with it goes on as it did.
   */
  readonly overlooked: Faults;
}

/** All that is wrong with a text. */
export const faultsIn = (parsed: TextTemplate | Faults): Faults =>
  isFaulty(parsed) ? parsed : parsed.overlooked;

/** The most words in the tags and outputs of a text: finding each name's place takes as long as the text is. */
const MOST_WORDS = 1000;

/** Whether a text has any Liquid in it. Most have none, and cost no more than this. */
export const isTemplate = (text: string): boolean =>
  text.includes('{') && (text.includes('{{') || text.includes('{%'));

/**
 * Reads the Liquid of a text, and checks every name in it.
 * @returns all that is wrong, with lines and columns, where it cannot be told; see {@link faultsIn}
 */
export function parseTemplate(text: string, kind: TextKind, layout: Layout): TextTemplate | Faults {
  if (wordsOf(text) > MOST_WORDS)
    return [{ message: `A text has at most ${MOST_WORDS} words of Liquid.`, line: 1, column: 1 }];
  const parsed = parsedOr(text, kind);
  if ('fault' in parsed) return faultsOfBroken(text, kind, layout, parsed.fault);
  const { globals, locals } = LIQUID[kind].analyzeSync(parsed.templates, { partials: false });
  const faults = takenFaults(Object.values(locals).flat(), layout);
  const reads: Read[] = [];
  for (const variable of Object.values(globals).flat()) {
    if (faults.length >= MOST_FAULTS) break;
    const read = readOf(variable, layout);
    if (isFault(read)) faults.push(read);
    else reads.push(read);
  }
  if (faults.length > 0) return faultsOfNames(text, faults);
  return {
    kind,
    parsed: parsed.templates,
    reads,
    assigned: Object.keys(locals),
    overlooked: [
      ...overlooked(text),
      ...unknownProtagonists(text, layout, () => mentionsInTemplate(text, kind)),
    ],
  };
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
