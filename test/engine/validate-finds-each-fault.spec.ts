import { describe, expect, it } from '@jest/globals';
import type { StoryDefinition, StorySchema } from '../../src/engine/core/definition.js';
import { compile } from '../../src/engine/core/story.js';
import type { Severity } from '../../src/engine/core/finding.js';
import { validate, type StructureFindingCode } from '../../src/engine/core/validate.js';
import { nodeOf, storyOf, withChoice, withNode } from '../support/definitions.js';

/** A finding as `ERROR_CODE severity key letter`, the last two where it is about a node or a choice. */
const found = (story: StoryDefinition) =>
  validate(compile(story)).map(({ code, severity, node, choice }) =>
    [code, severity, node?.key, choice?.letter].filter((part) => part !== undefined).join(' '),
  );

const sound = storyOf({ start: ['left', 'right'], left: ['end'], right: ['end'], end: [] });
const backTo = (key: string) => [
  { ...nodeOf(sound, 'left').choices[0]!, id: 900, to: nodeOf(sound, key).id },
];

const GOLD: StorySchema = { variables: [{ name: 'gold', type: 'int', initial: 5 }] };

interface Fault {
  readonly fault: string;
  readonly planted: StoryDefinition;
  /** The same story without the fault. */
  readonly mended: StoryDefinition;
  readonly findings: readonly `${StructureFindingCode} ${Severity}${string}`[];
}

