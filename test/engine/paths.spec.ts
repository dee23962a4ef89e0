import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StoryDefinition } from '../../src/engine/core/definition.js';
import { endingDistances, shortestPath, unavoidable } from '../../src/engine/core/paths.js';
import { compile } from '../../src/engine/core/story.js';
import { storyOf, withChoice } from '../support/definitions.js';
import { anyStory } from '../support/story-arbitrary.js';

const story = compile(
  withChoice(
    storyOf({
      start: ['left', 'right'],
      left: ['gate'],
      right: ['gate', 'right'],
      gate: ['end', 'start'],
      end: [],
      pit: [],
      island: ['pit'],
    }),
    'gate',
    0,
    { check: 'd6 >= 2', failTo: 6 },
  ),
);

describe('shortestPath', () => {
  it('tells the fewest choices to a node', () => {
    expect(shortestPath(story, 5)).toEqual([
      { choice: 101, byFailing: false },
      { choice: 103, byFailing: false },
      { choice: 106, byFailing: false },
    ]);
  });

  it('tells where the way leads on by failing', () => {
    expect(shortestPath(story, 6)!.at(-1)).toEqual({ choice: 106, byFailing: true });
  });

  it('has nothing to choose for the start, and no way to an island or to no node at all', () => {
    expect(shortestPath(story, 1)).toEqual([]);
    expect(shortestPath(story, 7)).toBeUndefined();
    expect(shortestPath(story, 99)).toBeUndefined();
  });

  it('begins at the nearest start of a protagonist', () => {
    const definition: StoryDefinition = {
      ...storyOf({ start: ['middle'], middle: ['end'], end: [] }),
      schema: {
        protagonists: [
          { key: 'far', name: 'Far' },
          { key: 'near', name: 'Near', start: 2 },
        ],
      },
    };
    expect(shortestPath(compile(definition), 3)).toEqual([{ choice: 102, byFailing: false }]);
    expect(unavoidable(compile(definition), 3)).toEqual([2, 3]);
  });
});

describe('endingDistances', () => {
  it('tells all endings, the nearest first and those without a way last', () => {
    const far = compile(storyOf({ start: ['a', 'b'], island: [], a: ['c'], b: [], c: [] }));
    expect(endingDistances(far)).toEqual([
      { node: 4, distance: 1 },
      { node: 5, distance: 2 },
      { node: 2, distance: undefined },
    ]);
  });
});

describe('unavoidable', () => {
  it('tells what all pass who come to an ending', () => {
    expect(unavoidable(story, 5)).toEqual([1, 4, 5]);
    expect(unavoidable(story, 6)).toEqual([1, 4, 6]);
    expect(unavoidable(story, 1)).toEqual([1]);
    expect(unavoidable(story, 7)).toEqual([]);
  });
});

/** By node id: the fewest choices from the start, never entering `without`. By relaxing every edge again and again. */
function distancesWithout({ nodes }: StoryDefinition, without?: number): Map<number, number> {
  const start = nodes.find(({ isStart }) => isStart)?.id;
  const distances = new Map<number, number>();
  if (start === undefined || start === without) return distances;
  distances.set(start, 0);
  for (const _ of nodes) {
    for (const { id, type, choices } of nodes) {
      if (type === 'ending' || !distances.has(id)) continue;
      for (const to of choices.flatMap((choice) => [choice.to, choice.failTo])) {
        if (to === without || !nodes.some((node) => node.id === to)) continue;
        distances.set(to!, Math.min(distances.get(to!) ?? Infinity, distances.get(id)! + 1));
      }
    }
  }
  return distances;
}

/** Any story, some of whose choices lead elsewhere by failing. */
const anyStoryThatFails = fc
  .tuple(anyStory, fc.infiniteStream(fc.option(fc.nat({ max: 11 }))))
  .map(([{ nodes }, fails]): StoryDefinition => ({
    nodes: nodes.map((node) => ({
      ...node,
      choices: node.choices.map((choice) => {
        const fail = fails.next().value as number | null;
        return { ...choice, failTo: fail === null ? null : (nodes[fail]?.id ?? null) };
      }),
    })),
  }));

describe('paths, for any story', () => {
  it('are as short as relaxing every edge finds them, and lead there', () => {
    fc.assert(
      fc.property(anyStoryThatFails, (definition) => {
        const compiled = compile(definition);
        const distances = distancesWithout(definition);
        for (const { id } of definition.nodes) {
          const path = shortestPath(compiled, id);
          expect(path?.length).toBe(distances.get(id));
          let at = definition.nodes.find(({ isStart }) => isStart)?.id;
          for (const { choice, byFailing } of path ?? []) {
            const made = definition.nodes
              .find((node) => node.id === at)!
              .choices.find((one) => one.id === choice)!;
            at = (byFailing ? made.failTo : made.to)!;
          }
          if (path !== undefined) expect(at).toBe(id);
        }
      }),
    );
  });

  it('pass just the nodes without which there is no way', () => {
    fc.assert(
      fc.property(anyStoryThatFails, (definition) => {
        const compiled = compile(definition);
        const distances = distancesWithout(definition);
        for (const { id } of definition.nodes) {
          const needed = definition.nodes
            .filter((node) => distances.has(id) && !distancesWithout(definition, node.id).has(id))
            .map((node) => node.id);
          const passed = unavoidable(compiled, id);
          expect([...passed].sort()).toEqual([...needed].sort());
          const far = passed.map((node) => distances.get(node)!);
          expect(far).toEqual([...far].sort((a, b) => a - b));
        }
      }),
      { numRuns: 60 },
    );
  });
});
