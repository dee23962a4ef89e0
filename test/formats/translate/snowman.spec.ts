import { describe, expect, it } from '@jest/globals';
import { translate } from '../../../src/publishing/formats/twine/translate.js';
import { fixture } from './translated.js';

describe('a story in Snowman', () => {
  const { document, report } = translate(fixture('snowman'));

  it('becomes nodes', () => {
    expect(document.nodes).toEqual([
      {
        ...{
          key: 'Quay',
          title: 'Quay',
          type: 'choice',
          effects: [
            {
              op: 'add',
              target: 'coins',
              value: '1',
            },
            {
              op: 'set',
              target: 'tide',
              value: '"low"',
            },
          ],
          choices: [
            {
              text: 'Pay the ferryman',
              to: 'Ferry',
              condition: 'coins > 1',
            },
            {
              text: 'Wait',
              to: 'Quay',
            },
            {
              text: 'Cross the bridge',
              to: 'Bridge',
            },
            {
              text: 'Sleep',
              to: 'Inn',
            },
          ],
          start: true,
        },
        content: [
          'The tide is **{{ tide }}**. You have {{ coins }} coins.{% if coins > 1 %}',
          '',
          '{% elsif coins == 1 %}One coin is not enough.{% else %}',
          'You are poor.{% endif %}',
          '',
          '{% comment %}<% _.each(s.list, function (each) { %>{% endcomment %}- a thing{% comment %}<% }); %>{% endcomment %}{% comment %}<% window.setTimeout(function () { story.show("Inn") }, 10) %>{% endcomment %}{% comment %}<% story.show(s.next) %>{% endcomment %}',
        ].join('\n'),
      },
      {
        ...{
          key: 'Ferry',
          title: 'Ferry',
          type: 'choice',
        },
        content: [
          'Across.{% comment %}<% if (!s.tired) { story.show("Inn") } %>{% endcomment %}',
        ].join('\n'),
      },
      {
        ...{
          key: 'Bridge',
          title: 'Bridge',
          type: 'story',
          choices: [
            {
              text: 'Continue',
              to: 'Inn',
            },
          ],
        },
        content: [''].join('\n'),
      },
      {
        ...{
          key: 'Inn',
          title: 'Inn',
          type: 'ending',
        },
        content: ['Sleep.'].join('\n'),
      },
    ]);
  });

  it('becomes declarations', () => {
    expect(document.schema).toEqual({
      variables: [
        {
          name: 'coins',
          type: 'int',
          initial: 0,
        },
        {
          name: 'tide',
          type: 'string',
          initial: '',
        },
      ],
    });
    expect(report.variables).toEqual([
      {
        name: 'coins',
        declared: 'coins',
      },
      {
        name: 'tide',
        declared: 'tide',
      },
    ]);
  });
});
