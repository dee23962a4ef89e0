import { describe, expect, it } from '@jest/globals';
import type { StorySchema } from '../../../src/engine/core/definition.js';
import { isFaulty } from '../../../src/engine/core/expressions/problem.js';
import { choose, isRejection, start } from '../../../src/engine/core/play.js';
import { slice } from '../../../src/engine/core/prover/slice.js';
import { readMemory } from '../../../src/engine/core/state.js';
import { compile } from '../../../src/engine/core/story.js';
import { parseTemplate, render } from '../../../src/engine/core/templates/template.js';
import { choiceFor, contentFor } from '../../../src/engine/core/templates/texts.js';
import { validate } from '../../../src/engine/core/validate.js';
import { storyOf } from '../../support/definitions.js';

const SCHEMA: StorySchema = {
  variables: [
    { name: 'gold', type: 'int', initial: 5 },
    { name: 'ratio', type: 'number', initial: 0.5 },
    { name: 'brave', type: 'bool', initial: true },
    { name: 'hero', type: 'string', initial: 'Ada *the* [Bold](javascript:x) <b>\n# X' },
  ],
  items: [{ key: 'lamp', name: 'Lamp' }],
  stats: [{ key: 'health', name: 'Health', initial: 10 }],
  artifacts: [{ key: 'crown', name: 'Crown' }],
};
const story = compile({ ...storyOf({ '2A': ['end'], end: [] }), schema: SCHEMA });

const parsed = (text: string, kind: 'markdown' | 'plain' = 'plain') =>
  parseTemplate(text, kind, story.layout);

function told(text: string, kind: 'markdown' | 'plain' = 'plain'): string {
  const template = parsed(text, kind);
  if (isFaulty(template)) throw new Error(template[0]!.message);
  const memory = story.layout.slots.map(({ initial }) => initial);
  return render(template, memory);
}

describe('a text', () => {
  it.each([
    ['prints a whole number as one', '{{ gold }} coins', '5 coins'],
    ['prints numbers', '{{ ratio }}', '0.5'],
    ['counts', '{{ gold | plus: 2 | times: 3 }}', '21'],
    [
      'reads items, stats and artifacts',
      '{{ inventory.lamp }}{{ stats.health }}{{ artifacts.crown }}',
      '010false',
    ],
    ['reads visits by key, also one that begins with a digit', '{{ visits["2A"] }}', '0'],
    ['reads the turn', '{{ turn }}', '0'],
    ['takes zero for false', '{% if inventory.lamp %}lit{% else %}dark{% endif %}', 'dark'],
    ['branches', '{% if gold > 4 and brave %}rich{% elsif gold %}poor{% endif %}', 'rich'],
    ['branches otherwise', '{% unless brave %}no{% else %}yes{% endunless %}', 'yes'],
    ['chooses a case', '{% case gold %}{% when 5 %}five{% else %}other{% endcase %}', 'five'],
    ['divides by zero as conditions do', '{{ gold | divided_by: 0 }}{{ gold | modulo: 0 }}', '00'],
    ['names what it works out', '{% assign half = gold | divided_by: 2 %}{{ half }}', '2.5'],
    [
      'takes what is assigned in a branch not taken for nothing',
      'a{% unless brave %}{% assign x = 1 %}{% endunless %}{{ x }}{% if x %}b{% endif %}c',
      'ac',
    ],
    ['leaves comments out', 'a{% comment %}b{% endcomment %}c', 'ac'],
    ['leaves raw text as it is', '{% raw %}{{ gold }}{% endraw %}', '{{ gold }}'],
  ])('%s', (_, text, expected) => {
    expect(told(text)).toBe(expected);
  });

  it('lets no printed value bring in markup or lines', () => {
    const safe = told('{{ hero }}', 'markdown');
    expect(safe).toBe('Ada \\*the\\* \\[Bold\\]\\(javascript\\:x\\) \\<b\\> \\# X');
    expect(told('{{ gold }} {{ ratio }}', 'markdown')).toBe('5 0.5');
  });

  it.each([
    ['an unknown name', 'Yes\n {{ golf }}', 2, 5, 'There is no variable golf. Did you mean gold?'],
    ['an unknown item', '{{ inventory.lmap }}', 1, 4, 'There is no item lmap. Did you mean lamp?'],
    ['an unknown node', '{{ visits.hall }}', 1, 4, 'There is no node hall.'],
    ['a namespace alone', '{{ stats }}', 1, 4, 'stats needs one name after it: stats.something.'],
    ['a part of a variable', '{{ gold.size }}', 1, 4, 'gold has no parts.'],
    [
      'a computed name',
      '{{ inventory[hero] }}',
      1,
      4,
      'inventory needs one name after it: inventory.something.',
    ],
    [
      'an assignment to a name of the story',
      'a\n{% assign gold = 1 %}',
      2,
      11,
      'gold is a name of the story, which texts cannot change; assign to another name.',
    ],
    [
      'a tag that belongs within another',
      'a {% else %}',
      1,
      3,
      'Tag "else" not found. It belongs within another tag.',
    ],
    [
      'an unknown filter',
      '{{ gold | upcas }}',
      1,
      1,
      'Undefined filter: upcas. Did you mean upcase?',
    ],
    ['an unknown tag', 'a {% fi gold %}', 1, 3, 'Tag "fi" not found. Did you mean if?'],
    ['a tag without its end', '{% if gold %}', 1, 1, 'Tag {% if gold %} not closed.'],
    ['an output without its end', 'a {{ gold', 1, 3, 'Output "{{ gold" not closed.'],
  ])('is refused for %s, with its place', (_, text, line, column, message) => {
    expect(parsed(text)).toEqual([{ message, line, column }]);
  });
});

