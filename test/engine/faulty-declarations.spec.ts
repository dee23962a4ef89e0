import { describe, expect, it } from '@jest/globals';
import type { StorySchema } from '../../src/engine/core/definition.js';
import { compile } from '../../src/engine/core/story.js';
import { validate } from '../../src/engine/core/validate.js';
import { storyOf } from '../support/definitions.js';

const messages = (schema: StorySchema): string[] =>
  validate(compile({ ...storyOf({ start: ['end'], end: [] }), schema })).flatMap(
    ({ code, severity, message }) =>
      code === 'FAULTY_DECLARATION' && severity === 'error' ? [message] : [],
  );

describe('a declaration', () => {
  it.each<[string, StorySchema, string]>([
    [
      'with a first value of another type',
      { variables: [{ name: 'gold', type: 'int', initial: 'three' }] },
      'The variable gold does not begin with a whole number.',
    ],
    [
      'with a first value out of bounds',
      { stats: [{ key: 'health', name: 'Health', initial: 9, max: 5 }] },
      'The stat health does not begin within its bounds.',
    ],
    [
      'whose name means something else',
      { variables: [{ name: 'turn', type: 'int', initial: 0 }] },
      'The variable turn has a name that means something already.',
    ],
    [
      'of a protagonist who begins nowhere',
      { protagonists: [{ key: 'cat', name: 'Cat', start: 99 }] },
      'Protagonist cat begins at a node that is not there.',
    ],
    [
      'of an achievement that takes what is not declared',
      {
        artifacts: [{ key: 'lamp', name: 'Lamp' }],
        achievements: [{ key: 'all', name: 'All', artifacts: ['lamp', 'ring'] }],
      },
      'Achievement all, artifacts: ring is not declared among artifacts.',
    ],
    [
      'of an achievement that takes something twice',
      {
        endings: [{ key: 'lit', name: 'Lit' }],
        achievements: [{ key: 'all', name: 'All', endings: ['lit', 'lit'] }],
      },
      'Achievement all, endings: lit is there twice.',
    ],
    [
      'of an achievement that takes nothing',
      { achievements: [{ key: 'all', name: 'All', endings: [] }] },
      'Achievement all, artifacts: must name an artifact or an ending.',
    ],
  ])('%s is found', (_, schema, message) => {
    expect(messages(schema)).toEqual([message]);
  });

  it('without fault gives nothing to find', () => {
    expect(
      messages({
        variables: [{ name: 'gold', type: 'int', initial: 3, max: 5 }],
        protagonists: [{ key: 'cat', name: 'Cat', start: 1, variables: { gold: 5 } }],
      }),
    ).toEqual([]);
  });
});
