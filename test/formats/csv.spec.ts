import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCsv } from '../../src/publishing/formats/csv/csv-reader.js';
import { writeCsv, writeCsvPair } from '../../src/publishing/formats/csv/csv-writer.js';
import type { ReadStories } from '../../src/publishing/formats/place.js';
import type { StoryDocument } from '../../src/publishing/formats/story-document.js';
import { anyDocument } from '../support/document-arbitrary.js';

/** CSV holds no Twine source. */
const document = anyDocument.map(({ twine: _, ...story }): StoryDocument => story);

const told = ({ stories, problems }: ReadStories<StoryDocument>) =>
  [...problems, ...stories.flatMap((story) => story.problems)].map(
    ({ severity, place, message }) =>
      `${severity} ${place === undefined ? '' : `${place.line}:${place.column} `}${message}`,
  );

describe('CSV', () => {
  it('comes out again exactly as it went in', () => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 3 }), (documents) => {
        const read = readCsv(writeCsv(documents));
        expect(told(read)).toEqual([]);
        expect(read.stories.map(({ story }) => story)).toEqual(documents);
      }),
      { numRuns: 200 },
    );
  });

  it('comes out of two files as it went in', () => {
    fc.assert(
      fc.property(document, (story) => {
        const { nodes, choices } = writeCsvPair(story);
        const read = readCsv(nodes, choices);
        expect(told(read)).toEqual([]);
        expect(read.stories.map(({ story }) => story)).toEqual([story]);
      }),
      { numRuns: 100 },
    );
  });

  it('has no formula behind a line break that a spreadsheet leaves out', () => {
    const text = writeCsv([{ title: 'A', nodes: [], description: '\n=1+1' }]);
    expect(text).toContain(',"\'\n=1+1"');
  });

  it('has no cell that a spreadsheet takes for a formula', () => {
    const text = writeCsv([
      {
        title: '=HYPERLINK("http://example.org")',
        nodes: [
          {
            key: '1',
            title: '@SUM(A1)',
            content: "'+1",
            type: 'story',
            position: { x: -5, y: 1 },
            choices: [{ text: '-2+3' }],
          },
        ],
      },
    ]);
    expect(text.split(/[,\r\n]/).filter((cell) => /^"?[=+@\t]/.test(cell))).toEqual([]);
    expect(text).toContain('"\'=HYPERLINK(""http://example.org"")"');
    expect(text).toContain(",'@SUM(A1),");
    expect(text).toContain(",''+1,");
    expect(text).toContain(",'-2+3,");
    expect(text).toContain(',-5,1,');
  });

  it('may be written by hand, with semicolons, in any order of columns', () => {
    const { stories, problems } = readCsv(
      'row;title;key;type;start;from;to;text;tags\n' +
        'story;Cave;;;;;;;dark, deep\n' +
        'choice;;;;;1;2;Go in;\n\n' +
        'node;Mouth;1;choice;TRUE;;;;\n' +
        'node;Hall;2;ending;;;;;',
    );
    expect(problems).toEqual([]);
    expect(stories.map(({ story }) => story)).toEqual([
      {
        title: 'Cave',
        tags: ['dark', 'deep'],
        nodes: [
          {
            key: '1',
            title: 'Mouth',
            content: '',
            type: 'choice',
            start: true,
            choices: [{ to: '2', text: 'Go in' }],
          },
          { key: '2', title: 'Hall', content: '', type: 'ending' },
        ],
      },
    ]);
  });

  it('is refused with the place of everything that does not fit, all at once', () => {
    const file = [
      'row,title,key,type,start,from,to,text,effects,content,note',
      'story,"A ""story""",,,,,,,,,mine',
      'node,One,a b,room,perhaps,,,,"[{""op"":""fly""}]","two',
      'lines",',
      'node,,2,story,,,,,{not json,,',
      'choice,,x,,,2,3,,,,',
      'choice,,,,,9,2,Go,,,',
    ].join('\n');
    expect(told(readCsv(file))).toEqual([
      'warning 1:55 There is no column note; it is left out.',
      'error 5:20 effects: is no JSON: a word that JSON does not know',
      'error 6:9 key: a choice has none',
      'error 3:10 nodes.0.key: must have 1 to 32 letters, digits, _ . or -, and begin with a letter or digit',
      'error 3:14 nodes.0.type: must be story, choice or ending',
      'error 3:19 nodes.0.start: must be true or false',
      'error 3:30 nodes.0.effects.0.op: must have an op of set, add, sub, give, take, toggle, award, unlock',
      'error 5:6 nodes.1.title: is missing',
      'error 6:17 nodes.1.choices.0.text: is missing',
      'error 7:12 from: there is no node 9 in this story',
    ]);
  });

  it('keeps the faults of one story from the others', () => {
    const file = 'row,title\nstory,A\nroom,B\nstory,C\nstory,';
    const { stories, problems } = readCsv(file);
    expect(problems).toEqual([]);
    expect(stories.map(({ title, story }) => [title, story !== undefined])).toEqual([
      ['A', false],
      ['C', true],
      ['Story 3', false],
    ]);
    expect(told({ stories, problems })).toEqual([
      'error 3:1 row: must be story, node or choice',
      'error 5:7 title: is missing',
    ]);
  });

  it('has columns in small letters or capitals', () => {
    const { stories, problems } = readCsv('Row,TITLE,spoilerguard\nStory,A,true');
    expect(problems).toEqual([]);
    expect(stories[0]!.story).toEqual({ title: 'A', spoilerGuard: true, nodes: [] });
  });

  it('says which of two files a fault is in', () => {
    const read = readCsv(
      'row,title,key,type,content\nstory,A,,,\nnode,One,1,room,Hi.',
      'from,text,effects\n1,,\n1,Go,[{]\n2,Go,',
    );
    expect(told(read)).toEqual([
      'error 3:8 In the file of choices: effects: is no JSON: the name of a property, in double quotes, is missing',
      'error 3:12 In the file of nodes: nodes.0.type: must be story, choice or ending',
      'error 2:3 In the file of choices: nodes.0.choices.0.text: is missing',
      'error 4:1 In the file of choices: from: there is no node 2 in this story',
    ]);
  });

  it('is refused where its rows cannot be told apart', () => {
    expect(told(readCsv('row,title\nnode,A\nstory,B\nroom,C'))).toEqual([
      'error 2:1 This node stands before any story row.',
      'error 4:1 row: must be story, node or choice',
    ]);
    expect(told(readCsv('row,title\nnode,A\nstory,B'))).toEqual([
      'error 2:1 This node stands before any story row.',
    ]);
    expect(told(readCsv('title,title\nA,B'))).toEqual([
      'error 1:7 There are two columns title.',
      'error 1:1 The first line must name the columns, and row among them.',
    ]);
    expect(told(readCsv('row,title\nchoice,,x'))).toEqual([
      'error 2:9 This cell stands under no column.',
      'error 2:1 This choice stands before any story row.',
      'error The file has no story row: begin it with one that has a title.',
    ]);
    expect(told(readCsv('key,title\n1,One', 'from,text\n1,Go'))).toEqual([
      'error 2:1 In the file of nodes: This node stands before any story row.',
      'error 2:1 In the file of choices: This choice stands before any story row.',
      'error The file has no story row: begin it with one that has a title.',
    ]);
  });

  it('is refused with the place of an error of syntax', () => {
    expect(told(readCsv('row,title\nstory,"A\nnode,"B'))).toEqual([
      'error 2:7 A quote within a quoted cell must be written twice, and nothing may follow the closing one.',
    ]);
    expect(told(readCsv('row,title\nstory,"A'))).toEqual([
      'error 2:7 This cell begins with a quote and lacks its closing quote.',
    ]);
    expect(told(readCsv('row,title\nstory,A"B'))).toEqual([
      'error 2:7 A cell with a quote in it must stand in quotes, and that quote be written twice.',
    ]);
  });

  it('tells the place of a word within a cell', () => {
    const [story] = readCsv('row,title,slug\nstory,"=A ""gold""",\'=x').stories;
    const within = (text: string, column: number) => ({ text, place: { line: 1, column } });
    expect(story!.placeOf(['title'], within('=A "gold"', 5))).toEqual({ line: 2, column: 13 });
    expect(story!.placeOf(['slug'], within('=x', 2))).toEqual({ line: 2, column: 23 });
  });

  it('takes no longer than its length for a table that is too wide', () => {
    const cells = Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',');
    const before = process.cpuUsage();
    expect(told(readCsv(`row,${cells}\nstory`))).toEqual([
      'error 1:1 The first line has 100001 cells, and a table at most 1000.',
    ]);
    expect(told(readCsv(`row,title\nstory,${cells}`))).toEqual([
      'error 2:10 This cell stands under no column.',
    ]);
    // Minutes where it is quadratic.
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(5);
  });

  it('knows no columns but its own', () => {
    expect(told(readCsv('row,title,constructor,__proto__\nstory,A,b,c'))).toEqual([
      'warning 1:11 There is no column constructor; it is left out.',
      'warning 1:23 There is no column __proto__; it is left out.',
    ]);
  });
});
