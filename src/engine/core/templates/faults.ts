import type { Template } from 'liquidjs';
import { foreignInText, mended } from '../expressions/foreign.js';
import { didYouMean } from '../expressions/nearest.js';
import { placeIn, type ExpressionProblem, type Faults } from '../expressions/problem.js';
import type { Layout } from '../layout.js';
import { grammarFault } from './grammar.js';
import { INNER_TAGS, KNOWN, LIQUID, type TextKind } from './liquid.js';
import { piecesOf, tagsIn, type Piece } from './pieces.js';
import { isFault, readOf } from './reads.js';
import { structureFaults } from './structure.js';

/** The most faults that are told of one text. */
export const MOST_FAULTS = 50;

/** @returns the templates of a text, or what Liquid finds wrong with it */
export function parsedOr(
  text: string,
  kind: TextKind,
): { templates: Template[] } | { fault: ExpressionProblem } {
  try {
    return { templates: LIQUID[kind].parse(text) };
  } catch (error) {
    return { fault: inWords(error) };
  }
}

/** The faults of a text that Liquid takes. @param names those of its names, which it cannot be told with */
export function faultsOfNames(text: string, names: Faults): Faults {
  const foreign = piecesOf(text).flatMap((piece) => foreignFaults(text, piece));
  return inOrder([...foreign, ...overlooked(text), ...names]);
}

/** What is wrong with a text though Liquid takes it, and tells something for it. */
export const overlooked = (text: string): Faults =>
  inOrder([
    ...faultsOfStructure(text),
    ...piecesOf(text).flatMap(({ source, start, tag }) => {
      const fault = grammarFault(source, tag);
      return fault === undefined
        ? []
        : [{ message: fault.message, ...placeIn(text, start + fault.position) }];
    }),
  ]);

const faultsOfStructure = (text: string): ExpressionProblem[] =>
  structureFaults(tagsIn(text)).map(({ message, position }) => ({
    message,
    ...placeIn(text, position),
  }));

/**
 * The faults of a text that is no Liquid: those of each piece by itself, and of the tags around them.
 * @param whole what Liquid says of it
 */
export function faultsOfBroken(
  text: string,
  kind: TextKind,
  layout: Layout,
  whole: ExpressionProblem,
): Faults {
  const pieces = piecesOf(text);
  const assigned = new Set(pieces.flatMap(({ assigns }) => assigns ?? []));
  const frame = parsedOr(withoutPieces(text, pieces), kind);
  const structure = faultsOfStructure(text);
  const faults =
    structure.length === 0 && 'fault' in frame ? [asWritten(text, frame.fault)] : structure;
  for (const piece of pieces) {
    if (faults.length >= MOST_FAULTS) break;
    faults.push(...foreignFaults(text, piece));
    faults.push(...pieceFaults(text, piece, { kind, layout, assigned }));
  }
  return faults.length === 0 ? [whole] : inOrder(faults);
}

interface Context {
  readonly kind: TextKind;
  readonly layout: Layout;
  /** The names that the text assigns. */
  readonly assigned: ReadonlySet<string>;
}

/** In the order of the places, one for each. */
function inOrder(faults: Faults): Faults {
  const byPlace = Map.groupBy(faults, ({ line, column }) => `${line}:${column}`);
  return [...byPlace.values()]
    .map(([first]) => first!)
    .sort((one, other) => one.line - other.line || one.column - other.column)
    .slice(0, MOST_FAULTS);
}

const foreignFaults = (text: string, { source, start }: Piece): ExpressionProblem[] =>
  foreignInText(source).map((foreign) => ({
    message: foreign.message,
    ...placeIn(text, start + foreign.start),
  }));

/** What is wrong with a piece, once what is foreign in it is put right. */
function pieceFaults(
  text: string,
  { source, start, open, tag }: Piece,
  { kind, layout, assigned }: Context,
): ExpressionProblem[] {
  if (source.trim() === '') return [];
  const sound = mended(source, foreignInText(source));
  const parsed = parsedOr(`{{${sound.text.replaceAll('\n', ' ')}}}`, kind);
  const moved = ({ message, column }: ExpressionProblem): ExpressionProblem => ({
    message,
    ...placeIn(text, column < 3 ? open : start + sound.origin(column - 3)),
  });
  const grammar = grammarFault(sound.text, tag);
  const ofGrammar =
    grammar === undefined
      ? []
      : [{ message: grammar.message, ...placeIn(text, start + sound.origin(grammar.position)) }];
  if ('fault' in parsed) return grammar === undefined ? [moved(parsed.fault)] : ofGrammar;
  const { globals } = LIQUID[kind].analyzeSync(parsed.templates, { partials: false });
  const ofNames = Object.values(globals)
    .flat()
    .filter(({ segments }) => !assigned.has(String(segments[0])))
    .map((variable) => readOf(variable, layout))
    .filter(isFault)
    .map(moved);
  return [...ofGrammar, ...ofNames];
}

/** The tags by themselves: each piece is a 1, and every place is as it was. */
function withoutPieces(text: string, pieces: readonly Piece[]): string {
  const parts: string[] = [];
  let last = 0;
  for (const { start, source } of pieces) {
    const [room] = /^\s*/.exec(source)!;
    const rest = source.slice(room.length).replaceAll(/[^\n]/g, ' ');
    parts.push(text.slice(last, start), room, rest.replace(' ', '1'));
    last = start + source.length;
  }
  return parts.join('') + text.slice(last);
}

/** A fault of the tags by themselves, with what it shows of the text as the author wrote it. */
function asWritten(text: string, fault: ExpressionProblem): ExpressionProblem {
  const lines = text.split('\n').slice(fault.line - 1);
  const rest = lines.join('\n').slice(fault.column - 1);
  return {
    ...fault,
    message: fault.message.replace(/\{[{%][^]*[%}]\}/, ({ length }) => rest.slice(0, length)),
  };
}

/** A fault of the markup in an author's words. The library's messages end with where it is. */
function inWords(error: unknown): ExpressionProblem {
  const text = error instanceof Error ? error.message : String(error);
  const [, message = text, line, column] = /^(.*?), line:(\d+), col:(\d+)$/s.exec(text) ?? [];
  const [, kind, unknown] = /(undefined filter:|tag) "?([\w#]+)"?/.exec(message) ?? [];
  const hint = unknown === undefined ? '' : hintFor(kind === 'tag' ? 'tag' : 'filter', unknown);
  return {
    message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.${hint}`,
    line: Number(line ?? 1),
    column: Number(column ?? 1),
  };
}

function hintFor(kind: keyof typeof KNOWN, word: string): string {
  if (kind === 'tag' && INNER_TAGS.includes(word)) return ' It belongs within another tag.';
  return didYouMean(word, KNOWN[kind]) || ` There are ${listed(kind)}.`;
}

const listed = (kind: keyof typeof KNOWN) =>
  KNOWN[kind].filter((word) => !INNER_TAGS.includes(word)).join(', ');
