import { describe, expect, it } from '@jest/globals';
import { compile } from '../../src/engine/core/story.js';
import { choose } from '../../src/engine/core/play.js';
import { choiceOf, nodeOf, storyOf } from '../support/definitions.js';

const story = storyOf({ start: ['left', 'right', 'end'], left: ['end'], right: ['end'], end: [] });
const graph = compile(story);
const id = (key: string) => nodeOf(story, key).id;
const eventsOf = (from: string, to: string) => {
  const step = choose(graph, { node: id(from), turn: 0 }, choiceOf(story, from, to).id);
  return 'events' in step ? step.events : step;
};

describe('choose', () => {
  it('tells the consequences before it enters the node', () => {
    expect(eventsOf('start', 'left')).toEqual([
      { type: 'consequences', text: 'You go to left.' },
      { type: 'entered', node: id('left') },
    ]);
  });

  it('tells nothing where the choice has no consequences', () => {
    expect(eventsOf('start', 'right')).toEqual([{ type: 'entered', node: id('right') }]);
  });

  it('tells the consequences, enters and ends, in that order', () => {
    expect(eventsOf('left', 'end')).toEqual([
      { type: 'consequences', text: 'You go to end.' },
      { type: 'entered', node: id('end') },
      { type: 'ended', node: id('end') },
    ]);
  });
});
