import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../../../src/engine/core/story.js';
import { reachableFrom } from '../../../src/engine/core/reachability.js';
import { readTwee } from '../../../src/publishing/formats/twine/twee-reader.js';
import { translate } from '../../../src/publishing/formats/twine/translate.js';
import type { TwineStory } from '../../../src/publishing/formats/twine/twine-story.js';
import { definitionOf } from './translated.js';

/** Stories by other people, which are no part of this project. */
const FOLDER = process.env.SHARED_STORIES ?? '../shared/stories';

const isThere = existsSync(FOLDER);
if (!isThere) console.warn(`SKIPPED: there are no stories in ${FOLDER}.`);

/** All files of a story, joined; with `isMended` each header begins a line, as not all do. */
function storyIn(folder: string, isMended = false): TwineStory {
  const files = readdirSync(join(FOLDER, folder)).filter((file) => /\.tw(ee)?$/.test(file));
  const texts = files.map((file) => readFileSync(join(FOLDER, folder, file), 'utf8'));
  const text = texts.join('\n\n');
  return readTwee(isMended ? text.replaceAll(/(?<=[>}]):: (?=[A-Z])/g, '\n\n:: ') : text)
    .stories[0]!;
}

const counted = (all: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    [...new Set(all)].sort().map((each) => [each, all.filter((other) => other === each).length]),
  );

function told(story: TwineStory) {
  const { document, report } = translate(story);
  const compiled = compile(definitionOf(document));
  expect([compiled.problems, compiled.schemaProblems]).toEqual([[], []]);
  const reached = reachableFrom(compiled, [compiled.start]);
  const brokenOr = (isBroken: boolean) => (isBroken ? 'broken' : 'whole');
  return {
    nodes: document.nodes.length,
    reachable: reached.filter((each) => each === 1).length,
    variables: document.schema?.variables?.length ?? 0,
    links: counted(
      report.links.map(({ kind, outcome, isBroken }) => `${kind} ${outcome} ${brokenOr(isBroken)}`),
    ),
    constructs: counted(report.constructs.map(({ outcome }) => outcome)),
    isReachabilityKnown: report.isReachabilityKnown,
  };
}

/** How many passages the start leads to by what looks like a link, found without the translation. */
function reachableByLinks({ passages, start = 'Start' }: TwineStory): number {
  const texts = new Map(passages.map(({ name, text }) => [name, text]));
  const reached = new Set<string>();
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const text = texts.get(name);
    if (text === undefined || reached.has(name)) continue;
    reached.add(name);
    for (const [, link] of text.matchAll(/\[\[(.+?)\]\]/g))
      waiting.push(link!.split(/->|\|/).at(-1)!);
    for (const [, goto] of text.matchAll(/<<goto "(.+?)">>/g)) waiting.push(goto!);
  }
  return reached.size;
}

(isThere ? describe : describe.skip)('stories by other people', () => {
  it('bathroom-full-of-ashes', () => {
    const story = storyIn('bathroom-full-of-ashes');
    // Its files are joined without line breaks: headers that stand behind other text are read all the same.
    expect(story.passages).toEqual(storyIn('bathroom-full-of-ashes', true).passages);
    expect(told(story)).toEqual({
      nodes: 299,
      reachable: 1,
      variables: 7,
      links: {
        'computed kept whole': 2,
        'literal mapped whole': 314,
        'macro kept whole': 3,
        'macro mapped whole': 10,
      },
      constructs: { dropped: 656, kept: 352, mapped: 849 },
      isReachabilityKnown: false,
    });
    // Its start leads on by a script alone, which is another file.
    expect(reachableByLinks(story)).toBe(1);
  });

  it('cityofghosts', () => {
    expect(reachableByLinks(storyIn('cityofghosts'))).toBe(6);
    expect(told(storyIn('cityofghosts'))).toEqual({
      nodes: 13,
      reachable: 6,
      variables: 8,
      links: {
        'computed kept whole': 1,
        'literal dropped broken': 2,
        'literal mapped broken': 2,
        'literal mapped whole': 15,
      },
      constructs: { dropped: 37, kept: 85, mapped: 11 },
      isReachabilityKnown: false,
    });
  });

  it('enquirywitch', () => {
    expect(reachableByLinks(storyIn('enquirywitch'))).toBe(100);
    expect(told(storyIn('enquirywitch'))).toEqual({
      nodes: 100,
      reachable: 100,
      variables: 0,
      links: { 'literal mapped whole': 117 },
      constructs: { mapped: 101 },
      isReachabilityKnown: true,
    });
  });
});
