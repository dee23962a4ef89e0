import type { TwinePassage } from '../../twine-story.js';
import { commonSpecial, type Dialect, type Special } from '../common/dialect.js';
import { callsIn, twineLink } from '../common/links.js';
import { Items } from '../common/text-run.js';
import type { Item } from '../common/tree.js';
import { assignments, expression } from './expressions.js';
import { macroItems } from './macros.js';
import { targetOf } from './targets.js';
import { tokensOf, type TokenHost } from './tokenizer.js';
import { treeOf, type Node } from './tree.js';

/** SugarCube 2: https://www.motoslave.net/sugarcube/2/docs/ */
export const sugarcube: Dialect = {
  parse: (text) => parse(text, 0),
  special,
  codeLinks: callsIn(/\bEngine\.(?:play|goto)\(/g),
  isMarkdown: false,
  duplicates: 'last',
};

const HOST: TokenHost = {
  parse: (text, offset) => parse(text, offset),
  assignments,
  linksIn: sugarcube.codeLinks,
  link: (found, offset) => twineLink(found, offset, { parse: HOST.parse, assignments, targetOf }),
  picture,
  naked: (source, offset) => ({
    ...{ kind: 'print', name: '$variable', offset, source, value: expression(source) },
  }),
};

function parse(text: string, offset: number): Item[] {
  return itemsOf(treeOf(tokensOf(text, offset, HOST)));
}

function itemsOf(nodes: readonly Node[]): Item[] {
  const items = new Items();
  for (const node of nodes) {
    items.addAll('items' in node ? node.items : macroItems(node, MACROS));
  }
  return items.done();
}

const MACROS = { itemsOf, parse: HOST.parse, linksIn: sugarcube.codeLinks };

function picture([source, shown, target]: RegExpExecArray, offset: number): Item {
  const construct = { name: '[img[ ]]', offset, source };
  const title = shown!.includes('|') ? shown!.split('|', 1)[0]! : '';
  if (target === undefined) {
    return { kind: 'code', ...construct, why: `Pictures are not in texts: ${shown!.trim()}.` };
  }
  const name = targetOf(target);
  const linkKind = name === null ? 'computed' : 'literal';
  const label: Item[] = [{ kind: 'text', text: title.trim() || target }];
  return { kind: 'link', ...construct, linkKind, target: name, label, inner: [] };
}

function special(passage: TwinePassage): Special | undefined {
  const { name, tags } = passage;
  if (name === 'StoryInit' || tags.includes('init')) {
    return { why: 'What happens before the story begins.', isInit: true };
  }
  const tag = tags.find(
    (each) => each === 'widget' || /^Twine\.(image|audio|video|vtt)$/.test(each),
  );
  if (tag === 'widget') return { why: 'Macros of the story’s own.' };
  if (tag !== undefined) return { why: 'A picture, a sound or the like.', isCode: true };
  const why = Object.hasOwn(SPECIAL, name) ? SPECIAL[name] : undefined;
  return why === undefined ? commonSpecial(passage) : { why };
}

const SPECIAL: Readonly<Record<string, string>> = {
  StoryMenu: 'The menu of the story.',
  StoryCaption: 'What stands beside every passage.',
  StoryAuthor: 'The author of the story.',
  StoryBanner: 'What stands beside every passage.',
  StorySubtitle: 'The subtitle of the story.',
  StoryDisplayTitle: 'The title of the story.',
  StoryInterface: 'How pages of the story are built.',
  StoryShare: 'Links for sharing the story.',
  PassageHeader: 'What stands above every passage.',
  PassageFooter: 'What stands below every passage.',
  PassageReady: 'What happens before every passage.',
  PassageDone: 'What happens after every passage.',
};
