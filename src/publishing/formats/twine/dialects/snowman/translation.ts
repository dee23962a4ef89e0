import { commonSpecial, type Dialect } from '../common/dialect.js';
import { readHtml, type HtmlHost } from '../common/html.js';
import { callsIn, twineLink } from '../common/links.js';
import { Scanner } from '../common/scanner.js';
import { Items } from '../common/text-run.js';
import { TWINE_LINK } from '../common/twine-link.js';
import type { Item } from '../common/tree.js';
import { assignments, expression } from './expressions.js';
import { Statements, type Token } from './statements.js';

/** Snowman 1 and 2: https://videlais.github.io/snowman/ */
export const snowman: Dialect = {
  parse: (text) => parse(text, 0),
  special: commonSpecial,
  codeLinks: callsIn(/\bstory\.show\(/g),
  isMarkdown: true,
  duplicates: 'first',
};

const HOST: HtmlHost = { parse, assignments, linksIn: snowman.codeLinks };

const WORDS = /[^<[/]+|[^]/y;

function parse(text: string, base: number): Item[] {
  return new Statements(tokensOf(text, base), snowman.codeLinks).all();
}

function tokensOf(text: string, base: number): Token[] {
  const scanner = new Scanner(text);
  const tokens: Token[] = [];
  let items = new Items();
  while (!scanner.isAtEnd) {
    const offset = base + scanner.position;
    const code = scanner.between('<%', '%>');
    if (code === undefined) textItem(scanner, base, items);
    else if (/^[=-]/.test(code)) {
      const value = expression(code.slice(1).trim());
      items.add({ kind: 'print', name: '<%= %>', offset, source: `<%${code}%>`, value });
    } else {
      tokens.push({ kind: 'items', items: items.done() });
      items = new Items();
      tokens.push({ kind: 'code', offset, source: `<%${code}%>`, code: code.trim() });
    }
  }
  tokens.push({ kind: 'items', items: items.done() });
  return tokens;
}

function textItem(scanner: Scanner, base: number, items: Items): void {
  const offset = base + scanner.position;
  const link = scanner.take(TWINE_LINK);
  const html = link === undefined ? readHtml(scanner, base, HOST) : undefined;
  if (link !== undefined) items.add(twineLink(link, offset, HOST));
  else if (html !== undefined) items.addAll(html);
  else items.words(scanner.take(WORDS)![0]);
}
