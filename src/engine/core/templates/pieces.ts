import { blank, withoutComments } from './comments.js';

/** What is worked out somewhere in a text: the inside of an output, or what a tag goes by. */
export interface Piece {
  /** Where its tag or output is opened. */
  readonly open: number;
  /** Where it begins itself. */
  readonly start: number;
  readonly source: string;
  /** The tag that goes by it; undefined of an output. */
  readonly tag: string | undefined;
  /** The name that it is assigned to, where it is. */
  readonly assigns: string | undefined;
}

const TAG = /^-?\s*(if|elsif|unless|case|when|assign)\b/;

const HIDDEN = ['comment', 'raw'];

/** All that is worked out in a text, whether or not it is Liquid; comments and raw text are left out. Linear. */
export const piecesOf = (text: string): Piece[] =>
  tagsIn(text).flatMap(({ opener, inside, start }) =>
    opener === '{'
      ? [at(inside, start, inside.startsWith('-') ? 1 : 0)]
      : pieceOfTag(inside, start),
  );

/** Every tag and output of a text that is closed; comments and raw text are left out. Linear. */
export const tagsIn = (text: string): Tag[] => tagsOf(withoutComments(text, HIDDEN));

/** A text without its Liquid: spaces stand for it, so that every place stays as it is. Linear. */
export function withoutLiquid(text: string): string {
  const shown = withoutComments(text);
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of tagsOf(shown)) {
    parts.push(shown.slice(from, start), blank(shown.slice(start, end)));
    from = end;
  }
  return parts.join('') + shown.slice(from);
}

/** Whether a text has anything for readers to see: comments, white space and what only reckons are nothing. Linear. */
export function saysSomething(text: string): boolean {
  if (withoutLiquid(text).trim() !== '') return true;
  return tagsOf(withoutComments(text)).some(({ opener }) => opener === '{');
}

export interface Tag {
  readonly opener: string;
  readonly inside: string;
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
}

/** Every tag and output that is closed. */
function tagsOf(text: string): Tag[] {
  const [first, ...parts] = text.split(/\{([{%])/);
  const found: Tag[] = [];
  let start = first!.length;
  for (let i = 0; i < parts.length; i += 2) {
    const [opener, part] = [parts[i]!, parts[i + 1]!];
    const closed = closingOf(part, opener);
    if (closed !== undefined) {
      const inside = part.slice(0, closed.index);
      found.push({ opener, inside, start, end: start + 2 + closed.index + closed[0].length });
    }
    start += 2 + part.length;
  }
  return found;
}

const QUOTED_OR_END = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|-?\}\}/g;

/** Where a tag or output ends. As in Liquid, quotation marks hide the end of an output, but not that of a tag. */
const closingOf = (part: string, opener: string): RegExpExecArray | undefined =>
  opener === '%'
    ? (/-?%\}/.exec(part) ?? undefined)
    : [...part.matchAll(QUOTED_OR_END)].find(([found]) => found.endsWith('}}'));

function pieceOfTag(inside: string, start: number): Piece[] {
  const [head = '', tag] = TAG.exec(inside) ?? [];
  if (tag === undefined) return [];
  if (tag !== 'assign') return [at(inside, start, head.length, tag)];
  const target = /^\s*([\w-]+)\s*=(?!=)/.exec(inside.slice(head.length));
  if (target === null) return [];
  return [at(inside, start, head.length + target[0].length, tag, target[1])];
}

const at = (
  inside: string,
  open: number,
  length: number,
  tag?: string,
  assigns?: string,
): Piece => ({
  open,
  start: open + 2 + length,
  source: inside.slice(length),
  tag,
  assigns,
});
