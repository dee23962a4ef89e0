import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readTwee } from '../../src/publishing/formats/twine/twee-reader.js';
import { writeTwee } from '../../src/publishing/formats/twine/twee-writer.js';
import { toTwine } from '../../src/publishing/formats/twine/to-twine.js';
import { translate } from '../../src/publishing/formats/twine/translate.js';

/** Stories by other people, which are no part of the project. */
const FOLDER = process.env.SHARED_STORIES ?? '../shared/stories';

const STORIES = [
  ['bathroom-full-of-ashes', ['story.tw'], 305],
  ['cityofghosts', ['index.twee', 'diner.twee', 'home.twee'], 33],
  ['enquirywitch', ['GI_Contact_Page.twee'], 103],
] as const;

const IFID = '0B6D8A4C-0F3E-5B59-9D0C-6A2F51E2C8D1';

const describeIfThere = existsSync(FOLDER) ? describe : describe.skip;
if (!existsSync(FOLDER)) {
  process.stderr.write(`Skipped: there are no stories by other people in ${FOLDER}\n`);
}

describeIfThere.each(STORIES)('%s, imported and exported', (title, files, count) => {
  const read = () =>
    readTwee(files.map((file) => readFileSync(join(FOLDER, title, file), 'utf8')).join('\n'))
      .stories[0]!;

  it('has every passage as it was, in order, and none besides', () => {
    const source = read();
    const { passages } = toTwine(translate(source).document, IFID);
    expect(passages).toHaveLength(count);
    expect(passages.map(({ name, tags, text }) => ({ name, tags, text }))).toEqual(
      source.passages.map(({ name, tags, text }) => ({ name, tags, text })),
    );
  });

  it('is the same file again after the first time', () => {
    const first = writeTwee(toTwine(translate(read()).document, IFID));
    const again = translate(readTwee(first).stories[0]!).document;
    expect(writeTwee(toTwine(again, IFID))).toBe(first);
  });
});
