import { describe, expect, it } from '@jest/globals';
import { compile } from '../../../src/engine/core/story.js';
import { faultsIn, parseTemplate } from '../../../src/engine/core/templates/template.js';
import { contentFor } from '../../../src/engine/core/templates/texts.js';
import { storyOf } from '../../support/definitions.js';

const definition = storyOf({ hall: ['end'], end: [] });
const schema = {
  variables: [
    { name: 'gold', type: 'int', initial: 1 },
    { name: 'met', type: 'bool', initial: true },
    { name: 'hero', type: 'string', initial: 'Ada' },
  ],
  items: [{ key: 'lamp', name: 'Lamp' }],
  protagonists: [
    { key: 'keeper', name: 'The keeper' },
    { key: 'child', name: 'The child' },
  ],
} as const;
const story = compile({ ...definition, schema });

const faults = (text: string) =>
  faultsIn(parseTemplate(text, 'plain', story.layout)).map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );

const PARENTHESES =
  'Texts take no parentheses: put one if within another, or assign a part to a name first.';

describe('what Liquid overlooks is a fault', () => {
  it.each([
    [
      'You owe {{ gold | plus: }}.\n{% if gold > 1 and %}rich{% else %}poor{% endif %}',
      ['1:19 plus needs a value: plus: 1.', '2:16 Something is missing after and.'],
    ],
    ['{{ gold | plus }}', ['1:11 plus needs a value: plus: 1.']],
    ['{{ gold | plus: 1, }}', ['1:18 Something is missing after ,.']],
    ['{{ gold | plus: 1, 2 }}', ['1:11 plus takes at most one value.']],
    ['{{ gold | plus: by: 1 }}', ['1:19 : cannot stand here.']],
    ['{{ hero | upcase: 1 }}', ['1:11 upcase takes no value.']],
    ['{{ gold | }}', ['1:9 A filter is missing after |.']],
    ['{{ gold, hero }}', ['1:8 , cannot stand here.']],
    ['{{ gold hero }}', ['1:9 hero cannot stand here.']],
    ['{{ gold. }}', ['1:8 A name is missing after the dot.']],
    ['{{ inventory["lamp" gold] }}', ['1:13 [ cannot stand here.']],
    ['{{ }}', ['1:1 There is nothing in it to print.']],
    ['{% if %}a{% endif %}', ['1:1 if needs a condition: {% if gold > 1 %}.']],
    ['{% if not %}a{% endif %}', ['1:7 Something is missing after not.']],
    ['{% if > 1 %}a{% endif %}', ['1:7 > cannot stand here.']],
    ['{% if gold ~ 1 %}a{% endif %}', ['1:12 ~ cannot stand here.']],
    ['{% if gold == == 1 %}a{% endif %}', ['1:12 Something is missing after ==.']],
    [
      '{% if 1 < gold < 3 %}a{% endif %}',
      ['1:16 Only two values are compared at once: join comparisons by and.'],
    ],
    ['{% if hero == "Ada %}a{% endif %}', ['1:15 This quotation mark is not closed.']],
    [
      '{% if gold | times: 2 > 3 %}a{% endif %}',
      ['1:23 After a filter > cannot stand: assign what it makes to a name first.'],
    ],
    [
      '{% unless gold %}{% else %}a{% elsif met %}b{% endunless %}',
      ['1:29 elsif must stand before else.'],
    ],
    ['{% if gold %}{% else %}a{% elsif met %}b{% endif %}', ['1:25 elsif must stand before else.']],
    [
      '{% unless gold %}{% else %}a{% else %}b{% endunless %}',
      ['1:29 There is an else before this one.'],
    ],
    ['{% case gold %}{% when %}a{% endcase %}', ['1:16 when needs a value: {% when 1 %}.']],
    ['{% case gold %}{% when 1 2 %}a{% endcase %}', ['1:26 2 cannot stand here.']],
    ['{% case gold %}{% else %}b{% when 4 %}c{% endcase %}', ['1:27 when must stand before else.']],
    ['{% if gold %}a{% endif met %}', ['1:15 Nothing may stand after endif.']],
  ])('%s', (text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  it('says what to write for what other languages have', () => {
    expect(faults('{% if met and (gold > 1) %}a{% endif %}')).toEqual([`1:15 ${PARENTHESES}`]);
    expect(faults('{{ gold * 2 }}')).toEqual(['1:9 In texts: Write | times: instead of *.']);
    expect(faults('{{ gold - 1 }}')).toEqual(['1:9 In texts: Write | minus: instead of -.']);
    expect(faults('{{ gold +1 }}')).toEqual(['1:9 In texts: Write | plus: instead of +.']);
    expect(faults('{% if gold / 2 > 3 %}a{% endif %}')).toEqual([
      '1:12 In texts: Instead of /, work it out first: {% assign sum = gold | divided_by: 1 %}.',
    ]);
    expect(faults('{% if gold %}a{% else if met %}b{% endif %}')).toEqual([
      '1:15 Write elsif instead of else if.',
    ]);
    expect(faults('{% for %}')).toEqual([
      '1:1 Tag "for" not found. There are if, unless, case, assign, comment, raw.',
    ]);
  });

  it.each([
    '{{- gold -}}{%- if gold == -1 or met -%}a{%- endif -%}',
    '{{ hero | append: "}}" }} {% if hero == "{{" %}a{% endif %}',
    '{{ hero | append: "a \\" b" }}{{ hero | append: \'"\' }}',
    '{{ hero | default: "x", allow_false: true | truncate: 5, "" | upcase }}',
    '{% case gold %} {% when 1, 2 or 3 %}a{% else %}b{% endcase %}',
    '{% if hero contains "and" and not met %}a{% elsif met %}b{% else %}c{% endif %}',
    '{% unless met %}{% if gold %}a{% else %}b{% endif %}{% else %}c{% endunless %}',
    '{% assign sum = gold | plus: 1.5 | round %}{{ sum }}{% if sum > 1 %}a{% endif %}',
    '{% comment %}{{ gold * }}{% else %}{% endcomment %}{% raw %}{{ gold | }}{% endraw %}{{ inventory["lamp"] }}',
    '{% # if %}{% if true == met and gold != nil %}{{ "gold | plus:" }}{% endif %}',
  ])('takes %s', (text) => {
    expect(faults(text)).toEqual([]);
  });
});

describe('a protagonist whom the story lacks', () => {
  const MESSAGE = 'There is no protagonist chidl. Did you mean child?';

  it('is told in texts', () => {
    expect(faults('{% if protagonist == "chidl" %}a{% endif %}')).toEqual([`1:22 ${MESSAGE}`]);
    expect(faults('{% unless "chidl" != protagonist %}a{% endunless %}')).toEqual([
      `1:11 ${MESSAGE}`,
    ]);
    expect(faults('{% case protagonist %}{% when "keeper", "chidl" %}a{% endcase %}')).toEqual([
      `1:41 ${MESSAGE}`,
    ]);
    expect(faults('{% if protagonist == "child" or hero == "chidl" %}a{% endif %}')).toEqual([]);
  });

  it('is told in rules', () => {
    const [first, ...others] = definition.nodes;
    const [choice] = first!.choices;
    const ruled = compile({
      schema,
      nodes: [
        {
          ...first!,
          choices: [
            {
              ...choice!,
              condition:
                'golld > 0 && protagonist == "chidl" || protagonist in ["keeper", "chidl"]',
              check: '2d6 + (protagonist != "chidl" ? 1 : 0) >= 3',
              effects: [
                { op: 'set', target: 'met', value: 'protagonist != "chidl" && hero == ""' },
              ],
            },
          ],
        },
        ...others,
      ],
    });
    expect(
      ruled.problems.map(({ field, column, message }) => `${field} ${column} ${message}`),
    ).toEqual([
      'condition 1 There is no variable golld. Did you mean gold?',
      `condition 29 ${MESSAGE}`,
      `condition 66 ${MESSAGE}`,
      `check 23 ${MESSAGE}`,
      `effects.0.value 16 ${MESSAGE}`,
    ]);
  });
});

it('a version that was published with such faults goes on as it did', () => {
  const [first, ...others] = definition.nodes;
  const [choice] = first!.choices;
  const published = compile({
    schema,
    nodes: [
      {
        ...first!,
        content: '{% if gold > 1 and %}rich{% else %}poor{% endif %}',
        choices: [{ ...choice!, condition: 'protagonist != "chidl"' }],
      },
      ...others,
    ],
  });
  expect(published.problems.map(({ field }) => field)).toEqual(['content', 'condition']);
  expect(contentFor(published, published.initial, 0)).toBe('poor');
  expect(published.rules[0]!.isOpen!(published.initial)).toBe(true);
});
