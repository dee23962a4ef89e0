import { describe, expect, test } from '@jest/globals';
import { withDetails } from '../../../src/publishing/formats/twine/special-passages.js';
import { readTwee } from '../../../src/publishing/formats/twine/twee-reader.js';
import { writeTwee } from '../../../src/publishing/formats/twine/twee-writer.js';
import type { TwineStory } from '../../../src/publishing/formats/twine/twine-story.js';

const IFID = '7E7C1E0A-52B2-4B7B-9C5B-1C0B7C3B7E11';

describe('Twee 3', () => {
  test('is written with title and data first, each passage as the specification has it', () => {
    const story: TwineStory = {
      name: ' The Lamp ',
      ifid: IFID,
      format: 'Harlowe',
      formatVersion: '3.3.9',
      start: 'a [b]',
      tagColors: { dark: 'gray' },
      zoom: 1.5,
      metadata: { creator: 'Twine' },
      passages: [
        {
          name: 'a [b]',
          tags: ['dark', '{x}', 'back\\slash', '', 'two words'],
          position: { x: 600, y: -0.5 },
          size: { width: 100, height: 100 },
          metadata: { note: 'x' },
          text: '\n:: one\n\\:: two\nthree ::',
        },
        { name: ' b ', tags: [], text: '' },
        { name: '', tags: ['x'], text: 'four\n' },
      ],
    };
    expect(writeTwee(story)).toBe(`:: StoryTitle
The Lamp

:: StoryData
{
  "ifid": "${IFID}",
  "format": "Harlowe",
  "format-version": "3.3.9",
  "start": "a [b]",
  "tag-colors": {
    "dark": "gray"
  },
  "zoom": 1.5,
  "creator": "Twine"
}

:: a \\[b\\] [dark \\{x\\} back\\\\slash two\\ words] {"position":"600,-0.5","size":"100,100","note":"x"}

\\:: one
\\\\:: two
three ::

:: \\ b\\${' '}

::  [x]
four

`);
  });

  test('has neither title nor data where a story says nothing of itself', () => {
    expect(writeTwee({ name: '', passages: [{ name: 'Start', tags: [], text: 'Hello' }] })).toBe(
      ':: Start\nHello\n',
    );
  });

  test('has spaces for line breaks in names and tags', () => {
    const passages = [{ name: 'a\r\nb\n', tags: ['c\nd'], text: '' }];
    expect(writeTwee({ name: '', passages })).toBe(':: a b\\  [c\\ d]\n');
  });

  test('keeps title and data as they are written, wherever they stand', () => {
    const file = `:: Cellar
It is dark.

:: StoryData [config] {"position":"1,2"}

{ "zoom":1,   "ifid":"${IFID}", "start": "Cellar" }

:: StoryTitle [config]
   The Lamp

:: StoryTitle
Another
`;
    expect(writeTwee(readTwee(file).stories[0]!)).toBe(file);
  });

  test('keeps data that is no JSON', () => {
    const file = `:: StoryTitle\nA\n\n:: StoryData\n{ "ifid": }\n\n:: Start\nHello\n`;
    expect(writeTwee(readTwee(file).stories[0]!)).toBe(file);
  });
});

describe('a change of what a story says of itself', () => {
  const story = readTwee(`:: StoryTitle [config]
The Lamp
:: StoryData
{ "ifid": "${IFID}", "more": true }
:: StoryTitle
Another
:: Start
Hello`).stories[0]!;

  test('changes title and data with it', () => {
    const changed = withDetails(story, { name: 'The Torch', zoom: 2 });
    expect(changed).toEqual({
      ...story,
      name: 'The Torch',
      zoom: 2,
      passages: [
        { name: 'StoryTitle', tags: ['config'], text: 'The Torch' },
        {
          name: 'StoryData',
          tags: [],
          text: `{\n  "ifid": "${IFID}",\n  "zoom": 2,\n  "more": true\n}`,
        },
        { name: 'StoryTitle', tags: [], text: 'Another' },
        { name: 'Start', tags: [], text: 'Hello' },
      ],
    });
    expect(readTwee(writeTwee(changed)).stories).toEqual([changed]);
  });

  test('of nothing leaves both as they are written', () => {
    expect(withDetails(story, { name: 'The Lamp ', metadata: { more: true } })).toEqual({
      ...story,
      name: 'The Lamp ',
    });
  });

  test('that was made otherwise is written before the passages', () => {
    expect(readTwee(writeTwee({ ...story, name: 'The Torch' })).stories[0]!.name).toBe('The Torch');
  });
});
