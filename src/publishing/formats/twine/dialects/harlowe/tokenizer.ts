import { readHtml, type HtmlHost } from '../common/html.js';
import { twineLink } from '../common/links.js';
import { Scanner } from '../common/scanner.js';
import { Items } from '../common/text-run.js';
import { TWINE_LINK } from '../common/twine-link.js';
import { DEEPEST, markup, type Code, type Item } from '../common/tree.js';
import { bracketsIn, MACRO_START, type Brackets } from './brackets.js';

/** A macro, with the hook that is attached to it. */
export interface Macro extends Code {
  readonly kind: 'macro';
  readonly name: string;
  readonly args: string;
  /** Where its arguments begin in the passage. */
  readonly argsAt: number;
  readonly hook?: readonly Token[];
  /** The macro and the opening bracket of its hook, as they stand. */
  readonly opening: string;
  /** Whether more changers are joined to it by a plus, or to a variable. */
  readonly isJoined: boolean;
}

/** A hook by itself, or one with a name. */
export interface Hook extends Code {
  readonly kind: 'hook';
  readonly hookName: string | undefined;
  readonly isHidden: boolean;
  readonly body: readonly Token[];
}

export type Token = Macro | Hook | { readonly kind: 'items'; readonly items: readonly Item[] };

export interface TokenHost extends HtmlHost {
  readonly naked: (source: string, offset: number) => Item;
}

