import { describe, expect, it } from '@jest/globals';
import { compile } from '../../src/engine/core/story.js';
import { choose } from '../../src/engine/core/play.js';
import { choiceOf, nodeOf, storyOf, withChoice, withNode } from '../support/definitions.js';

const story = storyOf({ start: ['left', 'right'], left: ['end'], right: ['end'], end: [] });
const graph = compile(story);
const id = (key: string) => nodeOf(story, key).id;
const choice = (from: string, to: string) => choiceOf(story, from, to).id;

describe('choose refuses', () => {
  it('a state on a node that the story does not have', () => {
    expect(choose(graph, { node: 999, turn: 0 }, choice('start', 'left'))).toEqual({
      rejected: 'unknown-node',
    });
  });

  it('a choice of another node', () => {
    expect(choose(graph, { node: id('start'), turn: 0 }, choice('left', 'end'))).toEqual({
      rejected: 'no-such-choice',
    });
  });

  it('a choice that the story does not have', () => {
    expect(choose(graph, { node: id('start'), turn: 0 }, 999)).toEqual({
      rejected: 'no-such-choice',
    });
  });

  it('a choice that leads nowhere yet', () => {
    const open = compile(withChoice(story, 'start', 0, { to: null }));
    expect(choose(open, { node: id('start'), turn: 0 }, choice('start', 'left'))).toEqual({
      rejected: 'no-target',
    });
  });

  it('a choice that leads to a node that is not there', () => {
    const open = compile(withChoice(story, 'start', 0, { to: 999 }));
    expect(choose(open, { node: id('start'), turn: 0 }, choice('start', 'left'))).toEqual({
      rejected: 'no-target',
    });
  });

  it('to go on from an ending', () => {
    expect(choose(graph, { node: id('end'), turn: 2 }, choice('left', 'end'))).toEqual({
      rejected: 'ended',
    });
  });

  it('the choices that an ending has', () => {
    const back = { ...nodeOf(story, 'left').choices[0]!, id: 900, to: id('start') };
    const restless = compile(withNode(story, 'end', { choices: [back] }));
    expect(choose(restless, { node: id('end'), turn: 2 }, 900)).toEqual({ rejected: 'ended' });
  });

  it('one open choice, and still takes the others', () => {
    const open = compile(withChoice(story, 'start', 0, { to: null }));
    expect(choose(open, { node: id('start'), turn: 0 }, choice('start', 'right'))).toMatchObject({
      state: { node: id('right'), turn: 1 },
    });
  });
});
