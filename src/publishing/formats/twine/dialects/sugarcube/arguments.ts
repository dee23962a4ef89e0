import { parseTwineLink, type TwineLink } from '../common/twine-link.js';

/** One argument of a macro, as it stands and where. */
export type Argument = Meaning & { readonly source: string; readonly at: number };

type Meaning =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'link'; readonly link: TwineLink }
  /** A variable, or an expression in backquotes. */
  | { readonly kind: 'code'; readonly code: string };

const ARGUMENT =
  /"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'|\[\[([^\n]{1,2000}?)\]\]|`([^`]*)`|\[img\[[^\]\n]*\](?:\[[^\]\n]*\])?\]|[^\s"'`[]+|[^\s]/gy;

/** Takes the arguments of a macro apart. @param at where they begin in the passage */
export function argumentsIn(args: string, at: number): Argument[] {
  const found: Argument[] = [];
  let position = 0;
  for (;;) {
    position += /^\s*/.exec(args.slice(position, position + 1000))![0].length;
    ARGUMENT.lastIndex = position;
    const next = ARGUMENT.exec(args);
    if (next === null) return found;
    found.push({ ...meaningOf(next), source: next[0], at: at + position });
    position = ARGUMENT.lastIndex;
  }
}

function meaningOf([source, double, single, link, code]: RegExpExecArray): Meaning {
  const text = double ?? single;
  if (text !== undefined) return { kind: 'text', value: unescaped(text) };
  if (link !== undefined) return { kind: 'link', link: parseTwineLink(link) };
  if (code !== undefined) return { kind: 'code', code };
  return /^[$_][A-Za-z]/.test(source)
    ? { kind: 'code', code: source }
    : { kind: 'text', value: source };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '', t: ' ' };

const unescaped = (text: string): string =>
  text.replaceAll(/\\([^])/g, (_, character: string) => ESCAPES[character] ?? character);
