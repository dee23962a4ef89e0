import type { TwinePassage } from '../../twine-story.js';
import type { Special } from './dialect.js';
import { Recorder } from './recorder.js';
import { everyItem, type Item } from './tree.js';

interface Names {
  readonly exists: (passage: string) => boolean;
  readonly isDeclared: (variable: string) => boolean;
}

/** Takes down the links and constructs of a passage that becomes no node: what it sets at first, and what is dropped. */
export function recordSpecial(
  { name, text }: TwinePassage,
  { isInit, why }: Special,
  items: readonly Item[],
  { exists, isDeclared }: Names,
): Recorder {
  const recorder = new Recorder(name, text, exists);
  for (const item of everyItem(items)) {
    if (item.kind === 'link' && item.target === undefined) recorder.construct(item, 'dropped', why);
    else if (item.kind === 'link' || item.kind === 'goto') {
      recorder.link(item, item.linkKind, item.target!, 'dropped', why, item.isBack);
    } else if ('name' in item) {
      const isFirst = isInit === true && item.kind === 'set' && items.includes(item);
      const isMapped = isFirst && item.changes.every((change) => isDeclared(change.name));
      if (isMapped) recorder.construct(item, 'mapped');
      else recorder.construct(item, 'dropped', why);
    }
  }
  return recorder;
}
