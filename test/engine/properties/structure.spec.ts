import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NodeDefinition, StoryDefinition } from '../../../src/engine/core/definition.js';
import { compile, type CompiledStory } from '../../../src/engine/core/story.js';
import {
  choose,
  isRejection,
  start,
  type PlayState,
  type Step,
} from '../../../src/engine/core/play.js';
import { reachableFrom, reachesEnding } from '../../../src/engine/core/reachability.js';
import { validate } from '../../../src/engine/core/validate.js';
import { anyStory, soundStory } from '../../support/story-arbitrary.js';

const RUNS = { numRuns: 500 };
const stories = fc.oneof(anyStory, soundStory);
/** What a reader picks: each number, modulo the number of choices before them, is the place of the choice they take. */
const picks = fc.array(fc.nat({ max: 11 }), { maxLength: 40 });

const nodeAt = ({ nodes }: StoryDefinition, id: number): NodeDefinition | undefined =>
  nodes.find((node) => node.id === id);

/** Every step of a play, from the start on, until it is refused or the picks are spent. */
function play(story: StoryDefinition, graph: CompiledStory, choices: readonly number[]): Step[] {
  const begun = start(graph);
  if (isRejection(begun)) return [];
  const steps = [begun];
  for (const pick of choices) {
    const { state } = steps.at(-1)!;
    const offered = nodeAt(story, state.node)!.choices;
    const step = choose(graph, state, offered[pick % offered.length]?.id ?? 0);
    if (isRejection(step)) break;
    steps.push(step);
  }
  return steps;
}

/** The nodes that a reader can get to from `from`, itself included, found by going on until nothing is new. */
function naivelyReached(story: StoryDefinition, from: number): Set<number> {
  const reached = new Set([from]);
  for (let before = 0; before < reached.size;) {
    before = reached.size;
    for (const node of story.nodes) {
      if (!reached.has(node.id) || node.type === 'ending') continue;
      for (const { to } of node.choices) {
        if (to !== null && nodeAt(story, to) !== undefined) reached.add(to);
      }
    }
  }
  return reached;
}

const naivelyReachesEnding = (story: StoryDefinition, from: number) =>
  [...naivelyReached(story, from)].some((id) => nodeAt(story, id)!.type === 'ending');

const withoutChoicesOfEndings = ({ nodes }: StoryDefinition): StoryDefinition => ({
  nodes: nodes.map((node) => (node.type === 'ending' ? { ...node, choices: [] } : node)),
});

