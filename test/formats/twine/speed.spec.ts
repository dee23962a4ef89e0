import { describe, expect, test } from '@jest/globals';
import { readTwineHtml } from '../../../src/publishing/formats/twine/html-reader.js';
import { writeTwineHtml } from '../../../src/publishing/formats/twine/html-writer.js';
import { readTwineJson } from '../../../src/publishing/formats/twine/json-reader.js';
import { writeTwineJson } from '../../../src/publishing/formats/twine/json-writer.js';
import { readTwine } from '../../../src/publishing/formats/twine/read-twine.js';
import { readTwee } from '../../../src/publishing/formats/twine/twee-reader.js';
import { writeTwee } from '../../../src/publishing/formats/twine/twee-writer.js';
import type { TwineStory } from '../../../src/publishing/formats/twine/twine-story.js';

const FORMATS = {
  twee: { read: readTwee, write: writeTwee },
  html: { read: readTwineHtml, write: writeTwineHtml },
  json: { read: readTwineJson, write: writeTwineJson },
};

const LARGE: TwineStory = {
  name: 'Large',
  ifid: '7E7C1E0A-52B2-4B7B-9C5B-1C0B7C3B7E11',
  start: 'Room 1',
  passages: Array.from({ length: 10_000 }, (_, index) => ({
    name: `Room ${index + 1}`,
    tags: ['room', `floor-${index % 7}`],
    position: { x: 100 * (index % 100), y: 100 * Math.floor(index / 100) },
    size: { width: 100, height: 100 },
    text: `${'It is dark & “cold” here. '.repeat(8)}\n[[On->Room ${index + 2}]]`,
  })),
};

/** Of the processor, so that what else the machine does counts little. */
const seconds = (work: () => void): number => {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
};

test.each(['twee', 'html', 'json'] as const)('%s holds 10,000 passages', (format) => {
  const { read, write } = FORMATS[format];
  let file = '';
  let back: TwineStory | undefined;
  const writing = seconds(() => (file = write(LARGE)));
  const reading = seconds(() => (back = read(file).stories[0]));
  expect(back!.passages.slice(-LARGE.passages.length)).toEqual(LARGE.passages);
  // On an idle machine it is less than one.
  expect(writing + reading).toBeLessThan(5);
});

describe('a file made to be slow takes no longer than others of its size', () => {
  const SIZE = 250_000;
  const fill = (part: string, size = SIZE) => part.repeat(Math.ceil(size / part.length));

  test.each([
    ['spaces in a name', `:: a${fill(' ')}b`],
    ['escapes in a name', `:: ${fill('\\ ')}b`],
    ['tags', `:: a [${fill('b ')}`],
    ['open brackets', `:: a ${fill('[')}`],
    ['metadata without end', `:: a {${fill('"b":1,')}`],
    ['metadata nested', `:: a ${fill('{"b":')}`],
    ['digits', `:: a {"position":"${fill('1')},2"}`],
    ['spaces in a position', `:: a {"position":"1${fill(' ')}2"}`],
    ['blank lines', `:: a\n${fill(' \t\n')}b`],
    ['backslashes', `:: a\n${fill('\\')}`],
    ['headers', fill('::\n')],
    ['open tags', `<tw-storydata><tw-passagedata>${fill('<div>')}`],
    ['open tags around a story', `${fill('<b><p>')}<tw-storydata>`],
    ['end tags', `<tw-storydata>${fill('</p>')}`],
    [
      'attributes',
      `<tw-storydata ${Array.from({ length: 20_000 }, (_, i) => `a${i}=b`).join(' ')}>`,
    ],
    ['references', `<tw-storydata><tw-passagedata>${fill('&notit')}`],
    ['comments', `<tw-storydata>${fill('<!--')}`],
    ['passages without pids', `<tw-storydata startnode="1">${fill('<tw-passagedata name="a">')}`],
    ['stories', fill('<tw-storydata>')],
    ['brackets', `{${fill('[')}`],
    ['words', `{${fill('a ')}`],
    ['a text', `{"a":"${fill('\\"')}`],
    ['faulty passages', `{"name":"a","passages":[${fill('1,')}1]}`],
  ])('%s', (_, file) => {
    expect(seconds(() => readTwine(file))).toBeLessThan(5);
  });
});

test.each([
  [
    'html',
    `<tw-storydata name="a">${'<tw-passagedata name="a"></tw-passagedata>'.repeat(150_000)}`,
  ],
  [
    'json',
    `{"name":"a","passages":[${Array.from({ length: 150_000 }, () => '{"name":"a","text":""}').join(',')}]}`,
  ],
] as const)('%s tells of as many faults as there are', (format, file) => {
  const { stories, problems } = FORMATS[format].read(file);
  expect(stories).toHaveLength(1);
  expect(problems.length).toBeGreaterThanOrEqual(149_999);
});
