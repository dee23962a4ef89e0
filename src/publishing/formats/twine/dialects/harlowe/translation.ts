import type { TwinePassage } from '../../twine-story.js';
import { commonSpecial, type Dialect, type Special } from '../common/dialect.js';
import { callsIn } from '../common/links.js';
import { Items } from '../common/text-run.js';
import type { Item } from '../common/tree.js';
import { expression } from './expressions.js';
import { choosing, isCondition, macroItems, type MacroHost } from './macros.js';
import { tokensOf, type Hook, type Macro, type Token, type TokenHost } from './tokenizer.js';

/** Harlowe 2 and 3: https://twine2.neocities.org */
export const harlowe: Dialect = {
  parse: (text) => parse(text, 0),
  special,
  codeLinks: callsIn(/\b(?:Engine\.)?goToPassage\(/g),
  isMarkdown: false,
  duplicates: 'first',
};

const HOST: TokenHost = {
  parse: (text, offset) => parse(text, offset),
  assignments: () => [],
  linksIn: harlowe.codeLinks,
  naked: (source, offset) => ({
    ...{ kind: 'print', name: '$variable', offset, source, value: expression(source) },
  }),
};

const MACROS: MacroHost = { itemsOf, parse: HOST.parse };

function parse(text: string, offset: number): Item[] {
  return itemsOf(tokensOf(text, offset, HOST));
}

function itemsOf(tokens: readonly Token[]): Item[] {
  const items = new Items();
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.kind === 'items') items.addAll(token.items);
    else if (token.kind === 'hook') items.addAll(hook(token));
    else if (isCondition(token)) {
      const chain = chainAt(tokens, i);
      items.add(choosing(chain.macros, MACROS));
      i = chain.end;
    } else items.addAll(macroItems(token, MACROS));
  }
  return items.done();
}

/** The conditions that go on with the one at a place: with nothing but white space between. */
function chainAt(tokens: readonly Token[], start: number): { macros: Macro[]; end: number } {
  const macros = [tokens[start] as Macro];
  let end = start;
  for (let i = start + 1; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (isCondition(token) && /^else/i.test(token.name)) {
      macros.push(token);
      end = i;
    } else if (!isSpace(token)) break;
  }
  return { macros, end };
}

const isSpace = (token: Token): boolean =>
  token.kind === 'items' &&
  token.items.every((item) => item.kind === 'text' && item.text.trim() === '');

/** A hook shows what it holds, which code of the story may hide or change. */
function hook({ offset, source, hookName, isHidden, body }: Hook): Item[] {
  if (hookName === undefined) return itemsOf(body);
  const construct = { name: '|hook>', offset, source };
  if (!isHidden) return [{ kind: 'note', ...construct, outcome: 'mapped' }, ...itemsOf(body)];
  const why = 'What is hidden at first is shown at once.';
  const opening = source.slice(0, source.indexOf('[') + 1);
  return [{ kind: 'group', ...construct, source: opening, body: itemsOf(body), end: ']', why }];
}

function special(passage: TwinePassage): Special | undefined {
  const tag = passage.tags.find((each) => Object.hasOwn(TAGS, each));
  return tag === undefined ? commonSpecial(passage) : TAGS[tag];
}

const TAGS: Readonly<Record<string, Special>> = {
  startup: { why: 'What happens before the story begins.', isInit: true },
  header: { why: 'What stands above every passage.' },
  footer: { why: 'What stands below every passage.' },
  'debug-startup': { why: 'What happens while the story is tried.' },
  'debug-header': { why: 'What stands above every passage while the story is tried.' },
  'debug-footer': { why: 'What stands below every passage while the story is tried.' },
};
