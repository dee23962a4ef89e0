import { isDeepStrictEqual } from 'node:util';
import type { DocumentChoice, DocumentNode } from '../../story-document.js';
import type { CarriedNode } from './carried.js';

/** What only comments say of a node, and what to call it. */
const OF_NODES = {
  type: 'the type',
  ending: 'the collected ending',
  endingKind: 'the kind of the ending',
  chapter: 'the chapter',
  image: 'the image',
  audio: 'the recording',
} as const;

/** What only comments say of a choice, and what to call it. */
const OF_CHOICES = {
  condition: 'the condition',
  lockedText: 'the reason that it is locked',
  consequences: 'the consequences',
  check: 'the dice check',
  puzzle: 'the puzzle',
  failTo: 'the way on when it fails',
  afterSeconds: 'the time limit',
} as const;

/**
 * The node of a passage that was changed after Talegraph had written it: what its code says, and what its comments say
 * as they said before.
 * @param read what its code says
 * @param before what it was
 */
export function merged(
  read: DocumentNode,
  before: DocumentNode,
  { is = {} }: CarriedNode,
  text: string,
  warn: (message: string) => void,
): DocumentNode {
  const lost = (what: string) => {
    warn(`This passage was changed in Twine, and ${what} is not read from it: set it again here.`);
  };
  const said = saidIn(text);
  const kept = Object.entries(OF_NODES).filter(([field, name]) => {
    const value = before[field as keyof DocumentNode];
    if (value === undefined || isDeepStrictEqual(value, read[field as keyof DocumentNode]))
      return false;
    const isSaid = said.has(saying(field, value)) && canStay(field, before, read);
    if (!isSaid) lost(name);
    return isSaid;
  });
  for (const effect of is.effects ?? []) {
    if (!read.effects?.some((each) => isDeepStrictEqual(each, effect))) {
      lost(`the effect ${effect.op} ${effect.target}`);
    }
  }
  if (/\{[{%]/.test(is.content ?? '') && !/\{[{%]/.test(read.content)) lost('Liquid of its text');
  const choices = mergedChoices(read, is.choices, said, lost);
  return {
    ...read,
    ...Object.fromEntries(kept.map(([field]) => [field, before[field as keyof DocumentNode]])),
    ...(choices !== undefined && { choices }),
  };
}

/** An ending that got more choices is none any more. */
const canStay = (field: string, before: DocumentNode, read: DocumentNode): boolean =>
  field === 'chapter' || (read.choices?.length ?? 0) <= (before.choices?.length ?? 0);

function mergedChoices(
  { choices = [] }: DocumentNode,
  before: readonly DocumentChoice[] = [],
  said: ReadonlySet<string>,
  lost: (what: string) => void,
): readonly DocumentChoice[] | undefined {
  const merged = [...choices];
  for (const known of before) {
    const at = merged.findIndex(({ text, to }) => text === known.text && to === known.to);
    const read = merged[at];
    const of = `of the choice “${known.text}”`;
    const kept = Object.entries(OF_CHOICES).filter(([field, name]) => {
      const value = known[field as keyof DocumentChoice];
      if (value === undefined || isDeepStrictEqual(value, read?.[field as keyof DocumentChoice]))
        return false;
      const isSaid =
        read !== undefined &&
        (field === 'failTo' ? said.has(field) : said.has(saying(field, value)));
      if (!isSaid) lost(`${name} ${of}`);
      return isSaid;
    });
    for (const effect of known.effects ?? []) {
      if (!read?.effects?.some((each) => isDeepStrictEqual(each, effect))) {
        lost(`the effect ${effect.op} ${effect.target} ${of}`);
      }
    }
    if (read === undefined) continue;
    merged[at] = {
      ...read,
      ...Object.fromEntries(kept.map(([field]) => [field, known[field as keyof DocumentChoice]])),
    };
  }
  return merged.length === 0 ? undefined : merged;
}

const saying = (field: string, value: unknown): string => `${field} ${JSON.stringify(value)}`;

/** All that the comments of Talegraph in a passage say. A way on goes there by the name of a passage. */
function saidIn(text: string): ReadonlySet<string> {
  const said = new Set<string>();
  for (const [, json] of text.matchAll(/talegraph: (\{[^\n]*?\}) (?:%\/|-->)/g)) {
    try {
      for (const [field, value] of Object.entries(
        JSON.parse(json!.replaceAll('%\\/', '%/')) as object,
      )) {
        said.add(saying(field, value));
        if (field === 'failTo') said.add(field);
      }
    } catch {
      // It was changed to what says nothing.
    }
  }
  return said;
}
