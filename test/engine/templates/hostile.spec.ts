import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StorySchema } from '../../../src/engine/core/definition.js';
import { isFaulty } from '../../../src/engine/core/expressions/problem.js';
import { compile } from '../../../src/engine/core/story.js';
import { parseTemplate, render } from '../../../src/engine/core/templates/template.js';
import { storyOf } from '../../support/definitions.js';

const SCHEMA: StorySchema = {
  variables: [
    { name: 'gold', type: 'int', initial: 5 },
    { name: 'hero', type: 'string', initial: 'Ada' },
  ],
  items: [{ key: 'lamp', name: 'Lamp' }],
};
const MANY = Array.from({ length: 2000 }, (_, i) => [`node-number-${i}`, []] as const);
const story = compile({
  ...storyOf({ hall: ['end'], end: [], ...Object.fromEntries(MANY) }),
  schema: SCHEMA,
});
const memory = story.layout.slots.map(({ initial }) => initial);

/** Longer than any text takes, on a machine that has other work too. */
const SOON = 1000;

/** @returns what the text says, or that it is refused */
function tried(text: string): { refused: string } | { told: string } {
  const since = performance.now();
  const template = parseTemplate(text, 'markdown', story.layout);
  const outcome = isFaulty(template)
    ? { refused: template[0]!.message }
    : { told: render(template, memory) };
  expect(performance.now() - since).toBeLessThan(SOON);
  return outcome;
}

const WORDS = [
  ...['{{', '}}', '{%', '%}', '{{-', '-}}', '|', ':', ',', '.', '[', ']', '"', "'", '(', ')', '..'],
  ...[
    'if',
    'endif',
    'for',
    'in',
    'assign',
    'capture',
    'include',
    'render',
    'layout',
    'raw',
    'endraw',
  ],
  ...['constructor', '__proto__', 'prototype', 'toString', 'process', 'require', 'this', 'global'],
  ...[
    'gold',
    'hero',
    'inventory',
    'visits',
    'hall',
    'lamp',
    'nil',
    'true',
    '0',
    '99999999999',
    '=',
  ],
  ...[
    'plus',
    'append',
    'times',
    'raw',
    'json',
    'where_exp',
    'size',
    '\n',
    ' ',
    '\u0000',
    '😀',
    '<script>',
  ],
];

describe('hostile Liquid', () => {
  it.each([
    '{{ constructor }}',
    '{{ __proto__ }}',
    '{{ gold.constructor }}',
    '{{ hero.__proto__.polluted }}',
    '{{ inventory.constructor }}',
    '{{ inventory["__proto__"] }}',
    '{{ visits.toString }}',
    '{{ this }}{{ self }}{{ globalThis }}',
    '{{ process.env.JWT_SECRET }}',
    '{% include "/etc/passwd" %}',
    '{% render "a" %}',
    '{% layout "a" %}',
    '{% for i in (1..1000000000) %}x{% endfor %}',
    '{% tablerow i in (1..1000000000) %}x{% endtablerow %}',
    '{{ hero | raw }}',
    '{{ hero | json }}',
    '{{ hero | where_exp: "x", "x" }}',
    '{{ (1..1000000000) | size }}',
    '{% liquid\n echo hero %}',
    '{% capture x %}{% endcapture %}',
    '{% increment gold %}',
  ])('is refused: %s', (text) => {
    expect(tried(text)).toEqual({ refused: expect.any(String) });
  });

  it.each([
    [
      'a text that doubles itself',
      `{% assign a = hero %}${'{% assign a = a | append: a %}'.repeat(60)}{{ a }}`,
    ],
    ['deep nesting', `${'{% if gold %}'.repeat(5000)}x${'{% endif %}'.repeat(5000)}`],
    ['a long chain of filters', `{{ gold ${'| plus: 1 '.repeat(9000)} }}`],
    ['as many pieces as there may be', '{{ gold }}'.repeat(1000)],
    ['ten times as many', '{{ gold }}'.repeat(10_000)],
    ['more than that', 'x{{ gold }}'.repeat(20_000)],
    ['an output of many names', `{{ gold ${'| plus: gold '.repeat(7000)}}}`],
    ['a condition of many names', `{% if gold ${'and gold '.repeat(11_000)}%}x{% endif %}`],
    [
      'many values of a case',
      `{% case gold %}{% when 1${', gold'.repeat(14_000)} %}x{% endcase %}`,
    ],
    ['an endless name', `{{ ${'a'.repeat(99_000)} }}`],
    ['an endless key, in a story of many nodes', `{{ visits["${'n'.repeat(96_000)}"] }}`],
    ['many openings', '{{'.repeat(50_000)],
    ['a huge number', '{{ gold | times: 99999999999999999999999999999999 | times: 9e999 }}'],
  ])('ends soon: %s', (_, text) => {
    expect(JSON.stringify(tried(text)).length).toBeLessThan(2_000_000);
  });

  it.each(['markdown', 'plain'] as const)('prints no more than a %s text may hold', (kind) => {
    for (const text of [
      `{% assign a = "${'x'.repeat(5000)}" %}${'{{ a }}'.repeat(900)}`,
      '{{ (1..900000) }}',
      `{% assign a = (1..30000) %}${'{{ a }}'.repeat(900)}`,
    ]) {
      const template = parseTemplate(text, kind, story.layout);
      if (isFaulty(template)) throw new Error(template[0]!.message);
      expect(render(template, memory)).toBe('');
    }
  });

  it('neither throws, nor takes long, nor tells anything but the state', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...WORDS), { maxLength: 30 }), (words) => {
        const outcome = tried(words.join(' '));
        const text = 'told' in outcome ? outcome.told : outcome.refused;
        expect(text).not.toMatch(/\[native code\]|function|\[object/);
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves no trace on prototypes', () => {
    tried('{% assign __proto__ = gold %}{{ hero }}');
    tried('{% assign constructor = gold %}{{ constructor }}');
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>).gold).toBeUndefined();
  });
});
