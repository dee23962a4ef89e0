import { commonSpecial, type Dialect } from '../common/dialect.js';
import { readHtml, type HtmlHost } from '../common/html.js';
import { twineLink } from '../common/links.js';
import { Scanner } from '../common/scanner.js';
import { Items } from '../common/text-run.js';
import { TWINE_LINK } from '../common/twine-link.js';
import type { Item } from '../common/tree.js';

/** Any format that is not known: Twine’s own links, and HTML. */
export const plain: Dialect = {
  parse: (text) => parse(text, 0),
  special: commonSpecial,
  codeLinks: () => [],
  isMarkdown: true,
  duplicates: 'first',
};

const HOST: HtmlHost = { parse, assignments: () => [], linksIn: () => [] };

const WORDS = /[^<[]+|[^]/y;

function parse(text: string, base: number): Item[] {
  const scanner = new Scanner(text);
  const items = new Items();
  while (!scanner.isAtEnd) {
    const offset = base + scanner.position;
    const link = scanner.take(TWINE_LINK);
    const html = link === undefined ? readHtml(scanner, base, HOST) : undefined;
    if (link !== undefined) items.add(twineLink(link, offset, HOST));
    else if (html !== undefined) items.addAll(html);
    else items.words(scanner.take(WORDS)![0]);
  }
  return items.done();
}
