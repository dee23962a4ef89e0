import { describe, expect, it } from '@jest/globals';
import { compile } from '../../src/engine/core/story.js';
import { choose } from '../../src/engine/core/play.js';
import { choiceOf, nodeOf, storyOf } from '../support/definitions.js';

const story = storyOf({
  start: ['left', 'right'],
  left: ['start', 'end'],
  right: ['right', 'end'],
  end: [],
});
const graph = compile(story);
const id = (key: string) => nodeOf(story, key).id;
const choice = (from: string, to: string) => choiceOf(story, from, to).id;

describe('choose', () => {
  it.each([
    ['start', 'left'],
    ['start', 'right'],
    ['right', 'end'],
  ])('leads from %s to %s, one turn on', (from, to) => {
    expect(choose(graph, { node: id(from), turn: 7 }, choice(from, to))).toMatchObject({
      state: { node: id(to), turn: 8 },
    });
  });

  it('leads back to where the reader has been', () => {
    expect(choose(graph, { node: id('left'), turn: 1 }, choice('left', 'start'))).toMatchObject({
      state: { node: id('start'), turn: 2 },
    });
  });

  it('enters the same node again where it leads to itself', () => {
    expect(choose(graph, { node: id('right'), turn: 1 }, choice('right', 'right'))).toEqual({
      state: { node: id('right'), turn: 2 },
      events: [
        { type: 'consequences', text: 'You go to right.' },
        { type: 'entered', node: id('right') },
      ],
    });
  });

  it('goes on from a state that was kept as JSON', () => {
    const kept: unknown = JSON.parse(JSON.stringify({ node: id('start'), turn: 0 }));
    expect(choose(graph, kept as never, choice('start', 'left'))).toEqual(
      choose(graph, { node: id('start'), turn: 0 }, choice('start', 'left')),
    );
  });

  it('leaves the state it was given as it is', () => {
    const state = Object.freeze({ node: id('start'), turn: 0 });
    choose(graph, state, choice('start', 'left'));
    expect(state).toEqual({ node: id('start'), turn: 0 });
  });
});
