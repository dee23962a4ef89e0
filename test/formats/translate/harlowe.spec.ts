import { describe, expect, it } from '@jest/globals';
import { translate } from '../../../src/publishing/formats/twine/translate.js';
import { fixture } from './translated.js';

describe('a story in Harlowe', () => {
  const { document, report } = translate(fixture('harlowe'));

  it('becomes nodes', () => {
    expect(document.nodes).toEqual([
      {
        ...{
          key: 'Gate',
          title: 'Gate',
          position: {
            x: 50,
            y: 60,
          },
          type: 'choice',
          effects: [
            {
              op: 'add',
              target: 'visits2',
              value: '1',
            },
          ],
          choices: [
            {
              text: 'Walk in',
              to: 'Trees',
            },
            {
              text: 'To the shed',
              to: 'Shed',
            },
            {
              text: 'Climb the wall',
              to: 'Wall',
            },
            {
              text: 'Eat an apple',
              to: 'Gate',
              effects: [
                {
                  op: 'sub',
                  target: 'apples',
                  value: '1',
                },
              ],
            },
            {
              text: 'Unlock',
              to: 'House',
              condition: 'hasKey',
            },
          ],
          start: true,
        },
        content: [
          '# The Gate',
          '',
          '**The gate** is *old* and **red**. It is {{ season }}.  ',
          '{% if apples > 1 %}You carry {{ apples }} apples.{% elsif apples == 1 %}One apple.{% else %}No apples.{% endif %}  ',
          '{% if hasKey == false %}The lock is shut.{% endif %}',
        ].join('\n'),
      },
      {
        ...{
          key: 'Trees',
          title: 'Trees',
          type: 'choice',
          choices: [
            {
              text: 'bird',
              to: 'Wall',
            },
            {
              text: 'here',
              to: 'Shed',
            },
            {
              text: 'Take the key',
              to: 'Shed',
              effects: [
                {
                  op: 'set',
                  target: 'hasKey',
                  value: 'true',
                },
              ],
            },
          ],
        },
        content: [
          'A bird sits here. **Loud!** Red.  ',
          'The wind: {{ "in " | append: season }}, {{ apples | times: 2 }}.',
          '',
          '{% comment %}(link: "Listen")[{% endcomment %}Listen A song.{% comment %}]{% endcomment %}{% comment %}(link-goto: "Anywhere", $where){% endcomment %}{% comment %}(undo: ){% endcomment %}{% comment %}(print: (random: 1, 6)){% endcomment %}{% comment %}(either: "a", "b"){% endcomment %}',
        ].join('\n'),
      },
      {
        ...{
          key: 'Wind',
          title: 'Wind',
          type: 'ending',
        },
        content: ['The wind: {{ "in " | append: season }}, {{ apples | times: 2 }}.'].join('\n'),
      },
      {
        ...{
          key: 'Shed',
          title: 'Shed',
          type: 'choice',
          effects: [
            {
              op: 'set',
              target: 'apples',
              value: '5',
            },
          ],
          choices: [
            {
              text: 'Cut',
              to: 'Trees',
            },
            {
              text: 'Out',
              to: 'Gate',
            },
          ],
        },
        content: [
          '{% comment %}(set: $tools to (a: "saw")){% endcomment %}{% if season == "spring" or season == "autumn" %}Leaves.{% endif %}  ',
          '{% if visits.Trees > 0 %}You know the trees.{% endif %}  ',
          '{% comment %}(if: $tools contains "saw")[{% endcomment %}A saw. Cut{% comment %}]{% endcomment %}{% comment %}(alert: "Boo"){% endcomment %}  ',
          '{% raw %}{{{% endraw %} is no Liquid, nor is {% raw %}{%{% endraw %} here.',
        ].join('\n'),
      },
      {
        ...{
          key: 'Wall',
          title: 'Wall',
          type: 'choice',
          choices: [
            {
              text: 'Continue',
              to: 'House',
              condition: 'apples >= 5',
            },
            {
              text: 'Down',
              to: 'Gate',
              condition: 'apples < 5',
            },
            {
              text: 'Lost',
              condition: 'apples < 5',
            },
          ],
        },
        content: ['You sit on the wall.'].join('\n'),
      },
      {
        ...{
          key: 'House',
          title: 'House',
          type: 'ending',
        },
        content: ['- tea', '- bread', '', 'The end.'].join('\n'),
      },
    ]);
  });

  it('becomes declarations', () => {
    expect(document.schema).toEqual({
      variables: [
        {
          name: 'apples',
          type: 'int',
          initial: 2,
        },
        {
          name: 'season',
          type: 'string',
          initial: 'autumn',
        },
        {
          name: 'visits2',
          type: 'int',
          initial: 0,
        },
        {
          name: 'hasKey',
          type: 'bool',
          initial: false,
        },
      ],
    });
    expect(report.variables).toEqual([
      {
        name: 'apples',
        declared: 'apples',
      },
      {
        name: 'season',
        declared: 'season',
      },
      {
        name: 'visits2',
        declared: 'visits2',
      },
      {
        name: 'hasKey',
        declared: 'hasKey',
      },
      {
        name: 'tools',
        declared: null,
        note: 'It holds a list, a map or another value with parts.',
      },
    ]);
  });
});
