import { describe, expect, test } from '@jest/globals';
import { readTwine, twineFormatOf } from '../../../src/publishing/formats/twine/read-twine.js';

/** What is read, without what finds places in it. */
const read = (file: string) => {
  const { placeOf: _, ...found } = readTwine(file);
  return found;
};

const HTML = '<tw-storydata name="A"></tw-storydata>';

describe('the format of a file', () => {
  test.each([
    [':: Start\nHello', 'twee'],
    ['\uFEFF\n:: Start\nHello', 'twee'],
    ['A comment\r\n\r\n::Start\r\nHello', 'twee'],
    [`:: Start\n${HTML}`, 'twee'],
    ['<b>Left out</b>\n:: Start', 'twee'],
    [HTML, 'html'],
    [` \n<html><style>\n::selection {}</style>${HTML.toUpperCase()}`, 'html'],
    [`A comment ${HTML}`, 'html'],
    [' \uFEFF{ "name": "A" }', 'json'],
    ['{ broken\n:: Start', 'json'],
    ['', undefined],
    ['Once upon a time', undefined],
    ['<p>Hello</p>', undefined],
    ['<tw-storydatabase>', undefined],
  ])('%j is %s', (file, format) => {
    expect(twineFormatOf(file)).toBe(format);
  });
});

test('a file is read in its format', () => {
  expect(read(':: StoryTitle\nA').stories[0]!.name).toBe('A');
  expect(read(HTML + HTML).stories.map(({ name }) => name)).toEqual(['A', 'A']);
  expect(read('{ "name": "A", "passages": [] }').stories[0]!.name).toBe('A');
});

test('a file in none of them is an error', () => {
  expect(read('Once upon a time')).toEqual({
    stories: [],
    problems: [
      {
        code: 'UNKNOWN_FORMAT',
        severity: 'error',
        message:
          'This is no Twine story: it must be Twee 3, Twine 2 HTML, a Twine 2 archive or Twine 2 JSON',
      },
    ],
  });
});
