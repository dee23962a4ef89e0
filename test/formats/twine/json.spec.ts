import { describe, expect, test } from '@jest/globals';
import { readTwineJson } from '../../../src/publishing/formats/twine/json-reader.js';
import { writeTwineJson } from '../../../src/publishing/formats/twine/json-writer.js';
import type { TwineStory } from '../../../src/publishing/formats/twine/twine-story.js';

/** What is read, without what finds places in it. */
const read = (file: string) => {
  const { placeOf: _, ...found } = readTwineJson(file);
  return found;
};

const IFID = '7E7C1E0A-52B2-4B7B-9C5B-1C0B7C3B7E11';

const SAID = {
  name: 'The Lamp',
  ifid: IFID,
  format: 'Snowman',
  'format-version': '3.0.2',
  start: 'Cellar',
  'tag-colors': { dark: 'gray' },
  zoom: 0.25,
  creator: 'Twine',
  'creator-version': '2.8',
  style: 'body { color: red }',
  script: 'go()',
  passages: [
    {
      name: 'Cellar',
      tags: ['dark', 'two words'],
      metadata: { position: '600,400', size: '100,200', note: ['x'] },
      text: 'It is dark.\n[[Up->Attic]]\n',
    },
    { name: 'Attic', tags: [], text: '' },
  ],
};

const LAMP: TwineStory = {
  name: 'The Lamp',
  ifid: IFID,
  format: 'Snowman',
  formatVersion: '3.0.2',
  start: 'Cellar',
  tagColors: { dark: 'gray' },
  zoom: 0.25,
  metadata: { creator: 'Twine', 'creator-version': '2.8' },
  passages: [
    { name: 'StoryStylesheet', tags: ['stylesheet'], text: 'body { color: red }' },
    { name: 'StoryScript', tags: ['script'], text: 'go()' },
    {
      name: 'Cellar',
      tags: ['dark', 'two words'],
      position: { x: 600, y: 400 },
      size: { width: 100, height: 200 },
      metadata: { note: ['x'] },
      text: 'It is dark.\n[[Up->Attic]]\n',
    },
    { name: 'Attic', tags: [], text: '' },
  ],
};