const FAULTS: readonly Fault[] = [
  {
    fault: 'no nodes',
    planted: { nodes: [] },
    mended: storyOf({ only: [] }),
    findings: ['EMPTY_STORY error'],
  },
  {
    fault: 'no start',
    planted: withNode(sound, 'start', { isStart: false }),
    mended: sound,
    findings: ['NO_START error'],
  },
  {
    fault: 'several starts',
    planted: withNode(sound, 'right', { isStart: true }),
    mended: withNode(sound, 'right', { isStart: false }),
    findings: ['SEVERAL_STARTS error right'],
  },
  {
    fault: 'three starts',
    planted: withNode(withNode(sound, 'right', { isStart: true }), 'left', { isStart: true }),
    mended: sound,
    findings: ['SEVERAL_STARTS error left', 'SEVERAL_STARTS error right'],
  },
  {
    fault: 'no ending',
    planted: storyOf({ start: ['start'] }),
    mended: storyOf({ start: ['start', 'end'], end: [] }),
    findings: ['NO_ENDING error', 'NO_WAY_TO_AN_ENDING error start'],
  },
  {
    fault: 'a key given twice',
    planted: withNode(sound, 'left', { key: 'right' }),
    mended: withNode(sound, 'left', { key: 'lane' }),
    findings: ['DUPLICATE_KEY error right', 'DUPLICATE_KEY error right'],
  },
  {
    fault: 'a letter given twice at one node',
    planted: withChoice(sound, 'start', 1, { letter: 'A' }),
    mended: withChoice(sound, 'start', 1, { letter: 'Z' }),
    findings: ['DUPLICATE_LETTER error start A', 'DUPLICATE_LETTER error start A'],
  },
  {
    fault: 'a choice that is open',
    planted: withChoice(sound, 'start', 1, { to: null }),
    mended: withChoice(sound, 'start', 1, { to: nodeOf(sound, 'right').id }),
    findings: ['MISSING_TARGET error start B', 'UNREACHABLE_NODE warning right'],
  },
  {
    fault: 'a choice to a node that is not there',
    planted: withChoice(sound, 'start', 0, { to: 999 }),
    mended: sound,
    findings: ['MISSING_TARGET error start A', 'UNREACHABLE_NODE warning left'],
  },
  {
    fault: 'a node whose every choice is open',
    planted: withChoice(sound, 'left', 0, { to: null }),
    mended: withChoice(sound, 'left', 0, { to: nodeOf(sound, 'start').id }),
    findings: ['MISSING_TARGET error left A'],
  },
  {
    fault: 'a dead end',
    planted: withNode(sound, 'left', { choices: [] }),
    mended: withNode(sound, 'left', { choices: [], type: 'ending' }),
    findings: ['DEAD_END error left'],
  },
  {
    fault: 'a node that leads to a dead end alone',
    planted: storyOf({ start: ['way', 'end'], way: ['stuck'], stuck: ['gone'], end: [] }),
    mended: storyOf({ start: ['way', 'end'], way: ['stuck'], stuck: ['end'], end: [] }),
    findings: ['NO_WAY_TO_AN_ENDING error way', 'MISSING_TARGET error stuck A'],
  },
  {
    fault: 'a loop without a way out',
    planted: storyOf({ start: ['pit', 'end'], pit: ['well'], well: ['pit'], end: [] }),
    mended: storyOf({ start: ['pit', 'end'], pit: ['well'], well: ['pit', 'end'], end: [] }),
    findings: ['NO_WAY_TO_AN_ENDING error pit', 'NO_WAY_TO_AN_ENDING error well'],
  },
  {
    fault: 'a loop whose only other way is open',
    planted: storyOf({ start: ['pit', 'end'], pit: ['pit', 'gone'], end: [] }),
    mended: storyOf({ start: ['pit', 'end'], pit: ['pit', 'end'], end: [] }),
    findings: ['MISSING_TARGET error pit B', 'NO_WAY_TO_AN_ENDING error pit'],
  },
  {
    fault: 'an ending with choices',
    planted: withNode(sound, 'end', { choices: backTo('start') }),
    mended: withNode(sound, 'end', { choices: [] }),
    findings: ['ENDING_WITH_CHOICES warning end'],
  },
  {
    fault: 'a node that nothing leads to',
    planted: storyOf({ start: ['end'], end: [], island: ['end'] }),
    mended: storyOf({ start: ['end', 'island'], end: [], island: ['end'] }),
    findings: ['UNREACHABLE_NODE warning island'],
  },
  {
    fault: 'a node that only an ending leads to',
    planted: withNode(storyOf({ start: ['end'], end: [], island: ['end'] }), 'end', {
      choices: [{ ...backTo('start')[0]!, to: 3 }],
    }),
    mended: storyOf({ start: ['end', 'island'], end: [], island: ['end'] }),
    findings: ['ENDING_WITH_CHOICES warning end', 'UNREACHABLE_NODE warning island'],
  },
  {
    fault: 'no text',
    planted: withNode(sound, 'left', { content: '' }),
    mended: withNode(sound, 'left', { content: 'At last.' }),
    findings: ['EMPTY_CONTENT warning left'],
  },
  {
    fault: 'nothing but white space for a text',
    planted: withNode(sound, 'end', { content: ' \n\t ' }),
    mended: withNode(sound, 'end', { content: ' \n. ' }),
    findings: ['EMPTY_CONTENT warning end'],
  },
  {
    fault: 'nothing but comments and Liquid that shows nothing',
    planted: withNode(sound, 'end', {
      content:
        '{% comment %}<<say "Hi">>{% endcomment %}\n{% assign a = 1 %}{% if a > 0 %} {% endif %}',
    }),
    mended: withNode(sound, 'end', {
      content: '{% comment %}Mend this.{% endcomment %}{{ turn }}',
    }),
    findings: ['EMPTY_CONTENT warning end'],
  },
  {
    fault: 'a link to another node',
    planted: withNode(sound, 'left', { content: 'Go [right](right), or [on](#end).' }),
    mended: withNode(sound, 'left', { content: 'Go [out](https://example.org/).' }),
    findings: ['BROKEN_LINK warning left'],
  },
  {
    fault: 'a picture',
    planted: withNode(sound, 'end', { content: 'Look: ![a crown](https://example.org/a.png)' }),
    mended: withNode(sound, 'end', { content: 'Look: `![a crown](a.png)`' }),
    findings: ['BROKEN_LINK warning end'],
  },
  {
    fault: 'a link as in Twine',
    planted: withNode(sound, 'left', { content: 'Go to [[right]].' }),
    mended: withNode(sound, 'left', {
      content: 'Go {% comment %}[[right]]{% endcomment %} for $5.',
    }),
    findings: ['TWINE_MARKUP warning left'],
  },
  {
    fault: 'a variable as in Twine in a choice',
    planted: {
      ...withChoice(sound, 'left', 0, { text: 'Pay $gold', condition: 'gold > 1' }),
      schema: GOLD,
    },
    mended: {
      ...withChoice(sound, 'left', 0, { text: 'Pay {{ gold }}', condition: 'gold > 1' }),
      schema: GOLD,
    },
    findings: ['TWINE_MARKUP warning left A'],
  },
];

