import { describe, expect, test } from '@jest/globals';
import { readTwineHtml } from '../../../src/publishing/formats/twine/html-reader.js';
import {
  writeTwineArchive,
  writeTwineHtml,
} from '../../../src/publishing/formats/twine/html-writer.js';
import type { TwineStory } from '../../../src/publishing/formats/twine/twine-story.js';

/** What is read, without what finds places in it. */
const read = (file: string) => {
  const { placeOf: _, ...found } = readTwineHtml(file);
  return found;
};

const IFID = '7E7C1E0A-52B2-4B7B-9C5B-1C0B7C3B7E11';

const LAMP: TwineStory = {
  name: 'The “Lamp” & Co.',
  ifid: IFID,
  format: 'SugarCube',
  formatVersion: '2.37.3',
  start: 'Cellar',
  tagColors: { dark: 'gray', deep: 'blue' },
  zoom: 0.6,
  metadata: { creator: 'Twine', 'creator-version': '2.11.1', options: 'debug', tags: 'short odd' },
  passages: [
    { name: 'StoryStylesheet', tags: ['stylesheet'], text: 'a > b { content: "&amp;" }' },
    { name: 'StoryScript', tags: ['script'], text: 'if (1 < 2 && "x") setup.x = \'</b>\';' },
    {
      name: 'Attic',
      tags: ['dark', 'deep'],
      position: { x: 12.5, y: -4 },
      size: { width: 100, height: 200 },
      text: '<<link "Down">>[[Cellar]]<</link>>\n\n  "&amp;" \'<b>\'\n',
    },
    { name: 'Cellar', tags: [], position: { x: 0, y: 0 }, text: '' },
  ],
};

const STORY_DATA = `<tw-storydata name="The “Lamp” &amp; Co." startnode="7" creator="Twine" creator-version="2.11.1"
  format="SugarCube" format-version="2.37.3" ifid="${IFID}" options="debug" tags="short odd" zoom="0.6" hidden>
<style role="stylesheet" id="twine-user-stylesheet" type="text/twine-css">a > b { content: "&amp;" }</style>
<script role="script" id="twine-user-script" type="text/twine-javascript">if (1 < 2 && "x") setup.x = '</b>';</script>
<tw-tag name="dark" color="gray"></tw-tag><tw-tag name="deep" color="blue"></tw-tag>
<tw-passagedata pid="3" name="Attic" tags="dark deep" position="12.5,-4" size="100,200">&lt;&lt;link &quot;Down&#34;&#x3e;&gt;[[Cellar]]&lt;&lt;/link&gt;&gt;

  &quot;&amp;amp;&quot; &#39;&lt;b&gt;&apos;
</tw-passagedata><TW-PASSAGEDATA PID=7 NAME=Cellar TAGS="" POSITION='0,0'></TW-PASSAGEDATA></tw-storydata>`;

/** What a story format puts around a story: much of it looks like a story and is none. */
const page = (data: string) => `<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>The <tw-storydata name="title"></title>
<style>::selection { content: '<tw-storydata name="style">' }</style>
<script>document.write('<tw-storydata name="script"><' + '/tw-storydata>'); // <!-- <script> </script> -->
</script></head><body><!-- <tw-storydata name="comment"></tw-storydata> -->
<textarea><tw-storydata name="area"></textarea><tw-story></tw-story>
${data}
<script>/* after <tw-passagedata pid="1" name="x"> */</script></body></html>`;

