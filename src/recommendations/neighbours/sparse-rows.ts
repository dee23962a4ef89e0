/**
 * Rows of stories with their weights: a row for each reader, of what they liked, or for each thing that stories are about. It
 * is kept in flat arrays, as there are millions of entries.
 */
export interface SparseRows {
  /** Where each row begins in the arrays below, and at last where the last one ends. */
  readonly starts: Int32Array;
  readonly stories: Int32Array;
  readonly weights: Float64Array;
}

/** Numbers stories from 0 on, in the order that they are first met in. */
export class StoryNumbers {
  readonly ids: number[] = [];
  readonly #numbers = new Map<number, number>();

  of(storyId: number): number {
    const known = this.#numbers.get(storyId);
    if (known !== undefined) return known;
    this.#numbers.set(storyId, this.ids.length);
    return this.ids.push(storyId) - 1;
  }
}

const SPACE = 32;
const NEWLINE = 10;
const ZERO = 48;

/** @param texts lines of whole numbers, each a row: a story, its weight, the next story, its weight and so on */
export function readRows(texts: readonly string[], numbers: StoryNumbers): SparseRows {
  const starts = [0];
  const stories: number[] = [];
  const weights: number[] = [];
  for (const text of texts) {
    let value = 0;
    let isWeight = false;
    for (let at = 0; at <= text.length; at++) {
      const code = at < text.length ? text.charCodeAt(at) : NEWLINE;
      if (code !== SPACE && code !== NEWLINE) {
        value = value * 10 + code - ZERO;
        continue;
      }
      if (isWeight) weights.push(value);
      else stories.push(numbers.of(value));
      isWeight = !isWeight;
      value = 0;
      if (code === NEWLINE) starts.push(stories.length);
    }
  }
  return {
    starts: Int32Array.from(starts),
    stories: Int32Array.from(stories),
    weights: Float64Array.from(weights),
  };
}

/** For each story, in which rows it stands, and at which place of the arrays. */
export interface Occurrences {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly places: Int32Array;
}

export function occurrencesIn({ starts, stories }: SparseRows, storyCount: number): Occurrences {
  const begins = new Int32Array(storyCount + 1);
  for (const story of stories) begins[story + 1]! += 1;
  for (let story = 0; story < storyCount; story++) begins[story + 1]! += begins[story]!;
  const next = begins.slice();
  const rows = new Int32Array(stories.length);
  const places = new Int32Array(stories.length);
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let place = starts[row]!; place < starts[row + 1]!; place++) {
      const at = next[stories[place]!]!++;
      rows[at] = row;
      places[at] = place;
    }
  }
  return { starts: begins, rows, places };
}
