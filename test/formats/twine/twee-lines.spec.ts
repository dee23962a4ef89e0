import { describe, expect, test } from '@jest/globals';
import { readTwee } from '../../../src/publishing/formats/twine/twee-reader.js';

const HEAD = `:: StoryTitle
The Lamp

:: StoryData
{ "ifid": "7E7C1E0A-52B2-4B7B-9C5B-1C0B7C3B7E11" }

`;

describe('a header behind other text', () => {
  const passagesOf = (source: string) =>
    readTwee(source).stories[0]!.passages.map(({ name, text }) => [name, text]);
  const told = (source: string) =>
    readTwee(source).problems.map(
      ({ place, message, fix }) => `${place?.line}:${place?.column} ${message}. ${fix ?? ''}`,
    );

  test('is read where its passage is wanted, and told first', () => {
    const source = [
      ':: StoryTitle\nA',
      ':: Start\nGo. [[Go->B]]:: B [dark]',
      'You are at B. [[C]]:: StoryData',
      '{ "ifid": 1 }:: C\nSee.',
    ].join('\n');
    expect(passagesOf(source)).toEqual([
      ['StoryTitle', 'A'],
      ['Start', 'Go. [[Go->B]]'],
      ['B', 'You are at B. [[C]]'],
      ['StoryData', '{ "ifid": 1 }'],
      ['C', 'See.'],
    ]);
    const read = (name: string) =>
      `“:: ${name}” stands behind other text; it is read as a passage all the same. Begin a line with it.`;
    expect(told(source)).toEqual([
      `4:14 ${read('B')}`,
      `5:20 ${read('StoryData')}`,
      `6:14 ${read('C')}`,
      '6:11 "ifid" must be a text. ',
      '5:20 The story has no "ifid": give it a UUID in capitals. ',
    ]);
  });

  test('is read right behind code that ends, where the file has others', () => {
    const start = ':: Start\n<<script>>Engine.play(next);<</script>>';
    expect(passagesOf(`${start}:: Day 1\nHi.`).map(([name]) => name)).toEqual(['Start']);
    expect(told(`${start}:: Day 1\nHi.`)[0]).toBe(
      '2:40 “:: Day 1” stands behind other text, and is read as text. Begin a line with it if it is a passage.',
    );
    const joined = `${start}:: Day 1\nHi.:: StoryTitle\nA`;
    expect(passagesOf(joined).map(([name]) => name)).toEqual(['Start', 'Day 1', 'StoryTitle']);
  });

  test('is told and stays text where its passage is there, or blanks stand before it', () => {
    const source = `${HEAD}:: Start\n[[Start]]:: Start\nSo :: Hall\n[[Hall]] [[Cellar]]`;
    expect(passagesOf(source)).toHaveLength(3);
    expect(readTwee(source).problems.map(({ place }) => place)).toEqual([
      { line: 8, column: 10 },
      { line: 9, column: 4 },
    ]);
  });

  test.each(['std:: vector', 'a::before { color: red }', 'Note:: this', '<b>Gold</b>:: {x'])(
    'is not what only looks a little like one: %s',
    (line) => {
      const source = `${HEAD}:: Start\n${line}`;
      expect(passagesOf(source)[2]).toEqual(['Start', line]);
      expect(readTwee(source).problems).toEqual([]);
    },
  );
});
