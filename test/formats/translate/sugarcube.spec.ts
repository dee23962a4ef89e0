import { describe, expect, it } from '@jest/globals';
import { translate } from '../../../src/publishing/formats/twine/translate.js';
import { fixture } from './translated.js';

describe('a story in SugarCube', () => {
  const { document, report } = translate(fixture('sugarcube'));

  it('becomes nodes', () => {
    expect(document.nodes).toEqual([
      {
        ...{
          key: 'Camp',
          title: 'Camp',
          tags: ['road'],
          position: {
            x: 100,
            y: 200,
          },
          type: 'choice',
          effects: [
            {
              op: 'add',
              target: 'nights',
              value: '1',
            },
          ],
          choices: [
            {
              text: 'Go on',
              to: 'Dunes',
            },
            {
              text: 'Drink',
              to: 'Camp',
              effects: [
                {
                  op: 'sub',
                  target: 'water',
                  value: '1',
                },
                {
                  op: 'set',
                  target: 'drunk',
                  value: 'true',
                },
              ],
            },
            {
              text: 'Look for the well',
              to: 'Well',
              effects: [
                {
                  op: 'set',
                  target: 'lost',
                  value: 'true',
                },
              ],
            },
            {
              text: 'Sell a camel',
              to: 'Market',
              effects: [
                {
                  op: 'add',
                  target: 'coins',
                  value: '5',
                },
              ],
            },
            {
              text: 'Give up',
              to: 'Death',
              condition: 'water == 0',
            },
          ],
          start: true,
        },
        content: [
          '# The Camp',
          '',
          '**The desert** is *cold* at night, {{ name }}. It costs 5 \\* 3 coins & more.',
          '',
          '{% if water >= 3 and lost == false %}You have {{ water }} skins of water.{% elsif water == 0 %}You are dry.{% else %}Little is left.{% endif %}',
        ].join('\n'),
      },
      {
        ...{
          key: 'Dunes',
          title: 'Dunes',
          type: 'choice',
          choices: [
            {
              text: 'Follow the star',
              to: 'Oasis',
              condition: 'water > 1',
            },
            {
              text: 'Follow the star',
              to: 'Death',
              condition: 'water <= 1',
            },
            {
              text: 'Turn back',
              to: 'Camp',
              effects: [
                {
                  op: 'set',
                  target: 'lost',
                  value: 'false',
                },
              ],
            },
          ],
        },
        content: [
          'The sand moves.   ',
          'The wind says: {{ water | plus: 1 }} days, {{ name | append: "!" }}',
          '',
          '{% comment %}<<back>>{% endcomment %}',
        ].join('\n'),
      },
      {
        ...{
          key: 'Wind',
          title: 'Wind',
          type: 'ending',
        },
        content: ['The wind says: {{ water | plus: 1 }} days, {{ name | append: "!" }}'].join('\n'),
      },
      {
        ...{
          key: 'Well',
          title: 'Well',
          type: 'choice',
          choices: [
            {
              text: 'Dunes',
              to: 'Dunes',
            },
            {
              text: 'Back to camp',
              to: 'Camp',
            },
            {
              text: 'To market',
              to: 'Market',
            },
            {
              text: 'Go back to the camp',
              to: 'Camp',
            },
          ],
        },
        content: [
          '{% if visits.Well == 1 %}A new well.{% else %}The old well.{% endif %}{% comment %}<<set $rope to random(1, 6)>>{% endcomment %}{% comment %}<<audio "drip" play>>{% endcomment %}  ',
          '{% comment %}<<linkreplace "Look down">>{% endcomment %}It is deep.{% comment %}<</linkreplace>>{% endcomment %}  ',
          '{% if coins == 0 %}You are poor.{% elsif coins == 5 or coins == 10 %}You have some coins.{% else %}You are rich.{% endif %}',
          '',
          '{% comment %}<<goto `$somewhere`>>{% endcomment %}{% comment %}[[$somewhere]]{% endcomment %}',
        ].join('\n'),
      },
      {
        ...{
          key: 'Market',
          title: 'Market',
          type: 'choice',
          effects: [
            {
              op: 'set',
              target: 'price',
              value: '2',
            },
            {
              op: 'set',
              target: 'drunk',
              value: 'false',
            },
            {
              op: 'sub',
              target: 'coins',
              value: 'price',
            },
            {
              op: 'set',
              target: 'bought',
              value: '1',
            },
          ],
          choices: [
            {
              text: 'Leave',
            },
            {
              text: 'Onwards',
              to: 'Oasis',
            },
          ],
        },
        content: [
          'A camel looks at you. \\<\\<not a macro\\>\\> Braces: {% raw %}{{{% endraw %} and {% raw %}{%{% endraw %} stay. $5.  ',
          'The wind says: {{ water | plus: 1 }} days, {{ name | append: "!" }}{% comment %}<<drum>>{% endcomment %}  ',
          '{% comment %}<<if $camels.length > 1>>{% endcomment %}Two camels.{% comment %}<</if>>{% endcomment %}',
        ].join('\n'),
      },
      {
        ...{
          key: 'Oasis',
          title: 'Oasis',
          type: 'choice',
          choices: [
            {
              text: 'Continue',
              to: 'Ending',
              condition: 'bought == 1',
            },
            {
              text: 'Swim',
              to: 'Ending',
              condition: 'bought != 1',
            },
          ],
        },
        content: [''].join('\n'),
      },
      {
        ...{
          key: 'Ending',
          title: 'Ending',
          type: 'choice',
        },
        content: [
          '{% comment %}<<script>>Engine.play("Camp"); Engine.play(next);<</script>>{% endcomment %}Palms.',
        ].join('\n'),
      },
      {
        ...{
          key: 'Death',
          title: 'Death',
          type: 'ending',
        },
        content: ['**Bones** and sand.  ', 'Nothing else.'].join('\n'),
      },
    ]);
  });

  it('becomes declarations', () => {
    expect(document.schema).toEqual({
      variables: [
        {
          name: 'water',
          type: 'int',
          initial: 3,
        },
        {
          name: 'name',
          type: 'string',
          initial: 'Ines',
        },
        {
          name: 'nights',
          type: 'int',
          initial: 0,
        },
        {
          name: 'lost',
          type: 'bool',
          initial: false,
        },
        {
          name: 'drunk',
          type: 'bool',
          initial: false,
        },
        {
          name: 'coins',
          type: 'int',
          initial: 0,
        },
        {
          name: 'rope',
          type: 'int',
          initial: 0,
        },
        {
          name: 'price',
          type: 'int',
          initial: 0,
        },
        {
          name: 'bought',
          type: 'int',
          initial: 0,
        },
      ],
    });
    expect(report.variables).toEqual([
      {
        name: 'water',
        declared: 'water',
      },
      {
        name: 'name',
        declared: 'name',
      },
      {
        name: 'camels',
        declared: null,
        note: 'It holds a list, a map or another value with parts.',
      },
      {
        name: 'nights',
        declared: 'nights',
      },
      {
        name: 'lost',
        declared: 'lost',
      },
      {
        name: 'drunk',
        declared: 'drunk',
      },
      {
        name: 'coins',
        declared: 'coins',
      },
      {
        name: 'rope',
        declared: 'rope',
      },
      {
        name: 'somewhere',
        declared: null,
        note: 'Nothing tells what it holds.',
      },
      {
        name: 'price',
        declared: 'price',
      },
      {
        name: 'bought',
        declared: 'bought',
      },
    ]);
  });
});