describe('Twine 2 HTML', () => {
  test.each([
    ['story data alone', STORY_DATA],
    ['a page with a story format', page(STORY_DATA)],
    ['a file with carriage returns', page(STORY_DATA).replaceAll('\n', '\r\n')],
    ['a file with a byte order mark', `\uFEFF${STORY_DATA}`],
  ])('is read from %s', (_, file) => {
    expect(read(file)).toEqual({ stories: [LAMP], problems: [] });
  });

  test('is written as Twine writes it', () => {
    expect(writeTwineHtml(LAMP)).toBe(
      [
        `<tw-storydata name="The “Lamp” &amp; Co." startnode="2" ifid="${IFID}" format="SugarCube"`,
        ' format-version="2.37.3" zoom="0.6" creator="Twine" creator-version="2.11.1"',
        ' options="debug" tags="short odd" hidden>',
        '<tw-tag name="dark" color="gray"></tw-tag><tw-tag name="deep" color="blue"></tw-tag>',
        '<style role="stylesheet" id="twine-user-stylesheet" type="text/twine-css">',
        'a > b { content: "&amp;" }</style>',
        '<script role="script" id="twine-user-script" type="text/twine-javascript">',
        'if (1 < 2 && "x") setup.x = \'</b>\';</script>',
        '<tw-passagedata pid="1" name="Attic" tags="dark deep" position="12.5,-4" size="100,200">',
        '&lt;&lt;link &quot;Down&quot;&gt;&gt;[[Cellar]]&lt;&lt;/link&gt;&gt;\n\n',
        '  &quot;&amp;amp;&quot; &#39;&lt;b&gt;&#39;\n</tw-passagedata>',
        '<tw-passagedata pid="2" name="Cellar" tags="" position="0,0"></tw-passagedata>',
        '</tw-storydata>',
      ].join(''),
    );
    expect(read(writeTwineHtml(LAMP))).toEqual({ stories: [LAMP], problems: [] });
  });

  test('has empty elements for code that a story lacks', () => {
    const written = writeTwineHtml({ name: 'A', ifid: IFID, passages: [] });
    expect(written).toBe(
      `<tw-storydata name="A" startnode="" ifid="${IFID}" hidden><style role="stylesheet"` +
        ' id="twine-user-stylesheet" type="text/twine-css"></style><script role="script"' +
        ' id="twine-user-script" type="text/twine-javascript"></script></tw-storydata>',
    );
    expect(read(written).stories).toEqual([{ name: 'A', ifid: IFID, passages: [] }]);
  });

  test('keeps scripts and stylesheets that have names, tags and places', () => {
    const story: TwineStory = {
      name: 'A',
      ifid: IFID,
      start: 'Start',
      passages: [
        { name: 'Start', tags: [], text: 'Hello' },
        { name: 'Setup', tags: ['script', 'first'], position: { x: 1, y: 2 }, text: 'one()' },
        { name: 'StoryScript', tags: ['script'], text: 'two()' },
        { name: 'Looks', tags: ['stylesheet'], metadata: { note: 'x' }, text: '' },
        { name: 'Both', tags: ['stylesheet', 'script'], text: '</script>' },
      ],
    };
    const written = writeTwineHtml(story);
    expect(read(written)).toEqual({ stories: [story], problems: [] });
    expect(written.match(/id="twine-user-script"/g)).toHaveLength(1);
    expect(written).toContain('<tw-passagedata pid="2" name="Both" tags="stylesheet script">');
  });

  test('puts a backslash into code that would end its element', () => {
    const code = (tag: string, text: string): TwineStory => ({
      name: 'A',
      passages: [{ name: 'Code', tags: [tag], text }],
    });
    const through = (tag: string, text: string) =>
      read(writeTwineHtml(code(tag, text))).stories[0]!.passages.at(-1)!.text;
    expect(through('script', 'x = "</SCRIPT><!--<script>"; y = 1 < 2')).toBe(
      'x = "<\\/SCRIPT><\\!--<script>"; y = 1 < 2',
    );
    expect(through('stylesheet', 'a::after { content: "</style>" }')).toBe(
      'a::after { content: "<\\/style>" }',
    );
  });

  test('leaves out the passages that say in Twee what attributes say', () => {
    const passages = [
      { name: 'StoryTitle', tags: ['config'], text: ' A ' },
      { name: 'StoryData', tags: [], text: `{"zoom":1,"ifid":"${IFID}"}` },
      { name: 'Start', tags: [], text: '' },
      { name: 'StoryTitle', tags: [], text: 'Another' },
    ];
    const { stories } = read(writeTwineHtml({ name: 'A', ifid: IFID, zoom: 1, passages }));
    expect(stories).toEqual([
      { name: 'A', ifid: IFID, zoom: 1, start: 'Start', passages: passages.slice(2) },
    ]);
  });

  test('joins a tag with white space by hyphens, and leaves out empty ones', () => {
    const story: TwineStory = {
      name: 'A',
      ifid: IFID,
      tagColors: { 'two words': 'red' },
      passages: [{ name: 'Start', tags: ['two words', '', 'one'], text: '' }],
    };
    const back = read(writeTwineHtml(story)).stories[0]!;
    expect(back.tagColors).toEqual({ 'two-words': 'red' });
    expect(back.passages[0]!.tags).toEqual(['two-words', 'one']);
  });

  test('tells all that is wrong with it', () => {
    const { stories, problems } = read(`<tw-storydata zoom="big" startnode="9">
<tw-passagedata pid="1" tags="a b" position="1;2" size="3,4">one <b>two</b> &amp;<!-- three -->
<tw-passagedata pid="2" name="Cellar">It is dark.</tw-passagedata>
  <tw-passagedata pid="3" name="Cellar" creator="me">It is darker.</tw-passagedata>
<tw-tag name="dark"></tw-tag><script>alert(1)</script><p>Hello</p>
<tw-storydata name="Other" ifid="lower-case" startnode="1"><tw-passagedata pid="1" name="Hall">...`);
    expect(stories).toEqual([
      {
        name: '',
        metadata: { zoom: 'big', startnode: '9' },
        passages: [
          {
            name: '',
            tags: ['a', 'b'],
            size: { width: 3, height: 4 },
            metadata: { position: '1;2' },
            text: 'one <b>two</b> &<!-- three -->\n',
          },
          { name: 'Cellar', tags: [], text: 'It is dark.' },
          { name: 'Cellar', tags: [], metadata: { creator: 'me' }, text: 'It is darker.' },
        ],
      },
      {
        name: 'Other',
        ifid: 'lower-case',
        start: 'Hall',
        passages: [{ name: 'Hall', tags: [], text: '...' }],
      },
    ]);
    expect(problems.map(({ severity }) => severity)).toEqual(problems.map(() => 'warning'));
    expect(problems.map(({ place, message }) => [place?.line, place?.column, message])).toEqual([
      [1, 1, 'The story has no name'],
      [1, 1, 'No passage has the pid "9" of "startnode"'],
      [1, 1, '"zoom" must be a number; it is kept as it is'],
      [2, 1, '<tw-passagedata> lacks its end'],
      [2, 1, 'The passage has no name'],
      [2, 1, '"position" of the passage “” must be two numbers, such as "600,400"'],
      [5, 1, '<tw-tag> must have a name and a color; it is left out'],
      [5, 30, '<script> has no role "script" or "stylesheet" and is left out'],
      [5, 55, '<p> has no meaning in a story and is left out'],
      [1, 1, 'The story has no "ifid": give it a UUID in capitals'],
      [1, 1, 'The story does not say where it starts, and no passage is called “Start”'],
      [
        4,
        3,
        'A passage in line 3 is called “Cellar” already; both are kept, and links lead to the first',
      ],
      [6, 1, 'The story before this one lacks its </tw-storydata>'],
      [6, 60, '<tw-passagedata> lacks its end'],
      [6, 1, 'The "ifid" "lower-case" is not made of 8 to 63 digits, capitals and hyphens'],
      [undefined, undefined, 'The last story lacks its </tw-storydata>'],
    ]);
  });

  test.each(['', '<p>Hello</p>', '<!-- <tw-storydata> -->', '<tw-storydata'])(
    'without a story (%j) is an error',
    (file) => {
      expect(read(file)).toEqual({
        stories: [],
        problems: [
          {
            code: 'NO_STORY',
            severity: 'error',
            message: 'There is no story: it is the element <tw-storydata>',
          },
        ],
      });
    },
  );
});

describe('an archive', () => {
  const other: TwineStory = {
    name: 'Other',
    ifid: 'B1A0E4E6-0B0C-4B43-8B52-0B7DF0D2F3D4',
    start: 'Hall',
    passages: [{ name: 'Hall', tags: [], text: 'A hall.' }],
  };

  test('has two line feeds after each story', () => {
    expect(writeTwineArchive([LAMP, other])).toBe(
      `${writeTwineHtml(LAMP)}\n\n${writeTwineHtml(other)}\n\n`,
    );
    expect(writeTwineArchive([])).toBe('');
  });

  test('is read with all its stories', () => {
    expect(read(writeTwineArchive([LAMP, other]))).toEqual({
      stories: [LAMP, other],
      problems: [],
    });
  });
});
