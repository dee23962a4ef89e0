/** What stands between `[[` and `]]`. */
export interface TwineLink {
  readonly label: string;
  /** The name of a passage, or code that gives it. */
  readonly target: string;
  /** The code of a setter link: what its second pair of brackets holds. */
  readonly setter?: string;
}

/**
 * Reads `text->target`, `target<-text`, `text|target` or `target`, with a setter or without. Of several arrows the last
 * one to the right counts, and the first one to the left.
 */
export function parseTwineLink(inner: string): TwineLink {
  const split = inner.indexOf('][');
  const setter = split < 0 ? undefined : inner.slice(split + 2).trim();
  const link = split < 0 ? inner : inner.slice(0, split);
  return { ...parts(link), ...(setter ? { setter } : {}) };
}

function parts(link: string): { label: string; target: string } {
  const right = link.lastIndexOf('->');
  if (right >= 0) return pair(link.slice(0, right), link.slice(right + 2));
  const left = link.indexOf('<-');
  if (left >= 0) return pair(link.slice(left + 2), link.slice(0, left));
  const bar = link.indexOf('|');
  if (bar >= 0) return pair(link.slice(0, bar), link.slice(bar + 1));
  return pair(link, link);
}

const pair = (label: string, target: string) => ({
  label: label.trim() || target.trim(),
  target: target.trim(),
});

/** `[[`, up to the next `]]`, on one line. */
export const TWINE_LINK = /\[\[((?:[^[\]\n]|\](?!\])|\[(?!\[)){1,2000}?)\]\]/y;
