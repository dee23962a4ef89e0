import { expect, it } from '@jest/globals';
import type { DraftFindingCode } from '../../src/engine/core/finding.js';
import type { FileProblemCode, ProblemCode } from '../../src/publishing/formats/problem-code.js';
import { readFile, type FileTask } from '../../src/publishing/imports/import.tasks.js';

/** What files alone cannot show: import-stories.spec.ts has it, and carried.spec.ts the rules that are lost. */
type Elsewhere =
  'DUPLICATE_STORY' | 'SHARED_STORY' | 'SLUG_TAKEN' | 'MISSING_MEDIUM' | 'LOST_RULE' | 'OTHER';

/** What no file has: letters follow from the order of choices, media are ready, and a puzzle without answers is no puzzle. */
type Never = 'DUPLICATE_LETTER' | 'MEDIA_NOT_READY' | 'PUZZLE_WITHOUT_ANSWER';

const END = { key: 'z', title: 'End', type: 'ending', content: 'The end.' };
const START = { key: 'a', title: 'Start', type: 'choice', start: true, content: 'Go.' };
const VARIABLE = { name: 'gold', type: 'int', initial: 1 };
const PUZZLE = { kind: 'text', answers: ['me'] };

const story = (changes: object = {}) => JSON.stringify({ title: 'A', nodes: [END], ...changes });
const choosing = (...choices: object[]) =>
  story({ nodes: [{ ...START, choices: choices.map((each) => ({ text: 'On', ...each })) }, END] });
const text = (content: string) => story({ nodes: [{ ...END, start: true, content }] });
const medium = (media: object[], node: object = {}) =>
  story({ media, nodes: [{ ...END, start: true, ...node }] });
const twee = (data: object, passages: string) =>
  `:: StoryTitle\nA\n\n:: StoryData\n${JSON.stringify(data)}\n\n${passages}`;
const IFID = '7E7C1E0A-52B2-4B7B-9C5B-1C0B7C3B7E11';
const SUGARCUBE = { ifid: IFID, format: 'SugarCube', 'format-version': '2.36.1' };
const IMAGE = { key: 'm', kind: 'image', filename: 'm.png', data: 'AAAA' };

/** A file with each fault. The compiler notices a code that has none. */
const FILES: Readonly<
  Record<Exclude<FileProblemCode, Elsewhere> | Exclude<DraftFindingCode, Never>, string | FileTask>
