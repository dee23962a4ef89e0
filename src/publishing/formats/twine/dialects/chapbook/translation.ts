import { commonSpecial, type Dialect } from '../common/dialect.js';
import { readHtml, type HtmlHost } from '../common/html.js';
import { callsIn, twineLink } from '../common/links.js';
import { Scanner } from '../common/scanner.js';
import { Items } from '../common/text-run.js';
import { TWINE_LINK } from '../common/twine-link.js';
import type { Item } from '../common/tree.js';
import { INSERT, insertItems } from './inserts.js';
import { blocksOf, modifiedItems } from './modifiers.js';
import { readVars } from './vars.js';

/** Chapbook: https://klembot.github.io/chapbook/guide/ @param start the passage that the story starts at */
export const chapbook = (start: string): Dialect => ({
  parse: (text) => {
    const { items, end } = readVars(text);
    const reader = new TextReader(start);
    const blocks = blocksOf(text.slice(end), end);
    return [...items, ...modifiedItems(blocks, (block) => reader.items(block.text, block.textAt))];
  },
  special: commonSpecial,
  codeLinks,
  isMarkdown: true,
  duplicates: 'first',
});

const codeLinks = callsIn(/\b(?:engine\.)?go\(/g);

const WORDS = /[^\\<[{]+|[^]/y;

class TextReader {
  readonly #host: HtmlHost;

  constructor(private readonly start: string) {
    const parse = (text: string, offset: number) => this.items(text, offset);
    this.#host = { parse, assignments: () => [], linksIn: codeLinks };
  }

  items(text: string, base: number): Item[] {
    const scanner = new Scanner(text);
    const items = new Items();
    while (!scanner.isAtEnd) {
      if (!this.#special(scanner, base, items)) items.words(scanner.take(WORDS)![0]);
    }
    return items.done();
  }

  #special(scanner: Scanner, base: number, items: Items): boolean {
    const offset = base + scanner.position;
    const link = scanner.take(TWINE_LINK);
    if (link !== undefined) {
      items.add(twineLink(link, offset, this.#host));
      return true;
    }
    const html = readHtml(scanner, base, this.#host);
    if (html !== undefined) {
      items.addAll(html);
      return true;
    }
    const escaped = scanner.take(/\\[{[]/y)?.[0];
    if (escaped !== undefined) items.words(escaped === '\\{' ? '{' : escaped);
    return escaped !== undefined || this.#insert(scanner, offset, items);
  }

  #insert(scanner: Scanner, offset: number, items: Items): boolean {
    const found = scanner.at(INSERT, scanner.position);
    if (found === undefined) return false;
    const [source, inner] = found as unknown as [string, string];
    const parse = this.#host.parse;
    const insert = insertItems({ name: '{ }', offset, source }, inner, this.start, parse);
    scanner.position += source.length;
    if (insert === undefined) items.words(source);
    else items.addAll(insert);
    return true;
  }
}
