import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTwineHtml } from '../../../src/publishing/formats/twine/html-reader.js';
import { writeTwineHtml } from '../../../src/publishing/formats/twine/html-writer.js';
import { readTwineJson } from '../../../src/publishing/formats/twine/json-reader.js';
import { writeTwineJson } from '../../../src/publishing/formats/twine/json-writer.js';
import { readTwee } from '../../../src/publishing/formats/twine/twee-reader.js';
import { writeTwee } from '../../../src/publishing/formats/twine/twee-writer.js';

/** Stories by other people, which are no part of the project. */
const FOLDER = process.env.SHARED_STORIES ?? '../shared/stories';

const STORIES = [
  {
    title: 'bathroom-full-of-ashes',
    files: ['story.tw'],
    passages: 305,
    repeated: ['StoryInterface', 'StoryInit'],
    /** Its files are joined without a line break at their ends. */
    warnings: 21,
  },
  {
    title: 'cityofghosts',
    files: ['index.twee', 'diner.twee', 'home.twee'],
    passages: 33,
    repeated: [],
    warnings: 0,
  },
  {
    title: 'enquirywitch',
    files: ['GI_Contact_Page.twee'],
    passages: 103,
    repeated: [],
    warnings: 0,
  },
];

/** Each passage as it stands in a file, without the blank lines at its end. It knows nothing of the reader’s code. */
const passagesIn = (twee: string): readonly { header: string; text: string }[] =>
  twee
    .split(/^(?=::)/m)
    .filter((part) => part.startsWith('::'))
    .map((part) => {
      const end = part.indexOf('\n');
      return { header: part.slice(0, end).trimEnd(), text: part.slice(end + 1).trimEnd() };
    });

const describeIfThere = existsSync(FOLDER) ? describe : describe.skip;
if (!existsSync(FOLDER)) {
  process.stderr.write(`Skipped: there are no stories by other people in ${FOLDER}\n`);
}

describeIfThere.each(STORIES)('$title', ({ title, files, passages, repeated, warnings }) => {
  const read = () => {
    const written = files.map((file) => readFileSync(join(FOLDER, title, file), 'utf8'));
    const { stories, problems } = readTwee(written.join('\n'));
    /** What stands behind other text begins a line. */
    const source = written.join('\n').replaceAll(/(?<=[>}]):: (?=[A-Z])/g, '\n:: ');
    return { source, stories, problems, story: stories[0]! };
  };

  test(`is read with its ${passages} passages`, () => {
    const { stories, problems, story } = read();
    expect(stories).toHaveLength(1);
    expect(story.passages).toHaveLength(passages);
    const names = story.passages.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual(repeated);
    expect(problems).toHaveLength(warnings + repeated.length);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('is written as Twee with each passage as it was', () => {
    const { source, story } = read();
    const written = writeTwee(story);
    expect(passagesIn(source)).toHaveLength(passages);
    expect(passagesIn(written)).toEqual(passagesIn(source));
    expect(readTwee(written).stories).toEqual([story]);
    expect(writeTwee(readTwee(written).stories[0]!)).toBe(written);
  });

  test('goes through HTML and JSON with each passage as it was', () => {
    const { story } = read();
    const html = readTwineHtml(writeTwineHtml(story)).stories[0]!;
    const json = readTwineJson(writeTwineJson(html)).stories[0]!;
    const isApart = ({ name }: { name: string }) => name === 'StoryTitle' || name === 'StoryData';
    expect(html.passages).toEqual(story.passages.filter((passage) => !isApart(passage)));
    // JSON has the script of the story before its passages.
    const isScript = ({ name }: { name: string }) => name === 'StoryScript';
    const others = html.passages.filter((passage) => !isScript(passage));
    expect(json).toEqual({ ...html, passages: [...html.passages.filter(isScript), ...others] });
  });
});