/** All that is wrong with a text, each with its place. */
function faults(text: string): string[] {
  const template = parsed(text);
  if (!isFaulty(template)) throw new Error('It is sound.');
  return template.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('a faulty text', () => {
  it('tells of every unknown name', () => {
    expect(faults('{{ golf }} and\n{% if golld %}{{ inventory.lmap }}{% endif %}')).toEqual([
      '1:4 There is no variable golf. Did you mean gold?',
      '2:7 There is no variable golld. Did you mean gold?',
      '2:18 There is no item lmap. Did you mean lamp?',
    ]);
  });

  it('tells of broken markup, and of every name beside it', () => {
    expect(faults('{{ golf }} {{ gild }}\n {% if golld > %} {{ gold | upcas }}')).toEqual([
      '1:4 There is no variable golf. Did you mean gold?',
      '1:15 There is no variable gild. Did you mean gold?',
      '2:2 Tag {% if golld > %} not closed.',
      '2:8 There is no variable golld. Did you mean gold?',
      '2:14 Something is missing after >.',
      '2:19 Undefined filter: upcas. Did you mean upcase?',
    ]);
  });

  it('leaves out what the text itself assigns, comments and raw text', () => {
    const own = '{% assign half = gold | divided_by: 2 %}{{ half }}';
    const hidden = '{% comment %}{{ a }}{% endcomment %}{% raw %}{{ b }}{% endraw %}';
    expect(faults(`${own}${hidden}{{ golf }}{{`)).toEqual([
      `1:${own.length + hidden.length + 4} There is no variable golf. Did you mean gold?`,
      `1:${own.length + hidden.length + 11} Output "{{" not closed.`,
    ]);
  });

  it.each([
    ['{% if gold >= 2 && brave %}x{% endif %}', ['1:17 In texts: Write and instead of &&.']],
    [
      '{% if !brave||gold=3 %}x{% endif %}',
      [
        '1:7 In texts: Write not instead of !.',
        '1:13 In texts: Write or instead of ||.',
        '1:19 In texts: Write == to compare.',
      ],
    ],
    [
      '{{ $gold }} {{ golf }}',
      ['1:4 Names have no $.', '1:16 There is no variable golf. Did you mean gold?'],
    ],
    ['{% if gold is 5 %}x{% endif %}', ['1:12 In texts: Write == instead of is.']],
    ['{% if gold gte 5 %}x{% endif %}', ['1:12 In texts: Write >= instead of gte.']],
    [
      '{% if hero == “Ada” %}x{% endif %}',
      ['1:15 Write straight quotation marks: ".', '1:19 Write straight quotation marks: ".'],
    ],
    [
      '{% if hero == "&& or is" && brave %}x{% endif %}',
      ['1:26 In texts: Write and instead of &&.'],
    ],
  ])('says what to write in %s', (text, expected) => {
    expect(faults(text)).toEqual(expected);
  });
});

describe('a story with templates', () => {
  const definition = storyOf({ start: ['end'], end: [] });
  const [first, ...others] = definition.nodes;
  const templated = compile({
    schema: SCHEMA,
    nodes: [
      {
        ...first!,
        content: 'You have {{ gold }}, and were here {{ visits.start }} times.',
        choices: first!.choices.map((choice) => ({
          ...choice,
          text: 'Pay {{ gold }}',
          consequences: '{{ gold }} left',
          condition: 'gold > 0',
          lockedText: 'Only {{ gold }}',
          effects: [{ op: 'sub' as const, target: 'gold', value: '2' }],
        })),
      },
      ...others,
    ],
  });
  const begun = start(templated);
  if (isRejection(begun)) throw new Error(begun.rejected);

  it('tells its texts by what the reader holds, and consequences by what they hold then', () => {
    const memory = readMemory(templated, begun.state);
    expect(contentFor(templated, memory, 0)).toBe('You have 5, and were here 1 times.');
    expect(choiceFor(templated, memory, 0)).toMatchObject({ text: 'Pay 5', lockedText: 'Only 5' });
    const step = choose(templated, begun.state, templated.choices[0]!.id);
    expect(isRejection(step) ? [] : step.events).toContainEqual({
      type: 'consequences',
      text: '3 left',
    });
  });

  it('has the prover leave out what texts alone read', () => {
    expect(slice(templated).observed.map(({ name }) => name)).toEqual(['gold']);
  });

  it('takes what texts read for used, and tells of faulty ones', () => {
    const names = validate(templated).flatMap(({ code, message }) =>
      code === 'UNUSED_DECLARATION' ? [message] : [],
    );
    expect(names.join()).not.toContain('gold');
    const broken = compile({ nodes: [{ ...first!, content: 'a {{ nothing }}' }, ...others] });
    expect(
      validate(broken).map(({ code, severity, message }) => [code, severity, message]),
    ).toContainEqual([
      'FAULTY_RULE',
      'error',
      'Node start, content, line 1, column 6: There is no variable nothing.',
    ]);
  });
});
