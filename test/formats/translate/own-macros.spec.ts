import { describe, expect, it } from '@jest/globals';
import { readFile } from '../../../src/publishing/imports/import.tasks.js';
import { toTwine } from '../../../src/publishing/formats/twine/to-twine.js';
import { translate } from '../../../src/publishing/formats/twine/translate.js';
import { constructsTold, linksTold, passage, Reader, storyOf } from './translated.js';

const IFID = '0B6D8A4C-0F3E-5B59-9D0C-6A2F51E2C8D1';
const END = { End: 'Done.' };

const seen = (text: string): string =>
  new Reader(translate(storyOf('SugarCube', { Here: text, ...END }))).text;

describe('the words of macros of the story’s own', () => {
  it('are what readers see', () => {
    expect(seen('<<Say "Hello, this is the whole prose.">> [[Go on->End]]')).toBe(
      'Hello, this is the whole prose. Go on',
    );
    expect(seen('<<say "Bob" \'He said \\"No\\".\\nThen he left.\'>>')).toBe(
      'He said "No".  \nThen he left.',
    );
    expect(seen('<<Say "Yes">>')).toBe('Yes');
    expect(seen('<<say "no…" slow>>')).toBe('no…');
  });

  it('are read as the format has them', () => {
    const node = passage(
      'SugarCube',
      '<<set $gold to 1>>\n<<Say "You have //$gold// coins. [[Leave->End]]">>',
      END,
    );
    expect(node.content).toContain('You have *{{ gold }}* coins. Leave');
    expect(node.choices).toEqual([{ text: 'Leave', to: 'End' }]);
  });

  it('are no names, files, styles, nor what macros of SugarCube take', () => {
    for (const code of [
      '<<drum "loud">>',
      '<<backdrop "img/forest.png">>',
      '<<look "color: red; top: 2px;">>',
      '<<say $words>>',
      '<<say `"Hello there"`>>',
      '<<audio "rain in autumn" play>>',
      '<<cycle "$name" "Old Ines">>',
    ]) {
      expect(passage('SugarCube', code).content).toBe(`{% comment %}${code}{% endcomment %}`);
    }
  });

  it('are kept code in the report, whole and with its place', () => {
    const { report } = translate(
      storyOf('SugarCube', { Here: 'So: <<Say "Go [[on->End]]">>', ...END }),
    );
    expect(constructsTold(report)).toEqual([
      'Here:1:5 <<Say>> kept: It is a macro of the story’s own: its words stay, the code around them is kept.',
    ]);
    expect(report.constructs[0]!.source).toBe('<<Say "Go [[on->End]]">>');
    expect(linksTold(report)).toEqual(['Here:1:15 literal End mapped: [[on->End]]']);
  });

  it('go back to Twine as they came, and changed ones within their macros', () => {
    const text = '<<Say "He said: \\"Go\\nnow\\".">> <<SetSpeaker "The Contact">>\n[[Go->End]]';
    const source = storyOf('SugarCube', { Here: text, ...END });
    const { document } = translate(source);
    expect(toTwine(document, IFID).passages.slice(0, 2)).toEqual(source.passages);
    const nodes = document.nodes.map((node) => ({
      ...node,
      content: node.content.replace('He said', 'She said, "Ah"'),
    }));
    const edited = { ...document, nodes, twine: { ...document.twine!, edited: ['Here'] } };
    const [here] = toTwine(edited, IFID).passages;
    expect(here!.text).toBe(
      '<<Say "She said, \\"Ah\\": \\"Go\\nnow\\".">> <<SetSpeaker "The Contact">>\n\n[[Go->End]]\n\n/% talegraph: {"type":"story"} %/',
    );
  });
});

it('tells how much code was kept, and which passages are empty by it', () => {
  const content = [
    ':: StoryTitle\nA',
    `:: StoryData\n{ "ifid": "${IFID}", "format": "SugarCube" }`,
    ':: Start\n<<drum>><<drum>>[[Go->End]]',
    ':: End\n<<Say "The end.">>',
  ].join('\n\n');
  const { problems, stories } = readFile({ content });
  expect(problems).toEqual([]);
  expect(stories[0]!.problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'KEPT_CODE: 3 pieces of code were not translated and are kept as they are: see the report.',
    'EMPTY_CONTENT: Node Start has no text that readers see.',
  ]);
});
