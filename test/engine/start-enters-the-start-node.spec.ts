import { describe, expect, it } from '@jest/globals';
import { compile } from '../../src/engine/core/story.js';
import { start } from '../../src/engine/core/play.js';
import { nodeOf, storyOf, withNode } from '../support/definitions.js';

const story = storyOf({ start: ['left', 'right'], left: ['end'], right: ['end'], end: [] });

describe('start', () => {
  it('enters the start node at turn 0', () => {
    expect(start(compile(story))).toEqual({
      state: { node: nodeOf(story, 'start').id, turn: 0 },
      events: [{ type: 'entered', node: nodeOf(story, 'start').id }],
    });
  });

  it('enters the marked node, wherever it stands in the story', () => {
    const elsewhere = withNode(withNode(story, 'start', { isStart: false }), 'right', {
      isStart: true,
    });
    expect(start(compile(elsewhere))).toEqual({
      state: { node: nodeOf(story, 'right').id, turn: 0 },
      events: [{ type: 'entered', node: nodeOf(story, 'right').id }],
    });
  });

  it('ends at once where the start is an ending', () => {
    const brief = storyOf({ only: [] });
    expect(start(compile(brief))).toEqual({
      state: { node: 1, turn: 0 },
      events: [
        { type: 'entered', node: 1 },
        { type: 'ended', node: 1 },
      ],
    });
  });

  it('is refused where no node is the start', () => {
    expect(start(compile(withNode(story, 'start', { isStart: false })))).toEqual({
      rejected: 'no-start',
    });
  });

  it('is refused where there are no nodes', () => {
    expect(start(compile({ nodes: [] }))).toEqual({ rejected: 'no-start' });
  });
});
