import type { TwinePassage } from '../../twine-story.js';
import { DEEPEST, type Item } from './tree.js';

/** A passage that was read. */
export interface Readable {
  readonly passage: TwinePassage;
  readonly items: readonly Item[];
  /** The key of the node that it becomes, or null. */
  readonly key: string | null;
}

/** How deep passages may include each other. */
const DEEPEST_INCLUDE = DEEPEST / 4;
/** How many times the length of the story all that is included may have, so that it stays in proportion to it. */
const MOST_INCLUDED = 2;

/** Finds passages to include, and sees to it that a story does not become endless by them. */
export class Includes {
  readonly #byName: ReadonlyMap<string, Readable>;
  #left: number;

  /** @param keys of the passages that links lead to, by their names */
  constructor(passages: readonly Readable[], keys: ReadonlyMap<string, string>) {
    const counting = passages.filter(
      ({ passage: { name }, key }) => (keys.get(name) ?? null) === key,
    );
    this.#byName = new Map(counting.map((read) => [read.passage.name, read]));
    const length = passages.reduce((sum, { passage }) => sum + passage.text.length, 0);
    this.#left = MOST_INCLUDED * length + 10_000;
  }

  /** @returns the items of a passage, or why it is not included */
  readonly find = (name: string, within: readonly string[]): readonly Item[] | string => {
    const found = this.#byName.get(name);
    if (found === undefined) return 'There is no such passage.';
    if (within.includes(name)) return 'It includes itself.';
    if (within.length > DEEPEST_INCLUDE) return 'Passages include each other too deeply.';
    if (found.passage.text.length + 100 > this.#left) return 'The story includes too much.';
    this.#left -= found.passage.text.length + 100;
    return found.items;
  };
}
