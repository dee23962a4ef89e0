import { commentItem, readHtml, type HtmlHost } from '../common/html.js';
import { Scanner } from '../common/scanner.js';
import { Items } from '../common/text-run.js';
import { TWINE_LINK } from '../common/twine-link.js';
import { markup, type Code, type Item } from '../common/tree.js';

/** A macro, as it stands. */
export interface Macro extends Code {
  readonly kind: 'macro';
  readonly name: string;
  readonly args: string;
  readonly isClosing: boolean;
  /** What stands within a macro whose contents are no text. */
  readonly raw?: string;
}

export type Token = Macro | { readonly kind: 'items'; readonly items: readonly Item[] };

/** What the tokenizer leaves to the translation. */
export interface TokenHost extends HtmlHost {
  readonly link: (found: RegExpExecArray, offset: number) => Item;
  readonly picture: (found: RegExpExecArray, offset: number) => Item;
  readonly naked: (source: string, offset: number) => Item;
}

const MACRO =
  /<<(\/|end(?=if|link|button|click|for|switch|silently|nobr|widget|script))?([a-zA-Z][\w-]*|[=-])/y;
const RAW_MACROS = ['script', 'widget', 'style'];
const VERBATIM = [
  ['{{{', '}}}'],
  ['"""', '"""'],
  ['<nowiki>', '</nowiki>'],
] as const;
const COMMENTS = [
  ['/*', '*/'],
  ['/%', '%/'],
] as const;
const CONTINUED = /\\[ \t]*\n|\n[ \t]*\\(?=\s)/y;
const ADDRESS = /(?:https?|mailto|ftp):\/\/[^\s<>"'[\]]+/y;
const NAKED =
  /\$\$|\$[A-Za-z_][\w$]*(?:\.[A-Za-z_][\w$]*|\[(?:\d+|"[^"\]]{0,100}"|'[^'\]]{0,100}'|\$\w+)\])*/y;
const PICTURE =
  /\[[<>]?img\[([^\]\n]{0,1000})\](?:\[([^\]\n]{0,1000})\])?(?:\[[^\]\n]{0,1000}\])?\]/y;
