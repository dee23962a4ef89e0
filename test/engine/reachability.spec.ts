import { describe, expect, it } from '@jest/globals';
import type { StoryDefinition } from '../../src/engine/core/definition.js';
import { compile } from '../../src/engine/core/story.js';
import { reachableFrom, reachesEnding } from '../../src/engine/core/reachability.js';
import { nodeOf, storyOf, withNode } from '../support/definitions.js';

const keysOf = ({ nodes }: StoryDefinition, marks: Uint8Array) =>
  nodes.filter((_, i) => marks[i] === 1).map(({ key }) => key);
const reachedFrom = (story: StoryDefinition, key: string) =>
  keysOf(story, reachableFrom(compile(story), [story.nodes.indexOf(nodeOf(story, key))]));
const thatReachAnEnding = (story: StoryDefinition) => keysOf(story, reachesEnding(compile(story)));

describe('reachableFrom', () => {
  const story = storyOf({
    start: ['loop', 'gone'],
    loop: ['loop', 'way'],
    way: ['start', 'end'],
    end: [],
    island: ['end'],
  });

  it('marks everything that a walk comes to, round loops and past open choices', () => {
    expect(reachedFrom(story, 'start')).toEqual(['start', 'loop', 'way', 'end']);
  });

  it('marks where the walk sets out', () => {
    expect(reachedFrom(story, 'end')).toEqual(['end']);
    expect(reachedFrom(story, 'island')).toEqual(['end', 'island']);
  });

  it('marks nothing from nowhere', () => {
    expect(keysOf(story, reachableFrom(compile(story), []))).toEqual([]);
    expect(reachableFrom(compile({ nodes: [] }), [])).toHaveLength(0);
  });

  it('goes no further from an ending, as no reader is offered its choices', () => {
    const [back] = nodeOf(story, 'island').choices;
    const restless = withNode(story, 'end', {
      choices: [{ ...back!, id: 900, to: nodeOf(story, 'island').id }],
    });
    expect(reachedFrom(restless, 'start')).toEqual(['start', 'loop', 'way', 'end']);
  });
});

describe('reachesEnding', () => {
  it('marks the endings, and what leads to them', () => {
    const story = storyOf({
      start: ['left', 'pit'],
      left: ['gone', 'end'],
      pit: ['well'],
      well: ['pit'],
      end: [],
      far: [],
      island: ['far'],
    });
    expect(thatReachAnEnding(story)).toEqual(['start', 'left', 'end', 'far', 'island']);
  });

  it('marks a loop that can be left', () => {
    const story = storyOf({ start: ['loop'], loop: ['start', 'end'], end: [] });
    expect(thatReachAnEnding(story)).toEqual(['start', 'loop', 'end']);
  });

  it('marks nothing where there is no ending', () => {
    expect(thatReachAnEnding(storyOf({ start: ['loop'], loop: ['start'] }))).toEqual([]);
    expect(reachesEnding(compile({ nodes: [] }))).toHaveLength(0);
  });
});