> = {
  UNKNOWN_FORMAT: 'Once upon a time',
  FAULTY_SYNTAX: '{ "title": ',
  FAULTY_TABLE: 'row,title\nchapter,One',
  NO_STORY: 'row,title\n',
  SEVERAL_STORIES: { content: 'row,title\nstory,A\nstory,B', format: 'csv', choices: 'from,text' },
  UNKNOWN_FIELD: story({ tittle: 'A' }),
  DUPLICATE_FIELD: '{ "title": "A", "title": "B", "nodes": [] }',
  MISSING_FIELD: story({ title: undefined }),
  FAULTY_VALUE: story({ title: 7 }),
  UNKNOWN_NODE: 'row,title,from,text\nstory,A,,\nchoice,,nowhere,Go',
  UNKNOWN_MEDIUM: medium([], { image: { media: 'm', alt: 'A wall.' } }),
  UNUSED_MEDIUM: medium([IMAGE]),
  FAULTY_MEDIUM: medium([IMAGE, IMAGE], { image: { media: 'm', alt: 'A wall.' } }),
  FAULTY_STORY_DATA: twee({ ...SUGARCUBE, ifid: 'none' }, ':: Start\nHi.'),
  UNKNOWN_STORY_FORMAT: twee({ ifid: IFID }, ':: Start\n<<set $gold to 1>>'),
  DUPLICATE_PASSAGE: twee(SUGARCUBE, ':: Start\nHi.\n\n:: Start\nHo.'),
  FAULTY_PASSAGE: twee(SUGARCUBE, ':: Start {"position":\nHi.'),
  LEFT_OUT: `Words.\n${twee(SUGARCUBE, ':: Start\nHi.')}`,
  OVER_LIMIT: twee(SUGARCUBE, `:: Start\n[[${'x'.repeat(501)}->End]]\n\n:: End\nHi.`),
  KEPT_CODE: twee(SUGARCUBE, ':: Start\n<<drum>>Hi.'),
  MORE_PROBLEMS: `row,title\n${'x,y\n'.repeat(1005)}`,
  EMPTY_STORY: twee(SUGARCUBE, ''),
  NO_START: story(),
  SEVERAL_STARTS: story({ nodes: [{ ...START, key: 'b' }, START] }),
  NO_ENDING: story({ nodes: [START] }),
  DUPLICATE_KEY: story({ nodes: [END, END] }),
  MISSING_TARGET: choosing({ to: 'nowhere' }),
  DEAD_END: story({ nodes: [START, END] }),
  NO_WAY_TO_AN_ENDING: choosing({ to: 'a' }),
  ENDING_WITH_CHOICES: story({ nodes: [{ ...END, choices: [{ text: 'On', to: 'z' }] }] }),
  UNREACHABLE_NODE: story({ nodes: [START, END] }),
  EMPTY_CONTENT: text(''),
  IMAGE_WITHOUT_ALT_TEXT: medium([IMAGE], { image: { media: 'm', alt: '' } }),
  BROKEN_LINK: text('[Look](nowhere)'),
  TWINE_MARKUP: text('[[Go on->Hall]]'),
  FAULTY_DECLARATION: story({ schema: { variables: [{ ...VARIABLE, initial: 1.5 }] } }),
  DUPLICATE_DECLARATION: story({ schema: { variables: [VARIABLE, VARIABLE] } }),
  UNUSED_DECLARATION: story({ schema: { variables: [VARIABLE] } }),
  FAULTY_RULE: choosing({ to: 'z', condition: 'silver > 1' }),
  UNKNOWN_ENDING: story({ nodes: [{ ...END, ending: 'glory' }] }),
  MISSING_FAIL_TARGET: choosing({ to: 'z', check: '1d6 >= 3' }),
  CHECK_AND_PUZZLE: choosing({ to: 'z', check: '1d6 >= 3', puzzle: PUZZLE }),
  TIMED_PUZZLE: choosing({ to: 'z', puzzle: PUZZLE, afterSeconds: 5 }),
  SEVERAL_TIMED_CHOICES: choosing({ to: 'z', afterSeconds: 5 }, { to: 'z', afterSeconds: 6 }),
};

it.each(Object.entries(FILES))('%s is told of a file that has it', (code, file) => {
  const { problems, stories } = readFile(typeof file === 'string' ? { content: file } : file);
  const codes = [problems, ...stories.map((each) => each.problems)]
    .flat()
    .map(({ code }): ProblemCode => code);
  expect(codes).toContain(code);
});

it('says which node a problem is about, and what to do', () => {
  const told = (content: string) => {
    const { problems, stories } = readFile({ content });
    return [problems, ...stories.map((each) => each.problems)]
      .flat()
      .map(({ code, nodeKey, message, fix }) => [code, nodeKey, message, fix]);
  };
  const lost = [
    ...[
      'MISSING_TARGET',
      'a',
      'nodes.0.choices.0.to: there is no node b; the choice leads nowhere',
    ],
    'Write the key of a node of this story.',
  ];
  const nodes = [
    { ...START, choices: [{ text: 'Go', to: 'b' }] },
    { ...END, content: '' },
  ];
  expect(told(story({ stert: 1, nodes }))).toEqual([
    [
      ...['UNKNOWN_FIELD', undefined, 'stert: is no field that belongs here'],
      'Correct its name, or take it out.',
    ],
    lost,
  ]);
  expect(told(story({ nodes }))).toEqual([
    lost,
    [
      ...['MISSING_TARGET', 'a', 'Choice A of node a leads nowhere.'],
      'Say where it leads: updateChoice with toNodeId; or delete it.',
    ],
    ['EMPTY_CONTENT', 'z', 'Node z has no text.', 'Write its text.'],
    [
      ...['UNREACHABLE_NODE', 'z', 'No path from the start leads to node z.'],
      'Lead a choice to it, or delete it.',
    ],
  ]);
});