const STYLE = /@@(?:[#.][\w.#-]{1,100};|[\w-]{1,40}:[^;@\n]{1,200};)*/y;
const LINE_START = /(!{1,6})\s*|([*#]{1,6})\s+|(>{1,6})\s*|(-{4,})(?=\n|$)/y;
const MARKS: Readonly<Record<string, string>> = { "''": '**', '//': '*', '==': '~~' };
const MARK = /''|\/\/|==|__|~~|\^\^/y;
const PLAIN = /[^\n\\<[$'/{"@=_~^hmf*#!>-]+|[^]/y;

/** Takes a passage apart. */
export function tokensOf(text: string, base: number, host: TokenHost): Token[] {
  return new Tokenizer(text, base, host).all();
}

class Tokenizer {
  readonly #scanner: Scanner;
  readonly #tokens: Token[] = [];
  #items = new Items();
  #isLineStart = true;

  constructor(
    text: string,
    private readonly base: number,
    private readonly host: TokenHost,
  ) {
    this.#scanner = new Scanner(text);
  }

  all(): Token[] {
    while (!this.#scanner.isAtEnd) this.#next();
    this.#flush();
    return this.#tokens;
  }

  #next(): void {
    const scanner = this.#scanner;
    const offset = this.base + scanner.position;
    const macro = this.#macro();
    if (macro !== undefined) {
      this.#flush();
      this.#tokens.push(macro);
      return;
    }
    if (this.#verbatim(offset) || this.#special(offset)) {
      this.#isLineStart = false;
      return;
    }
    const words = scanner.take(PLAIN)![0];
    this.#isLineStart = words === '\n' || (this.#isLineStart && words.trim() === '');
    this.#items.words(words);
  }

  #verbatim(offset: number): boolean {
    const scanner = this.#scanner;
    for (const [begin, end] of VERBATIM) {
      const words = scanner.between(begin, end);
      if (words === undefined) continue;
      this.#items.words(words);
      return true;
    }
    for (const [begin, end] of COMMENTS) {
      const comment = scanner.between(begin, end);
      if (comment === undefined) continue;
      this.#items.add(commentItem('/* */', offset, begin + comment + end));
      return true;
    }
    const address = scanner.take(ADDRESS)?.[0];
    if (address !== undefined) this.#items.words(address);
    return address !== undefined || scanner.take(CONTINUED) !== undefined;
  }

  #special(offset: number): boolean {
    const scanner = this.#scanner;
    const link = scanner.take(TWINE_LINK);
    if (link !== undefined) this.#items.add(this.host.link(link, offset));
    const picture = link === undefined ? scanner.take(PICTURE) : undefined;
    if (picture !== undefined) this.#items.add(this.host.picture(picture, offset));
    if (link !== undefined || picture !== undefined) return true;
    const naked = scanner.take(NAKED)?.[0];
    if (naked === '$$') this.#items.words('$');
    else if (naked !== undefined) this.#items.add(this.host.naked(naked, offset));
    if (naked !== undefined) return true;
    const html =
      scanner.text[scanner.position] === '<' ? readHtml(scanner, this.base, this.host) : undefined;
    if (html !== undefined) this.#items.addAll(html);
    return html !== undefined || this.#formatting(offset);
  }

  #formatting(offset: number): boolean {
    const scanner = this.#scanner;
    const start = this.#isLineStart ? scanner.take(LINE_START) : undefined;
    if (start !== undefined) {
      this.#items.addAll([note(start[0], offset), markup(lineMarkup(start))]);
      return true;
    }
    const mark =
      scanner.take(MARK)?.[0] ?? (scanner.at(/@@/y, scanner.position) && scanner.take(STYLE)?.[0]);
    if (mark === undefined) return false;
    this.#items.addAll([note(mark, offset), markup(MARKS[mark] ?? '')]);
    return true;
  }

  #macro(): Macro | undefined {
    const scanner = this.#scanner;
    const start = scanner.position;
    const opening = scanner.at(MACRO, start);
    if (opening === undefined || scanner.find('>>', start) < 0) return undefined;
    const from = start + opening[0].length;
    const end = endOfArgs(scanner.text, from);
    if (end < 0) return undefined;
    scanner.position = end + 2;
    const [, closing, name] = opening;
    const macro = {
      ...{ kind: 'macro' as const, name: name!, args: scanner.text.slice(from, end).trim() },
      ...{ offset: this.base + start, isClosing: closing !== undefined },
    };
    const isRaw = !macro.isClosing && RAW_MACROS.includes(macro.name);
    const raw = isRaw ? scanner.upTo(`<</${macro.name}>>`) : undefined;
    const source = scanner.text.slice(start, scanner.position);
    return { ...macro, source, ...(raw !== undefined && { raw }) };
  }

  #flush(): void {
    const items = this.#items.done();
    if (items.length > 0) this.#tokens.push({ kind: 'items', items });
    this.#items = new Items();
  }
}

const note = (source: string, offset: number): Item => ({
  kind: 'note',
  name: source.trim().slice(0, 2),
  offset,
  source,
  ...(Object.hasOwn(MARKS, source) || !/^(__|~~|\^\^|@@)/.test(source)
    ? { outcome: 'mapped' }
    : { outcome: 'dropped', why: 'Its formatting has no like here; what it holds stays.' }),
});

function lineMarkup([, heading, list, quote]: RegExpExecArray): string {
  if (heading !== undefined) return `${'#'.repeat(heading.length)} `;
  if (list !== undefined) {
    return `${'  '.repeat(list.length - 1)}${list.endsWith('#') ? '1.' : '-'} `;
  }
  return quote !== undefined ? '> ' : '---';
}

/** The most characters of what stands in a macro. */
const LONGEST_ARGS = 5000;

/** Where `>>` ends a macro, outside of texts in quotes and of links; -1 where it does not. */
function endOfArgs(text: string, from: number): number {
  const last = Math.min(text.length, from + LONGEST_ARGS);
  for (let i = from; i < last; i++) {
    const character = text[i]!;
    if (character === '>' && text[i + 1] === '>') return i;
    if (character === '"' || character === "'" || character === '`') {
      const end = endOfQuote(text, i, last);
      if (end > 0) i = end;
    } else if (character === '[') {
      TWINE_LINK.lastIndex = i;
      if (TWINE_LINK.test(text)) i = TWINE_LINK.lastIndex - 1;
    }
  }
  return -1;
}

function endOfQuote(text: string, start: number, last: number): number {
  for (let i = start + 1; i < last; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === text[start]) return i;
    else if (text[i] === '>' && text[i + 1] === '>' && text[start] === "'") return -1;
  }
  return -1;
}
