import { describe, expect, it } from '@jest/globals';
import { sampleStories, type SampleStory } from '../../seeds/sample-story.js';
import type { StoryDefinition } from '../../src/engine/core/definition.js';
import { compile } from '../../src/engine/core/story.js';
import { choose, isRejection, start } from '../../src/engine/core/play.js';
import { validate } from '../../src/engine/core/validate.js';
import { letterOf } from '../../src/nodes/choices/letters.js';

const PLAYS = 2000;
const MOST_STEPS = 400;

/** The story as it is once it is seeded: nodes by their order, choices lettered. */
function definitionOf({ nodes }: SampleStory): StoryDefinition {
  const idOf = new Map(nodes.map(({ key }, i) => [key, i + 1]));
  return {
    nodes: nodes.map((node, i) => ({
      id: i + 1,
      key: node.key,
      title: node.title,
      content: node.content,
      type: node.type,
      isStart: node.start === true,
      endingKind: node.ending ?? null,
      choices: (node.choices ?? []).map((choice, place) => ({
        id: 100 * (i + 1) + place,
        letter: letterOf(place),
        text: choice.text,
        consequences: choice.consequences ?? null,
        to: idOf.get(choice.to) ?? null,
      })),
    })),
  };
}

/** Numbers from 0 to below `below`, the same ones for the same seed. */
function dice(seed: number): (below: number) => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Plays in every way there is, by the engine alone. @returns the shortest number of choices to each node's id */
function shortestPlays(story: StoryDefinition): Map<number, number> {
  const graph = compile(story);
  const begun = start(graph);
  if (isRejection(begun)) return new Map();
  const turns = new Map([[begun.state.node, 0]]);
  const open = [begun.state];
  for (const state of open) {
    for (const { id } of story.nodes.find((node) => node.id === state.node)!.choices) {
      const step = choose(graph, state, id);
      if (isRejection(step) || turns.has(step.state.node)) continue;
      turns.set(step.state.node, step.state.turn);
      open.push(step.state);
    }
  }
  return turns;
}

/** Plays once at random. @returns why it stopped */
function playAtRandom(story: StoryDefinition, seed: number): string {
  const graph = compile(story);
  const roll = dice(seed);
  let result = start(graph);
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    if (isRejection(result)) return result.rejected;
    const { state } = result;
    const { type, choices } = story.nodes.find((node) => node.id === state.node)!;
    if (type === 'ending') return 'ending';
    result = choose(graph, state, choices[roll(choices.length)]!.id);
  }
  return isRejection(result) ? result.rejected : 'still going';
}

describe('the sample stories', () => {
  it('are several, each under a slug of its own', () => {
    const slugs = sampleStories().map(({ slug }) => slug);
    expect(slugs.length).toBeGreaterThanOrEqual(3);
    expect(new Set(slugs).size).toBe(slugs.length);
  });
});

describe.each(sampleStories().map((sample) => [sample.title, sample] as const))(
  'the sample story %s',
  (_, sample) => {
    const story = definitionOf(sample);
    const endings = story.nodes.filter(({ type }) => type === 'ending');

    it('has 30 to 80 nodes', () => {
      expect(story.nodes.length).toBeGreaterThanOrEqual(30);
      expect(story.nodes.length).toBeLessThanOrEqual(80);
    });

    it('has several endings, of at least three kinds, each of a known one', () => {
      const kinds = new Set(endings.map(({ endingKind }) => endingKind));
      expect(endings.length).toBeGreaterThan(3);
      expect(kinds.size).toBeGreaterThanOrEqual(3);
      expect([...kinds].filter((kind) => kind === null)).toEqual([]);
    });

    it('gives the validator nothing to find', () => {
      expect(validate(compile(story))).toEqual([]);
    });

    it('lets readers come to every node, and so to every ending', () => {
      const turns = shortestPlays(story);
      expect(endings.filter(({ id }) => !turns.has(id)).map(({ key }) => key)).toEqual([]);
      expect(turns.size).toBe(story.nodes.length);
    });

    it(`takes ${PLAYS.toLocaleString('en')} random plays without refusing any choice`, () => {
      const outcomes = Array.from({ length: PLAYS }, (_, seed) => playAtRandom(story, seed));
      expect(outcomes.filter((why) => why !== 'ending' && why !== 'still going')).toEqual([]);
      expect(outcomes).toContain('ending');
    });
  },
);
