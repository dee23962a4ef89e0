import { cutKey, FreeKeys, LONGEST_KEY } from '../../../free-key.js';
import type { TwinePassage } from '../../twine-story.js';

/**
 * The key of the node that each passage becomes. A name that may be a key is its own; others become like it, with a mark
 * that follows from the name where they would be alike. So keys stay the same while names do.
 * @param known the keys that passages have already
 */
export function keysOf(
  passages: readonly TwinePassage[],
  known: readonly (string | undefined)[] = [],
): string[] {
  const likes = passages.map(({ name }) => like(name));
  const counts = new Map<string, number>();
  passages.forEach(({ name }, i) => {
    if (likes[i] !== name) counts.set(likes[i]!, (counts.get(likes[i]!) ?? 0) + 1);
  });
  const names = new Set(passages.map(({ name }) => name));
  const keys = new FreeKeys();
  const own = known.map((key) => (key === undefined ? undefined : keys.take(key)));
  return passages.map(({ name }, i) => {
    if (own[i] !== undefined) return own[i];
    const key = likes[i]!;
    const isItsOwn = key === name || (counts.get(key) === 1 && !names.has(key) && !isCut(name));
    // A passage of the same name comes after the first one.
    return keys.take(isItsOwn ? key : marked(key, name));
  });
}

const isCut = (name: string): boolean => [...name].length > LONGEST_KEY;

const like = (name: string): string =>
  cutKey(
    name
      .normalize('NFC')
      .replaceAll(/[^\p{L}\p{N}_.-]+/gu, '-')
      .replaceAll(/^[_.-]+|(?<!-)-+$/g, ''),
    LONGEST_KEY,
  ) || 'passage';

const marked = (key: string, name: string): string =>
  `${cutKey(key, LONGEST_KEY - 8)}-${hash(name)}`;

/** Seven letters and digits that a name has for itself (FNV-1a). */
function hash(name: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash.toString(36).padStart(7, '0');
}
