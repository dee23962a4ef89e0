import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readTwineHtml } from '../../../src/publishing/formats/twine/html-reader.js';
import {
  writeTwineArchive,
  writeTwineHtml,
} from '../../../src/publishing/formats/twine/html-writer.js';
import { readTwineJson } from '../../../src/publishing/formats/twine/json-reader.js';
import { writeTwineJson } from '../../../src/publishing/formats/twine/json-writer.js';
import { readTwine } from '../../../src/publishing/formats/twine/read-twine.js';
import { readTwee } from '../../../src/publishing/formats/twine/twee-reader.js';
import { writeTwee } from '../../../src/publishing/formats/twine/twee-writer.js';
import type { TwineStory } from '../../../src/publishing/formats/twine/twine-story.js';
import { anyStory, htmlStory, plainStory, tweeStory } from '../../support/twine-arbitrary.js';

const FORMATS = {
  twee: { read: readTwee, write: writeTwee },
  html: { read: readTwineHtml, write: writeTwineHtml },
  json: { read: readTwineJson, write: writeTwineJson },
};

const through = (format: keyof typeof FORMATS, story: TwineStory): TwineStory => {
  const { read, write } = FORMATS[format];
  const { stories } = read(write(story));
  expect(stories).toHaveLength(1);
  return stories[0]!;
};

/** Without the passages that Twee adds for what other formats say beside the passages. */
const withoutAdded = (read: TwineStory, { passages }: TwineStory): TwineStory => ({
  ...read,
  passages: read.passages.slice(read.passages.length - passages.length),
});

/** HTML names the start even where the default holds. */
const withStart = (story: TwineStory): TwineStory =>
  story.start === undefined && story.passages.some(({ name }) => name === 'Start')
    ? { ...story, start: 'Start' }
    : story;

const isApart = ({ name }: { name: string }) => name !== 'StoryTitle' && name !== 'StoryData';

/** A text that looks like the header of a passage that is spoken of. */
const ESCAPED_HEADER: TwineStory = {
  name: 'The Lamp',
  tagColors: { '::': 'red' },
  passages: [
    { name: '', tags: [], text: ':: ::' },
    { name: '', tags: [], text: '' },
  ],
};

describe('a story comes back the same', () => {
  test('from Twee', () => {
    fc.assert(
      fc.property(tweeStory, (story) => {
        expect(withoutAdded(through('twee', story), story)).toEqual(story);
      }),
      { numRuns: 500, examples: [[ESCAPED_HEADER]] },
    );
  });

  test('from HTML', () => {
    fc.assert(
      fc.property(htmlStory, (story) => {
        expect(through('html', story)).toEqual(withStart(story));
      }),
      { numRuns: 500 },
    );
  });

  test('from an archive', () => {
    fc.assert(
      fc.property(fc.array(htmlStory, { minLength: 1, maxLength: 3 }), (stories) => {
        expect(readTwineHtml(writeTwineArchive(stories)).stories).toEqual(stories.map(withStart));
      }),
      { numRuns: 100 },
    );
  });

  test('from JSON', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        expect(through('json', story)).toEqual(story);
      }),
      { numRuns: 500 },
    );
  });

  test('from Twee to HTML to JSON to Twee', () => {
    fc.assert(
      fc.property(plainStory, (story) => {
        const first = through('twee', story);
        const last = through('twee', through('json', through('html', first)));
        expect(last.passages.filter(isApart)).toEqual(first.passages.filter(isApart));
        expect({ ...last, passages: [] }).toEqual({ ...withStart(first), passages: [] });
      }),
      { numRuns: 500 },
    );
  });
});

test.each(['twee', 'html', 'json'] as const)(
  'whatever a story holds, %s says the same once it was read',
  (format) => {
    const { write } = FORMATS[format];
    fc.assert(
      fc.property(anyStory, (story) => {
        const once = through(format, story);
        const again = through(format, once);
        expect(again).toEqual(once);
        expect(write(again)).toBe(write(once));
      }),
      { numRuns: 500 },
    );
  },
);

describe('no file makes a reader throw', () => {
  const readAll = (file: string) =>
    [readTwee, readTwineHtml, readTwineJson, readTwine].map((read) => read(file));

  const isWhole = (file: string) => {
    const lines = file.split(/\r\n|\n|\r/).length;
    const places = readAll(file).flatMap(({ problems }) => problems.map(({ place }) => place));
    const lost = places.filter(
      (place) => place && !(place.line >= 1 && place.line <= lines && place.column >= 1),
    );
    expect(lost).toEqual([]);
  };

  test('of any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), isWhole), { numRuns: 1000 });
  });

  test('of a file that was damaged', () => {
    const damage = fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.nat({ max: 12 }),
        insert: fc.oneof(
          fc.constantFrom(
            '{',
            '}',
            '[',
            '"',
            '\\',
            '::',
            '\n',
            '<',
            '</',
            '-->',
            '<!--',
            '&#',
            '\0',
          ),
          fc.string({ unit: 'binary', maxLength: 3 }),
        ),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(
        anyStory,
        fc.constantFrom('twee', 'html', 'json'),
        damage,
        (story, format, all) => {
          isWhole(
            all.reduce(
              (file, { at, cut, insert }) => {
                const offset = Math.floor(at * file.length);
                return file.slice(0, offset) + insert + file.slice(offset + cut);
              },
              FORMATS[format as 'twee'].write(story),
            ),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});
