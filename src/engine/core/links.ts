import { proseLines, shortened } from './prose-lines.js';

/** What stands in a text as a link or a picture that readers cannot follow or see. */
export interface BrokenLink {
  /** Where it leads, as it is written. */
  readonly target: string;
  readonly isImage: boolean;
  readonly line: number;
  readonly column: number;
}

/** `[text](target)` and `![text](target)`, within a line. */
const INLINE = /(?<!\\)(!?)\[[^[\]\n]*\]\(([^()\n]*)\)/g;

/** `[name]: target`, which other links of the text go by. */
const NAMED = /^ {0,3}()\[[^[\]]+\]:[ \t]*(\S.*)/g;

/** A target, perhaps with a title after it; with anything else there it is no link. */
const TARGET = /^<?([^\s<>]*)>?(?:\s+["'].*)?$/;

const WEB = /^(?:https?|mailto):/i;

/**
 * Finds the links of a Markdown text that lead neither to the web nor to an address of mail, and its pictures. What
 * stands in code is none; a target that Liquid prints is not known. Linear in the length of the text.
 */
export function brokenLinks(text: string): BrokenLink[] {
  if (!text.includes('](') && !text.includes(']:')) return [];
  return proseLines(text).flatMap(({ text: prose, line }) =>
    [...prose.matchAll(INLINE), ...prose.matchAll(NAMED)].flatMap((found) => broken(found, line)),
  );
}

function broken(found: RegExpExecArray, line: number): BrokenLink[] {
  const [, mark, written = ''] = found;
  const [, target] = TARGET.exec(written.trim()) ?? [];
  const isImage = mark === '!';
  if (target === undefined || (!isImage && isFine(target))) return [];
  return [{ target, isImage, line, column: found.index + 1 }];
}

const isFine = (target: string): boolean => WEB.test(target) || target.startsWith('{');

/** What is wrong with it, in an author’s words. */
export const faultOf = ({ target, isImage }: BrokenLink): string =>
  isImage
    ? `Texts show no pictures, and so not ${shortened(target || 'nothing')}.`
    : `The link to ${shortened(target || 'nothing')} leads nowhere.`;

/** What to do about any of them. */
export const LINK_FIX =
  'Lead readers on by choices, link only to http, https and mailto, and show a picture as the image of the node.';