describe('validate', () => {
  it('finds nothing in a sound story', () => {
    expect(found(sound)).toEqual([]);
  });

  it.each(FAULTS)('finds $fault, and no more than that', ({ planted, findings }) => {
    expect(found(planted)).toEqual(findings);
  });

  it.each(FAULTS)('finds nothing once it is mended: $fault', ({ mended }) => {
    expect(found(mended)).toEqual([]);
  });

  it('allows the same letter at different nodes', () => {
    expect(nodeOf(sound, 'left').choices[0]!.letter).toBe(
      nodeOf(sound, 'right').choices[0]!.letter,
    );
    expect(found(sound)).toEqual([]);
  });

  it('hands over the node and the choice themselves', () => {
    const planted = withChoice(sound, 'start', 1, { to: null });
    const [finding] = validate(compile(planted));
    expect(finding!.node).toBe(nodeOf(planted, 'start'));
    expect(finding!.choice).toBe(nodeOf(planted, 'start').choices[1]);
  });

  it('says what is wrong and how to mend it, naming the place', () => {
    for (const { planted } of FAULTS) {
      for (const { message, fix, node, choice } of validate(compile(planted))) {
        expect(message).toMatch(/^[A-Z].+\.$/);
        expect(fix).toMatch(/^[A-Z].+\.$/);
        expect(message).toContain(node?.key ?? '');
        expect(message).toContain(choice?.letter ?? '');
      }
    }
  });

  it('finds all faults at once, those of the story first, then node by node', () => {
    const story = storyOf({
      start: ['twin', 'hush', 'pit', 'end'],
      twin: ['end'],
      hush: ['end'],
      pit: ['pit'],
      stuck: ['end'],
      end: [],
      island: ['end'],
    });
    const faults: ((story: StoryDefinition) => StoryDefinition)[] = [
      (s) => withNode(s, 'hush', { isStart: true, content: '' }),
      (s) => withNode(s, 'end', { choices: backTo('start') }),
      (s) => withNode(s, 'stuck', { choices: [] }),
      (s) => withChoice(s, 'start', 1, { letter: 'A' }),
      (s) => withChoice(s, 'start', 3, { to: null }),
      (s) => withNode(s, 'twin', { key: 'hush' }),
    ];
    expect(found(faults.reduce((s, plant) => plant(s), story))).toEqual([
      'SEVERAL_STARTS error hush',
      'DUPLICATE_LETTER error start A',
      'DUPLICATE_LETTER error start A',
      'MISSING_TARGET error start D',
      'DUPLICATE_KEY error hush',
      'DUPLICATE_KEY error hush',
      'EMPTY_CONTENT warning hush',
      'NO_WAY_TO_AN_ENDING error pit',
      'DEAD_END error stuck',
      'UNREACHABLE_NODE warning stuck',
      'ENDING_WITH_CHOICES warning end',
      'UNREACHABLE_NODE warning island',
    ]);
  });

  it('finds that a story has neither start nor ending, and every node’s own faults besides', () => {
    const planted = withNode(withNode(sound, 'start', { isStart: false }), 'end', {
      type: 'story',
      content: '',
    });
    expect(found(planted)).toEqual([
      'NO_START error',
      'NO_ENDING error',
      'NO_WAY_TO_AN_ENDING error start',
      'NO_WAY_TO_AN_ENDING error left',
      'NO_WAY_TO_AN_ENDING error right',
      'EMPTY_CONTENT warning end',
      'DEAD_END error end',
    ]);
  });

  it('takes every code that there is', () => {
    const codes = new Set(FAULTS.flatMap(({ findings }) => findings.map((f) => f.split(' ')[0])));
    const all: { readonly [Code in StructureFindingCode]: Code } = {
      EMPTY_STORY: 'EMPTY_STORY',
      NO_START: 'NO_START',
      SEVERAL_STARTS: 'SEVERAL_STARTS',
      NO_ENDING: 'NO_ENDING',
      DUPLICATE_KEY: 'DUPLICATE_KEY',
      DUPLICATE_LETTER: 'DUPLICATE_LETTER',
      MISSING_TARGET: 'MISSING_TARGET',
      DEAD_END: 'DEAD_END',
      NO_WAY_TO_AN_ENDING: 'NO_WAY_TO_AN_ENDING',
      ENDING_WITH_CHOICES: 'ENDING_WITH_CHOICES',
      UNREACHABLE_NODE: 'UNREACHABLE_NODE',
      EMPTY_CONTENT: 'EMPTY_CONTENT',
      BROKEN_LINK: 'BROKEN_LINK',
      TWINE_MARKUP: 'TWINE_MARKUP',
    };
    expect([...codes].sort()).toEqual(Object.keys(all).sort());
  });
});
