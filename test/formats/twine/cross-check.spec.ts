import { describe, expect, test } from '@jest/globals';
import {
  parseJSON,
  parseTwee,
  parseTwine2ArchiveHTML,
  parseTwine2HTML,
  type Story as OtherStory,
} from 'extwee';
import fc from 'fast-check';
import { readTwineHtml } from '../../../src/publishing/formats/twine/html-reader.js';
import {
  writeTwineArchive,
  writeTwineHtml,
} from '../../../src/publishing/formats/twine/html-writer.js';
import { readTwineJson } from '../../../src/publishing/formats/twine/json-reader.js';
import { writeTwineJson } from '../../../src/publishing/formats/twine/json-writer.js';
import { readTwee } from '../../../src/publishing/formats/twine/twee-reader.js';
import { writeTwee } from '../../../src/publishing/formats/twine/twee-writer.js';
import type { TwineStory } from '../../../src/publishing/formats/twine/twine-story.js';

const word = fc
  .array(fc.constantFrom(...'aBé🙂[]{}\\"\'&<>:|', '->', '</b>'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

/**
 * Stories that the library reads and writes whole: it drops a passage whose name was there before and white space around
 * texts, keeps the backslash before `::`, decodes names twice in HTML, and drops a tag of two
 * quotation marks.
 */
const story: fc.Arbitrary<TwineStory> = fc
  .uniqueArray(
    fc.record({
      name: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
      tags: fc.array(
        word.filter((tag) => tag !== '""'),
        { maxLength: 2 },
      ),
      position: fc.record({ x: fc.nat(900), y: fc.nat(900) }),
      text: fc
        .array(fc.oneof(word, fc.constantFrom('\n', ' ', '\t')), { maxLength: 8 })
        .map((parts) => parts.join('').trim())
        .filter((text) => !/^\\*:/m.test(text)),
    }),
    { minLength: 1, maxLength: 4, selector: ({ name }) => name },
  )
  .map((passages) => ({
    name: 'The Lamp',
    ifid: '7E7C1E0A-52B2-4B7B-9C5B-1C0B7C3B7E11',
    format: 'SugarCube',
    formatVersion: '2.37.3',
    start: passages[0]!.name,
    zoom: 1,
    passages,
  }));

const said = ({ passages }: TwineStory) =>
  passages
    .filter(({ name }) => name !== 'StoryTitle' && name !== 'StoryData')
    .map(({ name, tags, position, text }) => [name, tags, `${position?.x},${position?.y}`, text]);

const saidByOther = ({ passages }: OtherStory) =>
  passages.map(({ name, tags, metadata, text }) => [name, tags, metadata.position, text]);

describe('another library', () => {
  test.each([
    ['Twee', (written: TwineStory) => parseTwee(writeTwee(written))],
    ['HTML', (written: TwineStory) => parseTwine2HTML(writeTwineHtml(written))],
    [
      'an archive',
      (written: TwineStory) => parseTwine2ArchiveHTML(writeTwineArchive([written]))[0]!,
    ],
    ['JSON', (written: TwineStory) => parseJSON(writeTwineJson(written))],
  ])('reads %s that was written here', (_, read) => {
    fc.assert(
      fc.property(story, (written) => {
        const other = read(written);
        expect(saidByOther(other)).toEqual(said(written));
        expect([other.name, other.IFID, other.start, other.format]).toEqual([
          written.name,
          written.ifid,
          written.start,
          written.format,
        ]);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['Twee', (other: OtherStory) => readTwee(other.toTwee())],
    ['HTML', (other: OtherStory) => readTwineHtml(other.toTwine2HTML())],
    ['JSON', (other: OtherStory) => readTwineJson(other.toJSON())],
  ])('writes %s that is read here', (_, read) => {
    fc.assert(
      fc.property(story, (written) => {
        const { stories, problems } = read(parseJSON(writeTwineJson(written)));
        expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(said(stories[0]!)).toEqual(said(written));
        expect(stories[0]).toMatchObject({
          name: written.name,
          ifid: written.ifid,
          start: written.start,
        });
      }),
      { numRuns: 200 },
    );
  });
});