describe('playing', () => {
  it('gives the same steps for the same choices, however often it is replayed', () => {
    fc.assert(
      fc.property(stories, picks, (story, choices) => {
        const copy = structuredClone(story);
        expect(play(copy, compile(copy), choices)).toEqual(play(story, compile(story), choices));
      }),
      RUNS,
    );
  });

  it('goes on alike from a state that was written down as JSON at any step', () => {
    fc.assert(
      fc.property(stories, picks, (story, choices) => {
        const graph = compile(story);
        for (const { state } of play(story, graph, choices)) {
          const kept = JSON.parse(JSON.stringify(state)) as PlayState;
          expect(kept).toEqual(state);
          for (const { id } of nodeAt(story, state.node)!.choices) {
            expect(choose(graph, kept, id)).toEqual(choose(graph, state, id));
          }
        }
      }),
      RUNS,
    );
  });

  it('counts the turns: each step is one more than the one before', () => {
    fc.assert(
      fc.property(stories, picks, (story, choices) => {
        const turns = play(story, compile(story), choices).map(({ state }) => state.turn);
        expect(turns).toEqual(turns.map((_, i) => i));
      }),
      RUNS,
    );
  });

  it('takes a choice exactly when the current node offers it and it leads somewhere', () => {
    fc.assert(
      fc.property(stories, fc.nat(), (story, turn) => {
        const graph = compile(story);
        const choices = [...story.nodes.flatMap((node) => node.choices), { id: -1, to: null }];
        for (const node of story.nodes) {
          for (const { id, to } of choices) {
            const state = Object.freeze({ node: node.id, turn });
            const isOffered = node.type !== 'ending' && node.choices.some((own) => own.id === id);
            const result = choose(graph, state, id);
            if (isOffered && to !== null && nodeAt(story, to) !== undefined) {
              expect(result).toMatchObject({ state: { node: to, turn: turn + 1 } });
            } else {
              const rejected =
                node.type === 'ending' ? 'ended' : isOffered ? 'no-target' : 'no-such-choice';
              expect(result).toEqual({ rejected });
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('changes nothing in the story or the state, whether it moves or is refused', () => {
    fc.assert(
      fc.property(stories, picks, fc.integer(), (story, choices, unknown) => {
        const before = structuredClone(story);
        const graph = compile(story);
        for (const { state } of play(story, graph, choices)) {
          const frozen = Object.freeze({ ...state });
          expect(isRejection(choose(graph, frozen, -1 - Math.abs(unknown)))).toBe(true);
          expect(frozen).toEqual(state);
        }
        expect(story).toEqual(before);
      }),
      RUNS,
    );
  });

  it('tells in its events what happened: where it went, and whether it ended there', () => {
    fc.assert(
      fc.property(stories, picks, (story, choices) => {
        for (const { state, events } of play(story, compile(story), choices)) {
          const entered = { type: 'entered', node: state.node };
          const ended = { type: 'ended', node: state.node };
          const isEnding = nodeAt(story, state.node)!.type === 'ending';
          expect(events.filter(({ type }) => type !== 'consequences')).toEqual(
            isEnding ? [entered, ended] : [entered],
          );
        }
      }),
      RUNS,
    );
  });
});

describe('reachability', () => {
  it('of nodes agrees with going on until nothing is new', () => {
    fc.assert(
      fc.property(stories.map(withoutChoicesOfEndings), (story) => {
        const graph = compile(story);
        story.nodes.forEach(({ id }, index) => {
          const reached = reachableFrom(graph, [index]);
          const ids = story.nodes.filter((_, i) => reached[i] === 1).map((node) => node.id);
          expect(new Set(ids)).toEqual(naivelyReached(story, id));
        });
      }),
      RUNS,
    );
  });

  it('of endings agrees with looking for one from every node', () => {
    fc.assert(
      fc.property(stories, (story) => {
        expect([...reachesEnding(compile(story))]).toEqual(
          story.nodes.map(({ id }) => (naivelyReachesEnding(story, id) ? 1 : 0)),
        );
      }),
      RUNS,
    );
  });
});

describe('validate', () => {
  const errorsOf = (story: StoryDefinition) =>
    validate(compile(story)).filter(({ severity }) => severity === 'error');

  it('never strands a reader: without errors, wherever they get to, there is a way on to an ending', () => {
    fc.assert(
      fc.property(stories, picks, (story, choices) => {
        fc.pre(errorsOf(story).length === 0);
        const graph = compile(story);
        const steps = play(story, graph, choices);
        expect(steps).not.toEqual([]);
        for (const { state } of steps) {
          const node = nodeAt(story, state.node)!;
          expect(naivelyReachesEnding(story, node.id)).toBe(true);
          if (node.type === 'ending') continue;
          expect(node.choices.length).toBeGreaterThan(0);
          for (const { id } of node.choices)
            expect(isRejection(choose(graph, state, id))).toBe(false);
        }
      }),
      RUNS,
    );
  });

  it('has no error to report of a story that has one start and a way on from everywhere', () => {
    fc.assert(
      fc.property(soundStory, (story) => {
        expect(errorsOf(story)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('reports an error of every story in which some reader can be stranded', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const begun = start(compile(story));
        const reached = isRejection(begun) ? [] : [...naivelyReached(story, begun.state.node)];
        fc.pre(isRejection(begun) || reached.some((id) => !naivelyReachesEnding(story, id)));
        expect(errorsOf(story)).not.toEqual([]);
      }),
      RUNS,
    );
  });

  it('checks a chain of 200,000 nodes in seconds, as it is linear', () => {
    const count = 200_000;
    const nodes = Array.from({ length: count }, (_, i): NodeDefinition => {
      const isEnding = i === count - 1;
      const on = { id: i, letter: 'A', text: 'On', consequences: null, to: i + 1 };
      return {
        id: i,
        key: `${i}`,
        title: 'A link',
        content: 'Of the chain.',
        type: isEnding ? 'ending' : 'story',
        isStart: i === 0,
        endingKind: null,
        choices: isEnding ? [] : [on],
      };
    });
    const before = performance.now();
    expect(validate(compile({ nodes }))).toHaveLength(0);
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});