describe('Twine 2 JSON', () => {
  test.each([
    ['as it is', JSON.stringify(SAID)],
    ['with a byte order mark', `\uFEFF${JSON.stringify(SAID, null, 2)}`],
    ['with carriage returns', JSON.stringify(SAID, null, 2).replaceAll('\n', '\r\n')],
  ])('is read %s', (_, file) => {
    expect(read(file)).toEqual({ stories: [LAMP], problems: [] });
  });

  test('is written in the order of the specification', () => {
    expect(writeTwineJson(LAMP)).toBe(JSON.stringify(SAID, null, 2));
  });

  test('keeps code that says more than its text among the passages', () => {
    const passages = [
      { name: 'Start', tags: [], text: '' },
      { name: 'Setup', tags: ['script'], text: 'one()' },
      { name: 'StoryScript', tags: ['script'], position: { x: 1, y: 2 }, text: 'two()' },
      { name: 'StoryScript', tags: ['script'], text: '' },
    ];
    const story: TwineStory = { name: 'A', ifid: IFID, passages };
    expect(JSON.parse(writeTwineJson(story))).not.toHaveProperty('script');
    expect(read(writeTwineJson(story)).stories).toEqual([story]);
  });

  test.each([
    ['a name', '2', [{ name: '2' }, { name: 'b' }], '2'],
    [
      'a pid',
      '7',
      [
        { name: 'a', pid: '3' },
        { name: 'b', pid: 7 },
      ],
      'b',
    ],
    [
      'a pid that is a number',
      7,
      [
        { name: 'a', pid: 3 },
        { name: 'b', pid: '7' },
      ],
      'b',
    ],
    ['a number where there are no pids', '2', [{ name: 'a' }, { name: 'b' }], 'b'],
    ['nothing', '9', [{ name: 'a' }, { name: 'b' }], '9'],
    [
      'nothing where there are pids',
      '2',
      [
        { name: 'a', pid: 1 },
        { name: 'b', pid: 3 },
      ],
      '2',
    ],
    ['no text', '', [{ name: 'a' }], undefined],
  ])('starts at %s', (_, start, passages, expected) => {
    const file = JSON.stringify({ name: 'A', start, passages });
    expect(read(file).stories[0]!.start).toBe(expected);
  });

  test('keeps what the specification does not name', () => {
    const { stories, problems } = read(
      JSON.stringify({
        name: 'A',
        ifid: IFID,
        more: { a: [1] },
        zoom: '1',
        passages: [
          { name: 'Start', tags: ' dark  deep ', position: '1,2', links: [], metadata: 7 },
        ],
      }),
    );
    expect(stories).toEqual([
      {
        name: 'A',
        ifid: IFID,
        metadata: { more: { a: [1] }, zoom: '1' },
        passages: [
          {
            name: 'Start',
            tags: ['dark', 'deep'],
            position: { x: 1, y: 2 },
            metadata: { links: [], metadata: 7 },
            text: '',
          },
        ],
      },
    ]);
    expect(problems.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', 'The passage has no "text"; it is read as an empty one'],
      ['warning', '"metadata" must be an object; it is kept as it is'],
      ['warning', '"zoom" must be a number'],
    ]);
  });

  test('tells every fault in its syntax', () => {
    expect(read('{\n  "name": "A",\n  passages: [],\n  "x": "\t"\n')).toEqual({
      stories: [],
      problems: [
        [3, 3, 'a word that JSON does not know'],
        [3, 11, 'the name of a property, in double quotes, is missing'],
        [3, 15, 'a value is missing'],
        [4, 8, 'a character that must be escaped, such as a tab or a line break in a text'],
        [5, 1, 'a } is missing'],
      ].map(([line, column, message]) => ({
        code: 'FAULTY_SYNTAX',
        severity: 'error',
        place: { line, column },
        message: `This is no JSON: ${message}`,
      })),
    });
  });

  test('tells every fault in what it says', () => {
    const { stories, problems } = read(`{
  "name": 7,
  "script": null,
  "passages": [
    "Cellar",
    { "tags": [1], "text": {} },
    { "name": "Attic", "tags": null, "metadata": { "position": "here" } }
  ]
}`);
    expect(stories).toEqual([]);
    expect(problems.map(({ severity, place, message }) => [severity, place, message])).toEqual([
      ['error', { line: 2, column: 11 }, 'The story must have a "name", a text'],
      ['error', { line: 5, column: 5 }, 'A passage must be an object with name, tags and text'],
      ['error', { line: 6, column: 5 }, 'A passage must have a "name", a text'],
      ['error', { line: 6, column: 28 }, '"text" must be a text'],
      ['error', { line: 6, column: 15 }, '"tags" must be a list of texts'],
      ['warning', { line: 7, column: 5 }, 'The passage has no "text"; it is read as an empty one'],
      [
        'warning',
        { line: 7, column: 64 },
        '"position" must be a text with two numbers, such as "600,400"',
      ],
      ['error', { line: 7, column: 32 }, '"tags" must be a list of texts'],
      ['error', { line: 3, column: 13 }, '"script" must be a text'],
    ]);
  });

  test.each([['[]'], ['"A"'], ['null'], ['7']])('that is %s is an error', (file) => {
    expect(read(file)).toEqual({
      stories: [],
      problems: [
        {
          code: 'FAULTY_VALUE',
          severity: 'error',
          place: { line: 1, column: 1 },
          message: 'This must be an object with a name and passages',
        },
      ],
    });
  });

  test('warns of names that repeat, with their places', () => {
    const passages = `"passages": [\n {"name":"Start","text":""},\n {"name":"Start","text":""}]`;
    expect(read(`{"name":"A","ifid":"${IFID}",${passages}}`).problems).toEqual([
      {
        code: 'DUPLICATE_PASSAGE',
        fix: 'Give one of them another name, or take it out.',
        passage: 'Start',
        severity: 'warning',
        place: { line: 3, column: 2 },
        message:
          'A passage in line 2 is called “Start” already; both are kept, and links lead to the first',
      },
    ]);
  });
});
