import { describe, expect, it } from '@jest/globals';
import { STORY_ELEMENT } from '../../src/publishing/formats/html/offline-story.js';
import { formatOf, readStories } from '../../src/publishing/formats/read-stories.js';

describe('the format of a file', () => {
  it.each([
    ['talegraph-json', '\uFEFF { "format": "talegraph", "version": 1, "stories": [] }'],
    ['talegraph-json', '{ "title": "A", "nodes": [], "twine": { "story": { "passages": [] } } }'],
    ['twine-json', '{ "name": "A", "passages": [{ "text": "say \\"nodes\\": 1" }] }'],
    ['csv', 'row,title\nstory,":: A"\n:: B'],
    ['csv', 'title;"row"\r\nA;story'],
    ['twee', '\n:: Start\nA row, a title\n'],
    ['twine-html', '<!DOCTYPE html><html><tw-storydata name="A"></tw-storydata></html>'],
    [undefined, 'Once upon a time, a row of trees'],
    [undefined, ''],
  ])('is found to be %s', (format, file) => {
    expect(formatOf(file)).toBe(format);
  });

  it('is told of a page to play', () => {
    const page = '<!doctype html><script type="application/json" id="story">{}</script>'.replace(
      'story',
      STORY_ELEMENT,
    );
    expect(readStories(page).problems.map(({ message }) => message)).toEqual([
      'This is a page to play, which nothing is imported from; import the JSON export of its story.',
    ]);
  });

  it.each([
    ['', 'The file is empty.'],
    ['Once upon a time', 'The format of this file is not known: it looks like plain text.'],
    ['\uFFFDPNG\r\n\u001A\n', 'The format of this file is not known: it looks like a PNG picture.'],
    [
      '<!DOCTYPE html><html><body>Hi</body></html>',
      'The format of this file is not known: it looks like HTML without a story of Twine (<tw-storydata>).',
    ],
    [
      '[{}]',
      'The format of this file is not known: it looks like a list of JSON, and must be an object.',
    ],
  ])('is told with those that there are where it is not known: %j', (file, message) => {
    const [problem, ...others] = readStories(file).problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'UNKNOWN_FORMAT', severity: 'error' });
    expect(problem!.message).toBe(
      `${message} It must be Talegraph JSON, CSV whose first line has a column row, Twee 3 with lines that begin with “:: ”, Twine 2 HTML or an archive, or Twine 2 JSON.`,
    );
  });

  it('must be CSV where choices come in a file of their own', () => {
    for (const format of [undefined, 'csv'] as const) {
      expect(readStories(':: Start\nHi.', format, 'from,text').problems).toEqual([
        {
          code: 'UNKNOWN_FORMAT',
          severity: 'error',
          message: 'A file of choices goes with CSV alone, and the other file is Twee.',
          fix: 'Leave the file of choices out.',
        },
      ]);
    }
    const { stories } = readStories('row,key,title\nstory,,A\n,1,One', undefined, 'from,text');
    expect(stories[0]!.title).toBe('A');
  });

  it('may be told instead', () => {
    expect(readStories('{}', 'csv').problems.at(-1)!.message).toBe(
      'The first line must name the columns, and row among them.',
    );
  });
});

describe('what is wrong with a Twine story', () => {
  const told = (file: string) =>
    readStories(file).stories[0]!.problems.map(
      ({ place, message }) => `${place?.line}:${place?.column} ${message}`,
    );
  const data = '{"ifid":"7E7C1E0A-52B2-4B7B-9C5B-1C0B7C3B7E11","format":"SugarCube"}';
  const label = 'x'.repeat(501);
  const cut = 'A choice has at most 500 characters: the words of this link are cut.';

  it('tells once where links to one of two passages lead, as the story format has it', () => {
    const passages = ':: Start\n[[Hall]]\n\n:: Hall\nOne.\n\n:: Hall\nTwo.\n';
    const problemsIn = (format: string) => {
      const head = `:: StoryData\n{"ifid":"7E7C1E0A-52B2-4B7B-9C5B-1C0B7C3B7E11","format":"${format}"}\n\n`;
      const { stories, problems } = readStories(`${head}${passages}`);
      return [...problems, ...stories[0]!.problems].map(({ message }) => message);
    };
    const told =
      'A passage in line 7 is called “Hall” already; both are kept, and links lead to the';
    expect(problemsIn('SugarCube')).toContain(`${told} last`);
    expect(problemsIn('Harlowe')).toContain(`${told} first`);
    expect(problemsIn('SugarCube').filter((each) => each.includes('Hall'))).toHaveLength(1);
  });

  it.each(['\n', '\r\n'])('has its line and column in Twee', (lineBreak) => {
    const lines = [
      ...[':: StoryData', data, '', ':: Start', 'Words.', `\\::😀 [[${label}->Hall]]`, ''],
      ...[':: Hall', 'One.', '', ':: Hall', 'Two.'],
    ];
    expect(told(lines.join(lineBreak))).toEqual([`6:7 Passage Start, line 2, column 6: ${cut}`]);
  });

  it('has its line and column in JSON', () => {
    const passage = (name: string, text: string) => JSON.stringify({ name, text });
    const passages = [
      passage('Start', `😀\n"[[${label}->Hall]]`),
      ...[passage('Hall', 'One'), passage('Hall', 'Two')],
    ];
    const file = `{"name":"A","format":"SugarCube",\n"script":"x",\n"passages":[\n${passages.join(',\n')}]}`;
    expect(told(file)).toEqual([`4:31 Passage Start, line 2, column 2: ${cut}`]);
  });

  it('has the line and column of its passage in HTML', () => {
    const passages = ['Start', 'Hall', 'Hall'].map(
      (name, i) =>
        `  <tw-passagedata pid="${i}" name="${name}">&amp;\n[[${i === 0 ? label : 'x'}->Hall]]</tw-passagedata>\n`,
    );
    const file = `<tw-storydata name="A" startnode="0" format="SugarCube">\n${passages.join('')}</tw-storydata>`;
    expect(told(file)).toEqual([`2:3 Passage Start, line 2, column 1: ${cut}`]);
  });

  it('has the place of the passage that a node was made of', () => {
    const { placeOf } = readStories(`:: StoryData\n${data}\n:: Start\n[[Hall]]\n:: Hall\nOne.`)
      .stories[0]!;
    expect(placeOf(['nodes', 1, 'choices'])).toEqual({ line: 5, column: 1 });
    expect(placeOf(['title'])).toBeUndefined();
  });
});

it('tells of a thousand problems of a file, and how many more there are', () => {
  const { problems } = readStories(`row,title\n${'x,y\n'.repeat(1004)}`);
  expect(problems).toHaveLength(1001);
  expect(problems.at(-1)).toEqual({
    code: 'MORE_PROBLEMS',
    severity: 'error',
    message: '5 more problems of the file are not told; mend these first.',
  });
});
