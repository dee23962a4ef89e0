import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StoryDocument } from '../../src/publishing/formats/story-document.js';
import { writeTwineHtml } from '../../src/publishing/formats/twine/html-writer.js';
import { writeTwineJson } from '../../src/publishing/formats/twine/json-writer.js';
import { readTwine } from '../../src/publishing/formats/twine/read-twine.js';
import { toTwine } from '../../src/publishing/formats/twine/to-twine.js';
import { translate } from '../../src/publishing/formats/twine/translate.js';
import { writeTwee } from '../../src/publishing/formats/twine/twee-writer.js';
import type { TwineStory } from '../../src/publishing/formats/twine/twine-story.js';
import { anyDocument } from '../support/document-arbitrary.js';

const IFID = '0B6D8A4C-0F3E-5B59-9D0C-6A2F51E2C8D1';

/** A story with every rule. */
const ALL: StoryDocument = {
  title: 'The Vault',
  description: 'A vault with everything in it.',
  category: 'adventure',
  difficulty: 'hard',
  tags: ['vault'],
  language: 'en',
  schema: {
    variables: [{ name: 'gold', type: 'int', initial: 3, min: 0, max: 9 }],
    items: [{ key: 'lamp', name: 'Lamp', max: 2 }],
    stats: [{ key: 'nerve', name: 'Nerve', initial: 5, min: 0, max: 10 }],
    endings: [{ key: 'rich', name: 'Rich' }],
    achievements: [{ key: 'miser', name: 'Miser', secret: true, endings: ['rich'] }],
    undo: true,
  },
  nodes: [
    {
      key: 'door',
      title: 'The Door',
      content: 'You have {{ gold | times: 2 }} coins & *nerve*.',
      type: 'choice',
      start: true,
      tags: ['by the sea'],
      chapter: 'One',
      effects: [{ op: 'add', target: 'gold', value: '2' }],
      choices: [
        { text: 'Force it', to: 'hall', check: '2d6 + stats.nerve >= 9', failTo: 'lost' },
        { text: 'Spell', to: 'hall', puzzle: { kind: 'text', answers: ['open'], attempts: 3 } },
        {
          ...{ text: 'Pay', to: 'hall', condition: 'gold >= 2', lockedText: 'You are poor.' },
          effects: [
            { op: 'sub', target: 'gold', value: '2' },
            { op: 'give', target: 'lamp' },
          ],
          consequences: 'They count it.',
        },
        { text: 'Wait', to: 'lost', afterSeconds: 10 },
        { text: 'Think' },
      ],
    },
    {
      key: 'hall',
      title: 'Hall',
      content: 'Done.',
      type: 'ending',
      endingKind: 'good',
      ending: 'rich',
    },
    {
      ...{ key: 'lost', title: 'Lost', content: 'Alas.', type: 'ending', endingKind: 'bad' },
      choices: [{ text: 'Again', to: 'door' }],
    },
  ],
};

const WRITERS = [
  ['Twee 3', writeTwee],
  ['Twine 2 HTML', writeTwineHtml],
  ['Twine 2 JSON', writeTwineJson],
] as const;

const again = (document: StoryDocument, write: (story: TwineStory) => string = writeTwee) =>
  translate(readTwine(write(toTwine(document, IFID))).stories[0]!);

/** The story as it comes back after its file was changed. */
const changed = (change: (file: string) => string) =>
  translate(readTwine(change(writeTwee(toTwine(ALL, IFID)))).stories[0]!);

const bare = ({ twine: _, slug: __, ...document }: StoryDocument) => document;

describe.each(WRITERS)('a story that went out as %s', (_, write) => {
  it('comes back with all its rules', () => {
    const { document, problems, report } = again(ALL, write);
    expect(bare(document)).toEqual(ALL);
    expect(problems).toEqual([]);
    expect(new Set(report.constructs.map(({ outcome }) => outcome))).toEqual(new Set(['mapped']));
  });

  it('comes back the same, whatever it is', () => {
    fc.assert(
      fc.property(anyDocument, ({ twine: _twine, ...drawn }) => {
        const keys = new Set(drawn.nodes.map(({ key }) => key));
        const isKnown = (key: string | undefined) => key === undefined || keys.has(key);
        const nodes = drawn.nodes.map((node, i) => ({
          ...node,
          start: i === 0,
          choices: node.choices?.filter(({ to, failTo }) => isKnown(to) && isKnown(failTo)),
        }));
        const native = JSON.parse(JSON.stringify({ ...drawn, nodes })) as StoryDocument;
        fc.pre(nodes.length > 0);
        const file = write(toTwine(native, IFID));
        const { document } = translate(readTwine(file).stories[0]!);
        expect(rounded(bare(document))).toEqual(rounded(bare(native)));
        expect(write(toTwine(document, IFID))).toBe(file);
      }),
      { numRuns: 200 },
    );
  });
});

/** Files hold places as texts, and no start that is false, and no empty lists. */
const rounded = ({ nodes, ...document }: Omit<StoryDocument, 'slug'>) => ({
  ...document,
  nodes: nodes.map(({ start, choices, position: _, ...node }) => ({
    ...node,
    ...(start === true && { start }),
    ...(choices !== undefined && choices.length > 0 && { choices }),
  })),
});

describe('a passage that was changed in Twine', () => {
  it('keeps what its comments still say, and clamped effects', () => {
    const { document, problems } = changed((file) => file.replace('Wait->', 'Wait a bit->'));
    const [door] = document.nodes;
    expect(door!.effects).toEqual(ALL.nodes[0]!.effects);
    expect(door!.choices!.slice(0, 2)).toEqual(ALL.nodes[0]!.choices!.slice(0, 2));
    expect(problems.map(({ message }) => message)).toEqual([
      'This passage was changed in Twine, and Liquid of its text is not read from it: set it again here.',
      'This passage was changed in Twine, and the effect give lamp of the choice “Pay” is not read from it: set it again here.',
      'This passage was changed in Twine, and the time limit of the choice “Wait” is not read from it: set it again here.',
    ]);
  });

  it('loses what its comments say no more, with a warning', () => {
    const { document, problems } = changed((file) =>
      file.replace(/ \/% talegraph: \{"check[^%]*%\//, ''),
    );
    expect(document.nodes[0]!.choices![0]).toEqual({ text: 'Force it', to: 'hall' });
    expect(problems.map(({ message }) => message)).toContain(
      'This passage was changed in Twine, and the dice check of the choice “Force it” is not read from it: set it again here.',
    );
  });

  it('and others that were taken away say so', () => {
    const { document, problems } = changed((file) => file.replace(/:: Lost[^]*?(?=:: )/, ''));
    expect(document.nodes.map(({ key }) => key)).toEqual(['door', 'hall']);
    expect(problems).toContainEqual({
      severity: 'warning',
      code: 'LOST_RULE',
      message: 'The passage Lost is gone, and what Talegraph knew of it.',
    });
  });
});

describe('a passage of rules that is broken', () => {
  it('is left out with a warning', () => {
    const { problems } = changed((file) => file.replace('"nodes":[', '"nodes":{'));
    expect(problems[0]!.message).toMatch(
      /^The passage Talegraph rules is not as Talegraph wrote it/,
    );
  });
});