const NAKED = /[$_]([\p{L}][\p{L}\p{N}_]*)(?:'s\s+[\p{L}\p{N}]+)*/uy;
const CONTINUED = /\\\n/y;
const JOINED = /\s*\+\s*(?=[($])/y;
const HOOK_NAME = /\|([\p{L}\p{N}_-]+)(?:>|\))(?=\[)/uy;
const HOOK_AFTER = /<([\p{L}\p{N}_-]+)\|/uy;
const FENCE = /`{1,16}/y;
const LINE_START =
  /(#{1,6})\s*|([*]{1,6})[ \t]+|((?:0\.){1,6})[ \t]+|(-{3,})[ \t]*(?=\n|$)|(=+>|<=+>?|=+><=+|<==+>)[ \t]*(?=\n|$)/y;
const MARK = /''|\/\/|\*\*\*?|\*|~~|\^\^|[{}]/y;
const MARKS: Readonly<Record<string, string>> = {
  "''": '**',
  '//': '*',
  '**': '**',
  '***': '***',
  '*': '*',
  '~~': '~~',
};
const ADDRESS = /(?:https?|mailto|ftp):\/\/[^\s<>"'[\]()]+/y;
const PLAIN = /[^\n\\<[\]($_|'/*~^`{}#0=hmf-]+|[^]/y;

/** Takes a passage apart. */
export function tokensOf(text: string, base: number, host: TokenHost): Token[] {
  return new Tokenizer(text, base, host).within(0, text.length, 0);
}

class Tokenizer {
  readonly #scanner: Scanner;
  readonly #brackets: Brackets;
  #isLineStart = true;

  constructor(
    text: string,
    private readonly base: number,
    private readonly host: TokenHost,
  ) {
    this.#scanner = new Scanner(text);
    this.#brackets = bracketsIn(text);
  }

  /** The tokens from one place to another. */
  within(from: number, to: number, depth: number): Token[] {
    const scanner = this.#scanner;
    const tokens: Token[] = [];
    let items = new Items();
    const push = (token: Token) => {
      const words = items.done();
      if (words.length > 0) tokens.push({ kind: 'items', items: words });
      items = new Items();
      tokens.push(token);
    };
    scanner.position = from;
    while (scanner.position < to) {
      const token = depth < DEEPEST ? (this.#macro(depth) ?? this.#hook(depth)) : undefined;
      if (token !== undefined) {
        push(token);
        this.#isLineStart = false;
      } else this.#item(items);
    }
    const rest = items.done();
    return rest.length > 0 ? [...tokens, { kind: 'items', items: rest }] : tokens;
  }

  #macro(depth: number): Macro | undefined {
    const scanner = this.#scanner;
    const start = scanner.position;
    const end = this.#brackets.get(start);
    const opening = scanner.at(MACRO_START, start);
    if (opening === undefined || end === undefined) return undefined;
    const argsFrom = start + opening[0].length;
    const args = scanner.text.slice(argsFrom, end);
    scanner.position = end + 1;
    const isJoined = this.#joined();
    const hookStart = this.#hookStart();
    const code = {
      ...{ kind: 'macro' as const, name: opening[1]!, args: args.trim(), isJoined },
      ...{ offset: this.base + start, argsAt: this.base + argsFrom },
    };
    const after = scanner.position;
    if (hookStart === undefined) {
      const source = scanner.text.slice(start, after);
      return { ...code, source, opening: source };
    }
    const hook = this.#inside(hookStart, depth);
    const source = scanner.text.slice(start, scanner.position);
    return { ...code, source, opening: scanner.text.slice(start, hookStart + 1), hook };
  }

  /** Takes changers that are joined to the one before. */
  #joined(): boolean {
    const scanner = this.#scanner;
    const start = scanner.position;
    let isJoined = false;
    while (scanner.take(JOINED) !== undefined) {
      const end = this.#brackets.get(scanner.position);
      if (end !== undefined) scanner.position = end + 1;
      else if (scanner.take(NAKED) === undefined) {
        scanner.position = start;
        return isJoined;
      }
      isJoined = true;
    }
    return isJoined;
  }

  /** Where the hook begins that is attached here. */
  #hookStart(): number | undefined {
    const scanner = this.#scanner;
    const space = scanner.at(/\s*/y, scanner.position)![0].length;
    const start = scanner.position + space;
    return !this.#isLink(start) && scanner.text[start] === '[' && this.#brackets.has(start)
      ? start
      : undefined;
  }

  /** Three brackets are a hook that begins with a link. */
  #isLink(start: number): boolean {
    const { text } = this.#scanner;
    return text.startsWith('[[', start) && !text.startsWith('[[[', start);
  }

  #inside(start: number, depth: number): Token[] {
    const end = this.#brackets.get(start)!;
    const tokens = this.within(start + 1, end, depth + 1);
    this.#scanner.position = end + 1;
    return tokens;
  }

  #hook(depth: number): Hook | undefined {
    const scanner = this.#scanner;
    const start = scanner.position;
    const before = scanner.take(HOOK_NAME);
    const hookStart = scanner.position;
    const isHook =
      scanner.text[hookStart] === '[' && this.#brackets.has(hookStart) && !this.#isLink(hookStart);
    if (!isHook) {
      scanner.position = start;
      return undefined;
    }
    const body = this.#inside(hookStart, depth);
    const after = scanner.take(HOOK_AFTER);
    const source = scanner.text.slice(start, scanner.position);
    const hookName = before?.[1] ?? after?.[1];
    const isHidden = before?.[0].endsWith(')') ?? false;
    return { kind: 'hook', offset: this.base + start, source, hookName, isHidden, body };
  }

  #item(items: Items): void {
    const scanner = this.#scanner;
    const offset = this.base + scanner.position;
    if (this.#special(items, offset) || this.#formatting(items, offset)) {
      this.#isLineStart = false;
      return;
    }
    const words = scanner.take(PLAIN)![0];
    this.#isLineStart = words === '\n' || (this.#isLineStart && words.trim() === '');
    items.words(words);
  }

  #special(items: Items, offset: number): boolean {
    const scanner = this.#scanner;
    const link = scanner.take(TWINE_LINK);
    if (link !== undefined) {
      items.add(twineLink(link, offset, this.host));
      return true;
    }
    const fence = scanner.take(FENCE)?.[0];
    const words = fence === undefined ? scanner.take(ADDRESS)?.[0] : (scanner.upTo(fence) ?? fence);
    if (words !== undefined) {
      items.words(words);
      return true;
    }
    const naked = scanner.take(NAKED)?.[0];
    if (naked !== undefined) {
      items.add(this.host.naked(naked, offset));
      return true;
    }
    const html =
      scanner.text[scanner.position] === '<' ? readHtml(scanner, this.base, this.host) : undefined;
    if (html !== undefined) items.addAll(html);
    return html !== undefined || scanner.take(CONTINUED) !== undefined;
  }

  #formatting(items: Items, offset: number): boolean {
    const scanner = this.#scanner;
    const start = this.#isLineStart ? scanner.take(LINE_START) : undefined;
    if (start !== undefined) {
      const isAligned = start[5] !== undefined;
      items.addAll([formatting(start[0], offset, !isAligned), markup(lineMarkup(start))]);
      return true;
    }
    const mark = scanner.take(MARK)?.[0];
    if (mark === undefined) return false;
    const isMapped = Object.hasOwn(MARKS, mark);
    items.addAll([formatting(mark, offset, isMapped), markup(MARKS[mark] ?? '')]);
    return true;
  }
}

const formatting = (source: string, offset: number, isMapped: boolean): Item => ({
  ...{ kind: 'note', name: source.trim().slice(0, 2), offset, source },
  ...(isMapped
    ? { outcome: 'mapped' }
    : { outcome: 'dropped', why: 'Its formatting has no like here; what it holds stays.' }),
});

function lineMarkup([, heading, bullets, numbers, rule]: RegExpExecArray): string {
  if (heading !== undefined) return `${'#'.repeat(heading.length)} `;
  if (bullets !== undefined) return `${'  '.repeat(bullets.length - 1)}- `;
  if (numbers !== undefined) return `${'  '.repeat(numbers.length / 2 - 1)}1. `;
  return rule === undefined ? '' : '---';
}
