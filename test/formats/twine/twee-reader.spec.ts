import { describe, expect, test } from '@jest/globals';
import { readTwee } from '../../../src/publishing/formats/twine/twee-reader.js';

const HEAD = `:: StoryTitle
The Lamp

:: StoryData
{ "ifid": "7E7C1E0A-52B2-4B7B-9C5B-1C0B7C3B7E11" }

`;

/** The line of HEAD after which a test’s own lines begin. */
const HEAD_LINES = 6;

/** Reads passages after a title and data without a fault. */
const read = (source: string) => {
  const { stories, problems } = readTwee(`${HEAD}:: Start\n\n${source}`);
  const own = stories[0]!.passages.slice(3);
  return { passages: own, problems };
};

const header = (line: string) => {
  const { passages, problems } = read(`${line}\ntext`);
  expect(problems).toEqual([]);
  expect(passages).toHaveLength(1);
  const { text, ...passage } = passages[0]!;
  expect(text).toBe('text');
  return passage;
};

/** The problems of a passage whose header stands in the first line after HEAD and the start. */
const problemsOf = (source: string) =>
  read(source).problems.map(({ severity, place, message }) => {
    expect(severity).toBe('warning');
    return { line: place!.line - HEAD_LINES - 2, column: place!.column, message };
  });

const OF_STORY = { severity: 'warning', code: 'FAULTY_STORY_DATA' };
const OF_DATA = { ...OF_STORY, passage: 'StoryData' };
const NO_START = { ...OF_STORY, code: 'NO_START', fix: 'Name the passage that it starts at.' };
const REPEATED = {
  severity: 'warning',
  code: 'DUPLICATE_PASSAGE',
  fix: 'Give one of them another name, or take it out.',
};

describe('a header', () => {
  test.each([
    ['::Cellar', 'Cellar', []],
    [':: Cellar', 'Cellar', []],
    ['::\t Cellar \t', 'Cellar', []],
    [':: The  dark cellar', 'The  dark cellar', []],
    ['::Cellar[dark]', 'Cellar', ['dark']],
    [':: Cellar  [ dark\tdeep  dark ]  ', 'Cellar', ['dark', 'deep', 'dark']],
    [':: Cellar []', 'Cellar', []],
    ['\uFEFF:: Cellar [dark]', 'Cellar', ['dark']],
    [':: :colon: ::', ':colon: ::', []],
    [':: “Café” 🙂 [größe 🙂]', '“Café” 🙂', ['größe', '🙂']],
    [':: a ] and } are plain', 'a ] and } are plain', []],
  ])('%j has its name and tags', (line, name, tags) => {
    expect(header(line)).toEqual({ name, tags });
  });

  test.each([
    [String.raw`:: \[Cellar\] \{1\} [a\[b\] c\{d\}]`, '[Cellar] {1}', ['a[b]', 'c{d}']],
    [String.raw`:: back\\slash [t\\ag]`, String.raw`back\slash`, [String.raw`t\ag`]],
    [String.raw`:: \q\"x [\y]`, 'q"x', ['y']],
    [String.raw`:: \ Cellar\ \  [two\ words]`, ' Cellar  ', ['two words']],
    [String.raw`:: ends with \\`, String.raw`ends with ` + '\\', []],
    [String.raw`:: ends in \ `.trimEnd(), 'ends in \\', []],
    [String.raw`:: \🙂 [\🙂]`, '🙂', ['🙂']],
    [String.raw`:: a [b\]c]`, 'a', ['b]c']],
  ])('%j has its escapes undone', (line, name, tags) => {
    expect(header(line)).toEqual({ name, tags });
  });

  test('has a position, a size and whatever else it says', () => {
    expect(
      header(':: Cellar [dark]{"position":"600,-400.5","size":" 100 , 2e2 ","x":[1,{"y":null}]}'),
    ).toEqual({
      name: 'Cellar',
      tags: ['dark'],
      position: { x: 600, y: -400.5 },
      size: { width: 100, height: 200 },
      metadata: { x: [1, { y: null }] },
    });
    expect(header('::Cellar{"position":"0,0"}')).toEqual({
      name: 'Cellar',
      tags: [],
      position: { x: 0, y: 0 },
    });
    expect(header(':: Cellar {}')).toEqual({ name: 'Cellar', tags: [] });
  });

  test('keeps metadata with any key', () => {
    const { metadata } = header(':: Cellar {"__proto__":{"a":1},"constructor":2}');
    expect(Object.entries(metadata!)).toEqual([
      ['__proto__', { a: 1 }],
      ['constructor', 2],
    ]);
  });
});

