import type { Assignment } from './expression.js';
import type { Scanner } from './scanner.js';
import { markup, text, type Construct, type Goto, type Item } from './tree.js';

/** How a format reads what stands within HTML. */
export interface HtmlHost {
  readonly parse: (text: string, offset: number) => readonly Item[];
  readonly assignments: (code: string) => readonly Assignment[];
  /** The links that code has within. */
  readonly linksIn: (code: string, offset: number) => readonly Goto[];
}

const TAG =
  /<(\/?)([a-zA-Z][\w-]*)((?:\s+[^<>"'=\s/]{1,100}(?:\s*=\s*(?:"[^"]{0,2000}"|'[^']{0,2000}'|[^\s"'<>]{1,2000}))?){0,50})\s*\/?>/y;
const ATTRIBUTE = /([^<>"'=\s/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g;

/** Elements whose contents are no text. */
const RAW = ['script', 'style', 'svg', 'audio', 'video', 'iframe', 'select', 'textarea'];

const INLINE: Readonly<Record<string, string>> = {
  b: '**',
  strong: '**',
  i: '*',
  em: '*',
  s: '~~',
  del: '~~',
  strike: '~~',
};

/** The most characters within an element that is a link, as within `[[` and `]]`: so links nest only so deep. */
const LONGEST_LINK = 2000;

const PARAGRAPHS = ['p', 'div', 'section', 'article', 'ul', 'ol', 'blockquote', 'table', 'center'];
const HEADING = /^h[1-6]$/;

/** Reads the HTML at this place, if there is any: formatting becomes Markdown, other tags give way to what they hold. */
export function readHtml(scanner: Scanner, base: number, host: HtmlHost): Item[] | undefined {
  const offset = base + scanner.position;
  const comment = scanner.between('<!--', '-->');
  if (comment !== undefined) return [commentItem('<!-- -->', offset, `<!--${comment}-->`)];
  // What begins with two of these signs is no HTML, but a macro of some format.
  const isMacro = scanner.text[scanner.position - 1] === '<';
  const tag = isMacro ? undefined : scanner.take(TAG);
  if (tag === undefined) return undefined;
  const name = tag[2]!.toLowerCase();
  if (tag[1] === '/') return closing(name);
  const construct: Construct = { name: `<${name}>`, offset, source: tag[0] };
  const isEmpty = tag[0].endsWith('/>');
  const attributes = attributesIn(tag[3]!);
  if (RAW.includes(name)) return raw(scanner, construct, name, isEmpty, host);
  const link = isEmpty ? undefined : linkOf(scanner, construct, name, attributes, host);
  if (link !== undefined) return link;
  const code = [...attributes].flatMap(([key, value]) =>
    key.startsWith('on') ? host.linksIn(value, offset) : [],
  );
  return [...opening(scanner, construct, name, attributes), ...code];
}

/** A comment of the author’s, which readers never see. */
export const commentItem = (name: string, offset: number, source: string): Item => ({
  ...{ kind: 'note', name, offset, source, outcome: 'dropped', why: 'A comment.' },
});

function attributesIn(code: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name, double, single, bare] of code.matchAll(ATTRIBUTE)) {
    attributes.set(name!.toLowerCase(), dereferenced(double ?? single ?? bare ?? ''));
  }
  return attributes;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** A text without the character references that attributes cannot do without. */
const dereferenced = (text: string): string =>
  text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi,
    (reference, decimal?: string, hexadecimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()]!;
      const code = decimal === undefined ? parseInt(hexadecimal!, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : reference;
    },
  );

/** A script or the like, whole. */
function raw(
  scanner: Scanner,
  construct: Construct,
  name: string,
  isEmpty: boolean,
  host: HtmlHost,
): Item[] {
  const inner = isEmpty ? undefined : scanner.upTo(`</${name}>`);
  const source = inner === undefined ? construct.source : `${construct.source}${inner}</${name}>`;
  const why = 'It is no text, and HTML has no effect here.';
  const links = host.linksIn(inner ?? '', construct.offset + construct.source.length);
  return [{ kind: 'code', ...construct, source, why }, ...links];
}

/** An element that leads to a passage, or to a page of the web. */
function linkOf(
  scanner: Scanner,
  construct: Construct,
  name: string,
  attributes: ReadonlyMap<string, string>,
  host: HtmlHost,
): Item[] | undefined {
  const target = attributes.get('data-passage');
  const script = attributes.get('onclick') ?? '';
  const [followed] = target === undefined ? host.linksIn(script, construct.offset) : [];
  const href = name === 'a' ? attributes.get('href') : undefined;
  const isWeb = href !== undefined && /^https?:\/\/[^\s()<>{}[\]\\]{1,1000}$/.test(href);
  if (target === undefined && followed === undefined && !isWeb) return undefined;
  const start = scanner.position;
  const inner = scanner.upTo(`</${name}>`, start, LONGEST_LINK);
  if (inner === undefined && isWeb && target === undefined) return undefined;
  const label = host.parse(inner ?? '', construct.offset + construct.source.length);
  if (isWeb && target === undefined && followed === undefined) {
    const note: Item = { kind: 'note', ...construct, outcome: 'mapped' };
    return [note, markup('['), ...label, markup(`](${href})`)];
  }
  const end = inner === undefined ? start : scanner.position;
  const source = construct.source + scanner.text.slice(start, end);
  const setter = attributes.get('data-setter');
  const linkKind = target !== undefined ? 'literal' : followed!.linkKind;
  const inside: Item[] =
    setter === undefined
      ? []
      : [{ kind: 'set', ...construct, name: 'data-setter', changes: host.assignments(setter) }];
  return [
    {
      kind: 'link',
      ...construct,
      source,
      linkKind,
      target: target ?? followed!.target,
      label,
      inner: inside,
    },
  ];
}

function opening(
  scanner: Scanner,
  construct: Construct,
  name: string,
  attributes: ReadonlyMap<string, string>,
): Item[] {
  const note = (outcome: 'mapped' | 'dropped' | 'kept', why?: string): Item => ({
    kind: 'note',
    ...construct,
    outcome,
    ...(why !== undefined && { why }),
  });
  const block = (opens: string): Item[] => {
    scanner.take(/\s+/y);
    return [note('mapped'), markup(`\n\n${opens}`)];
  };
  if (name === 'br') return [note('mapped'), text('\n')];
  if (name === 'hr') return [note('mapped'), markup('\n\n---'), markup('\n\n')];
  if (name === 'li') return [...block('').slice(0, 1), markup('\n- ')];
  if (HEADING.test(name)) return block(`${'#'.repeat(Number(name[1]))} `);
  if (PARAGRAPHS.includes(name)) return block('');
  if (Object.hasOwn(INLINE, name)) return [note('mapped'), markup(INLINE[name]!)];
  if (name === 'img') return [note('kept', pictureOf(attributes))];
  return [note('dropped', 'Its formatting has no like here; what it holds stays.')];
}

const pictureOf = (attributes: ReadonlyMap<string, string>): string =>
  `Pictures are not in texts: ${attributes.get('alt') || 'one without a description'}.`;

function closing(name: string): Item[] {
  if (HEADING.test(name) || PARAGRAPHS.includes(name)) return [markup('\n\n')];
  return Object.hasOwn(INLINE, name) ? [markup(INLINE[name]!)] : [];
}
