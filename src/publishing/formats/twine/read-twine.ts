import { error } from '../place.js';
import { readTwineHtml } from './html-reader.js';
import { readTwineJson } from './json-reader.js';
import { isTweeHeader } from './twee-header.js';
import { readTwee } from './twee-reader.js';
import type { ReadTwine } from './twine-story.js';

/** An archive is HTML with several stories. */
export type TwineFormat = 'twee' | 'html' | 'json';

const READERS: Readonly<Record<TwineFormat, (file: string) => ReadTwine>> = {
  twee: readTwee,
  html: readTwineHtml,
  json: readTwineJson,
};

/**
 * Tells the format by what a file begins with, as a page may hold lines that look like Twee, and Twee what looks like a
 * page. What begins with `{` is taken for JSON.
 */
export const twineFormatOf = (file: string): TwineFormat | undefined => {
  const start = file.trimStart();
  const isPage = /<tw-storydata[\s>]/i.test(file);
  if (start.startsWith('{')) return 'json';
  if (start.startsWith('<') && isPage) return 'html';
  if (file.split('\n').some(isTweeHeader)) return 'twee';
  return isPage ? 'html' : undefined;
};

/** Reads a file in whichever of Twine’s formats it is. */
export const readTwine = (file: string): ReadTwine => {
  const format = twineFormatOf(file);
  if (format) return READERS[format](file);
  const message =
    'This is no Twine story: it must be Twee 3, Twine 2 HTML, a Twine 2 archive or Twine 2 JSON';
  const problems = [error({ code: 'UNKNOWN_FORMAT', message })];
  return { stories: [], problems, placeOf: () => undefined };
};