describe('a faulty header', () => {
  test('without JSON leaves the metadata out and keeps the passage', () => {
    const source = ':: Cellar [dark] {"position":"1,2",}\nIt is dark.';
    expect(read(source).passages).toEqual([
      { name: 'Cellar', tags: ['dark'], text: 'It is dark.' },
    ]);
    expect(problemsOf(source)).toEqual([
      {
        line: 1,
        column: 35,
        message:
          'The metadata is left out, as it is no JSON: a comma too many; put a \\ before a { that belongs to the name',
      },
    ]);
  });

  test('tells every fault in its metadata', () => {
    expect(problemsOf(':: Cellar {position: 1 2}').map(({ column }) => column)).toEqual([
      12, 20, 25,
    ]);
  });

  test.each([
    ['"here"', 'here'],
    ['"1"', '1'],
    ['"1,2,3"', '1,2,3'],
    ['"1,"', '1,'],
    ['"0x1,2"', '0x1,2'],
    ['"1e999,2"', '1e999,2'],
    ['[1,2]', [1, 2]],
  ])('keeps a position of %s as it is', (source, value) => {
    const { passages } = read(`:: Cellar {"position":${source},"size":"1,2"}`);
    expect(passages).toEqual([
      {
        name: 'Cellar',
        tags: [],
        size: { width: 1, height: 2 },
        metadata: { position: value },
        text: '',
      },
    ]);
    expect(problemsOf(`:: Cellar {"position":${source},"size":"1,2"}`)).toEqual([
      {
        line: 1,
        column: 23,
        message: '"position" must be a text with two numbers, such as "600,400"',
      },
    ]);
  });

  test('without a ] takes the rest as tags', () => {
    const source = ':: Cellar [dark deep {"position":"1,2"}';
    expect(read(source).passages).toEqual([
      { name: 'Cellar', tags: ['dark', 'deep'], position: { x: 1, y: 2 }, text: '' },
    ]);
    expect(problemsOf(source)).toEqual([
      {
        line: 1,
        column: 11,
        message: 'The tags are not closed: write a ] after the last one',
      },
    ]);
  });

  test('leaves out what follows the tags', () => {
    const source = ':: Cellar [dark] and deep';
    expect(read(source).passages).toEqual([{ name: 'Cellar', tags: ['dark'], text: '' }]);
    expect(problemsOf(source)).toEqual([
      {
        line: 1,
        column: 18,
        message:
          'What follows the tags is left out: put a \\ before each [ and { that belongs to the name',
      },
    ]);
  });

  test.each(['::', '::   ', ':: [dark]'])('%j has an empty name', (line) => {
    const { passages } = read(`${line}\ntext`);
    expect(passages).toMatchObject([{ name: '', text: 'text' }]);
    expect(problemsOf(line)).toEqual([
      { line: 1, column: 1, message: 'This passage has no name: write one after the ::' },
    ]);
  });

  test('with JSON nested without end is told, not followed', () => {
    const deep = `:: Cellar {"x":${'['.repeat(100_000)}`;
    expect(read(deep).passages).toEqual([{ name: 'Cellar', tags: [], text: '' }]);
    expect(problemsOf(deep)).toHaveLength(1);
  });
});

describe('a text', () => {
  const text = (source: string) => read(`:: Cellar\n${source}`).passages[0]!.text;

  test.each([
    ['one\ntwo', 'one\ntwo'],
    ['\n  one\n\n\ttwo  \n', '\n  one\n\n\ttwo  '],
    ['one\n \t\n\n', 'one'],
    [' \n\t\n', ''],
    ['', ''],
    ['one\n\u00A0', 'one\n\u00A0'],
    [' :: no header\na :: neither\n: nor this', ' :: no header\na :: neither\n: nor this'],
    [String.raw`\:: no header`, ':: no header'],
    [
      'one\n' + String.raw`\\:: two` + '\n' + String.raw`\\\::`,
      'one\n' + String.raw`\:: two` + '\n' + String.raw`\\::`,
    ],
    [String.raw`\: \[ \{ \\ a\::`, String.raw`\: \[ \{ \\ a\::`],
    ['a lone\rreturn', 'a lone\rreturn'],
    ['one\r\ntwo', 'one\r\ntwo'],
    ['&amp; <b>“🙂”</b>\u2028\0', '&amp; <b>“🙂”</b>\u2028\0'],
  ])('%j is kept but for escapes and blank lines at its end', (source, expected) => {
    expect(text(source)).toBe(expected);
  });

  test('has line feeds where its header ends in a carriage return', () => {
    const source = ':: Cellar [dark]\r\n\\:: one\r\n\r\ntwo\nthree\r\n\r\n:: Attic\none\r\n two\n';
    expect(read(source).passages).toEqual([
      { name: 'Cellar', tags: ['dark'], text: ':: one\n\ntwo\nthree' },
      { name: 'Attic', tags: [], text: 'one\r\n two' },
    ]);
  });
});

