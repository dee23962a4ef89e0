import { describe, expect, it } from '@jest/globals';
import { translate } from '../../../src/publishing/formats/twine/translate.js';
import { fixture } from './translated.js';

describe('a story in Chapbook', () => {
  const { document, report } = translate(fixture('chapbook'));

  it('becomes nodes', () => {
    expect(document.nodes).toEqual([
      {
        ...{
          key: 'Stop',
          title: 'Stop',
          type: 'choice',
          effects: [
            {
              op: 'set',
              target: 'fare',
              value: '3',
            },
            {
              op: 'set',
              target: 'tired',
              value: 'false',
            },
            {
              op: 'set',
              target: 'fare',
              value: '(visits.Stop > 1) ? 2 : fare',
            },
          ],
          choices: [
            {
              text: 'Walk',
              to: 'Street',
              condition: '(fare > 2) && !tired',
            },
            {
              text: 'Get on',
              to: 'Bus',
            },
          ],
          start: true,
        },
        content: [
          '# The Stop',
          '',
          'It is *late*. The fare is {{ fare }}.',
          '',
          '{% if fare > 2 and tired == false %}It is dear. Walk',
          '',
          '{% endif %}{% if fare <= 2 or tired != false %}It is cheap.',
          '',
          '{% endif %}',
        ].join('\n'),
      },
      {
        ...{
          key: 'Bus',
          title: 'Bus',
          type: 'choice',
          effects: [
            {
              op: 'set',
              target: 'tired',
              value: 'true',
            },
          ],
          choices: [
            {
              text: 'Get off',
              to: 'Street',
            },
            {
              text: 'Sleep',
              to: 'Stop',
              effects: [
                {
                  op: 'set',
                  target: 'fare',
                  value: '0',
                },
                {
                  op: 'set',
                  target: 'tired',
                  value: 'false',
                },
                {
                  op: 'set',
                  target: 'rich',
                  value: '""',
                },
              ],
            },
            {
              text: 'End of the line',
              to: 'End-of-the-line',
            },
          ],
        },
        content: [
          'The driver nods.',
          '',
          '{% if tired == false %}You are awake.',
          '',
          '{% endif %}{% comment %}[after 1 second]{% endcomment %}The doors close.',
          '',
          'Next stop.',
          '',
          "{% comment %}{reveal link: 'Look out', text: 'Rain.'}{% endcomment %}Look out Rain.",
          '',
          "{% comment %}{back link}{% endcomment %}{% comment %}{cycling link for: 'seat', choices: ['left', 'right']}{% endcomment %}{% comment %}{random.d6}{% endcomment %} and {not an insert}",
        ].join('\n'),
      },
      {
        ...{
          key: 'Driver',
          title: 'Driver',
          type: 'ending',
        },
        content: ['The driver nods.'].join('\n'),
      },
      {
        ...{
          key: 'Street',
          title: 'Street',
          type: 'choice',
          effects: [
            {
              op: 'set',
              target: 'rich',
              value: '(fare >= 3) ? "yes" : "no"',
            },
          ],
          choices: [
            {
              text: 'Home',
              to: 'End-of-the-line',
            },
            {
              text: 'Lost',
            },
          ],
        },
        content: ['You are {{ rich }}. {plain}'].join('\n'),
      },
      {
        ...{
          key: 'End-of-the-line',
          title: 'End of the line',
          type: 'ending',
        },
        content: ['Good night.'].join('\n'),
      },
    ]);
  });

  it('becomes declarations', () => {
    expect(document.schema).toEqual({
      variables: [
        {
          name: 'fare',
          type: 'int',
          initial: 0,
        },
        {
          name: 'tired',
          type: 'bool',
          initial: false,
        },
        {
          name: 'rich',
          type: 'string',
          initial: '',
        },
      ],
    });
    expect(report.variables).toEqual([
      {
        name: 'fare',
        declared: 'fare',
      },
      {
        name: 'tired',
        declared: 'tired',
      },
      {
        name: 'rich',
        declared: 'rich',
      },
    ]);
  });
});
