import { setImmediate } from 'node:timers/promises';
import { withoutLiquid } from '../engine/core/templates/pieces.js';

/** How many words a reader reads in a minute. */
const A_MINUTE = 200;

/** How long, in milliseconds, words are counted before others get a turn. */
const A_TURN = 8;

/** Scripts that put no space between words: where those begin takes a dictionary to tell. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** A word of all other scripts: letters and digits, with what joins them, as in don’t and 3,000. */
const WORD = /[\p{L}\p{M}\p{N}]+(?:(?:['’.]|(?<=\p{N}),(?=\p{N}))[\p{L}\p{M}\p{N}]+)*/gu;

/** Where a Markdown link leads, or what a picture is made from. */
const LINK_TARGETS = /\]\([^()\n]*\)/g;

/** What keeps a mark of punctuation from being one of Markdown. */
const ESCAPES = /\\(?=[!-/:-@[-`{-~])/g;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** How many words an author’s text has, without its Liquid, its comments and its Markdown marks. Every branch counts. */
export function countWords(text: string): number {
  const prose = withoutLiquid(text).replaceAll(LINK_TARGETS, ']').replaceAll(ESCAPES, '');
  if (!UNSPACED.test(prose)) return prose.match(WORD)?.length ?? 0;
  let count = 0;
  for (const { isWordLike } of segmenter.segment(prose)) if (isWordLike === true) count++;
  return count;
}

/** How many words each of some texts has. Others get a turn meanwhile. */
export async function countEach(texts: Iterable<string>): Promise<number[]> {
  const counts: number[] = [];
  let since = performance.now();
  for (const text of texts) {
    counts.push(countWords(text));
    if (performance.now() - since < A_TURN) continue;
    await setImmediate();
    since = performance.now();
  }
  return counts;
}

/** How many words many texts have together. Others get a turn meanwhile. */
export const countAllWords = async (texts: Iterable<string>): Promise<number> =>
  (await countEach(texts)).reduce((sum, count) => sum + count, 0);

/** How long reading takes, in minutes: one at least, where there is anything to read. */
export const minutesFor = (words: number): number => Math.ceil(words / A_MINUTE);