describe('a file', () => {
  test('tells what a story says of itself', () => {
    const { stories, problems } = readTwee(`\uFEFF:: StoryTitle [config] {"position":"1,2"}

  The Lamp${'  '}

:: StoryData [config]
{
  "ifid": "7E7C1E0A-52B2-4B7B-9C5B-1C0B7C3B7E11",
  "format": "Harlowe", "format-version": "3.3.9",
  "start": "Cellar",
  "tag-colors": { "dark": "gray", "__proto__": "red" },
  "zoom": 0.6,
  "creator": "A program",
  "more": [1]
}

:: Cellar`);
    expect(problems).toEqual([]);
    expect(stories).toHaveLength(1);
    const { passages, tagColors, ...story } = stories[0]!;
    expect(story).toEqual({
      name: 'The Lamp',
      ifid: '7E7C1E0A-52B2-4B7B-9C5B-1C0B7C3B7E11',
      format: 'Harlowe',
      formatVersion: '3.3.9',
      start: 'Cellar',
      zoom: 0.6,
      metadata: { creator: 'A program', more: [1] },
    });
    expect(Object.entries(tagColors!)).toEqual([
      ['dark', 'gray'],
      ['__proto__', 'red'],
    ]);
    expect(passages.map(({ name, tags }) => [name, tags])).toEqual([
      ['StoryTitle', ['config']],
      ['StoryData', ['config']],
      ['Cellar', []],
    ]);
    expect(passages[0]).toMatchObject({ position: { x: 1, y: 2 }, text: '\n  The Lamp  ' });
  });

  test('without title and data is read with warnings', () => {
    const { placeOf: _, ...read } = readTwee(':: Cellar\n');
    expect(read).toEqual({
      stories: [{ name: '', passages: [{ name: 'Cellar', tags: [], text: '' }] }],
      problems: [
        {
          ...OF_STORY,
          fix: 'Add “:: StoryTitle” with the name below it.',
          message: 'There is no passage StoryTitle, which gives the story its name',
        },
        {
          ...OF_STORY,
          fix: 'Add “:: StoryData” with { "ifid": "…" } below it, a UUID in capitals; or import it over the story: storyId, or --story on the command line.',
          message:
            'There is no passage StoryData, which holds the story’s "ifid": importing the file again makes another story',
        },
        {
          ...NO_START,
          message: 'The story does not say where it starts, and no passage is called “Start”',
        },
      ],
    });
  });

  const withData = (data: string) => {
    const { stories, problems } = readTwee(`:: StoryTitle\nA\n:: StoryData\n${data}\n:: Start\n`);
    const { name, passages, ...details } = stories[0]!;
    expect(name).toBe('A');
    expect(passages.map((passage) => passage.text)).toEqual(['A', data, '']);
    return { details, problems };
  };

  test('with data that is no JSON keeps it as a passage', () => {
    expect(withData('{\n  "ifid": 1,\n  start: "Cellar"\n}')).toEqual({
      details: {},
      problems: [
        {
          ...OF_DATA,
          place: { line: 6, column: 3 },
          message: 'StoryData counts for nothing, as it is no JSON: a word that JSON does not know',
        },
        {
          ...OF_DATA,
          place: { line: 6, column: 8 },
          message:
            'StoryData counts for nothing, as it is no JSON: the name of a property, in double quotes, is missing',
        },
        {
          ...OF_DATA,
          place: { line: 7, column: 1 },
          message: 'StoryData counts for nothing, as it is no JSON: a value is missing',
        },
        {
          ...OF_STORY,
          place: { line: 3, column: 1 },
          message: 'The story has no "ifid": give it a UUID in capitals',
        },
      ],
    });
    expect(withData('[]').problems[0]).toEqual({
      ...OF_DATA,
      place: { line: 4, column: 1 },
      message: 'StoryData counts for nothing, as it is no JSON object',
    });
  });

  test('with data of other kinds keeps them as they are', () => {
    const said = { ifid: 7, zoom: '1', 'tag-colors': { dark: 1 }, start: null, format: [] };
    const { details, problems } = withData(JSON.stringify(said, null, 1));
    expect(details).toEqual({ metadata: said });
    expect(problems.map(({ place, message }) => [place!.line, place!.column, message])).toEqual([
      [5, 10, '"ifid" must be a text'],
      [6, 10, '"zoom" must be a number'],
      [7, 16, '"tag-colors" must be an object with a colour for each tag'],
      [10, 11, '"start" must be a text'],
      [11, 12, '"format" must be a text'],
      [3, 1, 'The story has no "ifid": give it a UUID in capitals'],
    ]);
  });

  test('with an odd ifid and a start that is not there is read with warnings', () => {
    const { details, problems } = withData('{"ifid":"7e7c1e0a-52b2","start":"Cellar"}');
    expect(details).toEqual({ ifid: '7e7c1e0a-52b2', start: 'Cellar' });
    expect(problems).toEqual([
      {
        ...OF_STORY,
        fix: 'Give it a UUID in capitals.',
        place: { line: 3, column: 1 },
        message: 'The "ifid" "7e7c1e0a-52b2" is not made of 8 to 63 digits, capitals and hyphens',
      },
      {
        ...NO_START,
        place: { line: 3, column: 1 },
        message: 'The story starts at “Cellar”, but no passage is called so',
      },
    ]);
  });

  test('leaves out what stands before the first passage', () => {
    const { stories, problems } = readTwee(`\n  \nA comment\n: and more\n${HEAD}:: Start\n`);
    expect(stories[0]!.passages).toHaveLength(3);
    expect(problems).toEqual([
      {
        ...{ code: 'LEFT_OUT', severity: 'warning', place: { line: 3, column: 1 } },
        message:
          'What stands before the first passage is left out: begin it with a line “:: ” and a name',
      },
    ]);
  });

  test('of joined files keeps every passage', () => {
    const second = `\uFEFF:: StoryTitle\r\nThe Other\r\n:: Start [again]\r\nAgain.\r\n`;
    const { stories, problems } = readTwee(
      `${HEAD}:: Start\nOnce.\n${second}:: StoryData\n{"ifid":"OTHERIFID"}\n`,
    );
    expect(stories[0]).toMatchObject({
      name: 'The Lamp',
      ifid: '7E7C1E0A-52B2-4B7B-9C5B-1C0B7C3B7E11',
    });
    expect(stories[0]!.passages.map(({ name, text }) => [name, text]).slice(2)).toEqual([
      ['Start', 'Once.'],
      ['StoryTitle', 'The Other'],
      ['Start', 'Again.'],
      ['StoryData', '{"ifid":"OTHERIFID"}'],
    ]);
    expect(problems).toEqual([
      {
        ...{ ...REPEATED, passage: 'StoryTitle' },
        place: { line: 9, column: 1 },
        message:
          'There is a StoryTitle in line 1 already, which alone counts; this one is kept as a passage',
      },
      {
        ...{ ...REPEATED, passage: 'Start' },
        place: { line: 11, column: 1 },
        message:
          'A passage in line 7 is called “Start” already; both are kept, and links lead to the first',
      },
      {
        ...{ ...REPEATED, passage: 'StoryData' },
        place: { line: 13, column: 1 },
        message:
          'There is a StoryData in line 4 already, which alone counts; this one is kept as a passage',
      },
    ]);
  });

  test.each(['', '\uFEFF', 'Once upon a time', ' :: not at the start of a line'])(
    'without a passage (%j) is an error',
    (source) => {
      const { placeOf: _, ...read } = readTwee(source);
      expect(read).toEqual({
        stories: [],
        problems: [
          {
            code: 'NO_STORY',
            severity: 'error',
            message: 'There is no passage: begin each with a line “:: ” and its name',
          },
        ],
      });
    },
  );
});
