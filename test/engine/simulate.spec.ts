import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ChoiceDefinition, StoryDefinition } from '../../src/engine/core/definition.js';
import { choose, isRejection, start, type Step } from '../../src/engine/core/play.js';
import { simulate, type SimulationOptions } from '../../src/engine/core/simulate.js';
import { compile } from '../../src/engine/core/story.js';
import { nodeOf, storyOf, withChoice, withNode } from '../support/definitions.js';
import { soundStory } from '../support/story-arbitrary.js';

const simulated = (story: StoryDefinition, options: Partial<SimulationOptions> = {}) =>
  simulate(compile(story), { plays: 1000, seed: 'tale', ...options });

const twoWays = storyOf({ start: ['left', 'right'], left: ['right'], right: [] });

describe('simulate', () => {
  it('counts every arrival and every choice of a story with one way', () => {
    const result = simulated(storyOf({ start: ['middle'], middle: ['end'], end: [] }), {
      plays: 7,
    });
    expect(result).toEqual({
      plays: 7,
      steps: 14,
      ended: 7,
      stuck: 0,
      stuckPath: undefined,
      cutOff: 0,
      nodeCoverage: 1,
      choiceCoverage: 1,
      nodes: [
        { node: 1, hits: 7 },
        { node: 2, hits: 7 },
        { node: 3, hits: 7 },
      ],
      choices: [
        { choice: 101, hits: 7, share: 1 },
        { choice: 102, hits: 7, share: 1 },
      ],
      endings: [{ node: 3, plays: 7, share: 1 }],
      lengths: { p5: 2, p25: 2, p50: 2, p75: 2, p95: 2, max: 2 },
      leastVisited: [
        { node: 1, hits: 7 },
        { node: 2, hits: 7 },
        { node: 3, hits: 7 },
      ],
    });
  });

  it('gives the same for the same seed, and another result for another seed', () => {
    expect(simulated(twoWays)).toEqual(simulated(twoWays));
    expect(simulated(twoWays).choices).not.toEqual(simulated(twoWays, { seed: 'other' }).choices);
  });

  it('chooses evenly', () => {
    const { choices } = simulated(twoWays, { plays: 10_000 });
    expect(choices[0]!.hits + choices[1]!.hits).toBe(10_000);
    expect(Math.abs(choices[0]!.share - 0.5)).toBeLessThan(0.02);
    expect(choices[2]!.hits).toBe(choices[0]!.hits);
  });

  it('prefers what was chosen least often', () => {
    const { choices } = simulated(twoWays, { strategy: 'prefer-unseen' });
    expect(choices.map(({ hits }) => hits)).toEqual([500, 500, 500]);
  });

  it('chooses as readers did, none of the choices left out', () => {
    const weights = new Map([[101, 8]]);
    const { choices } = simulated(twoWays, { plays: 10_000, strategy: 'readers', weights });
    expect(Math.abs(choices[0]!.share - 0.9)).toBeLessThan(0.01);
    expect(choices[1]!.hits).toBe(10_000 - choices[0]!.hits);
  });

  it('takes no choice whose condition is false, and heeds effects', () => {
    const keyed: StoryDefinition = {
      ...withChoice(
        withChoice(storyOf({ start: ['start', 'end'], end: [] }), 'start', 0, {
          condition: 'keys < 3',
          effects: [{ op: 'add', target: 'keys', value: '1' }],
        }),
        'start',
        1,
        { condition: 'keys >= 3' },
      ),
      schema: { variables: [{ name: 'keys', type: 'int', initial: 0 }] },
    };
    const { choices, lengths } = simulated(keyed, { plays: 5 });
    expect(choices.map(({ hits }) => hits)).toEqual([15, 5]);
    expect(lengths).toEqual({ p5: 4, p25: 4, p50: 4, p75: 4, p95: 4, max: 4 });
  });

  it('tells how many plays got stuck, and the way of the first', () => {
    const trap: StoryDefinition = {
      ...withChoice(storyOf({ start: ['hall'], hall: ['end'], end: [] }), 'hall', 0, {
        condition: 'open',
      }),
      schema: { variables: [{ name: 'open', type: 'bool', initial: false }] },
    };
    const result = simulated(trap, { plays: 3 });
    expect(result.stuck).toBe(3);
    expect(result.stuckPath).toEqual({ protagonist: undefined, choices: [101] });
    expect(result.lengths).toBeUndefined();
    expect(result.endings).toEqual([{ node: 3, plays: 0, share: 0 }]);
    expect(result.nodeCoverage).toBeCloseTo(2 / 3);
    expect(result.leastVisited[0]).toEqual({ node: 3, hits: 0 });
  });

  it('cuts off plays that go on for ever', () => {
    const round = simulated(storyOf({ start: ['back'], back: ['start'] }), {
      plays: 4,
      maxSteps: 9,
    });
    expect(round).toMatchObject({ plays: 4, cutOff: 4, ended: 0, steps: 36 });
    expect(round.nodes.map(({ hits }) => hits)).toEqual([20, 20]);
  });

  it('makes no play of a story without a start', () => {
    const lost = simulated(withNode(storyOf({ start: [] }), 'start', { isStart: false }));
    expect(lost).toMatchObject({ plays: 0, steps: 0, lengths: undefined, nodeCoverage: 0 });
    expect(lost.endings).toEqual([{ node: 1, plays: 0, share: 0 }]);
  });
});

describe('simulate lets chance decide', () => {
  const forked = (changes: Partial<ChoiceDefinition>) =>
    withChoice(storyOf({ start: ['won', 'lost'], won: [], lost: [] }), 'start', 0, changes);
  const onlyFirst = (story: StoryDefinition) =>
    withNode(story, 'start', { choices: nodeOf(story, 'start').choices.slice(0, 1) });
  const sharesOf = (changes: Partial<ChoiceDefinition>) => {
    const { endings } = simulated(onlyFirst(forked(changes)), { plays: 20_000 });
    return new Map(endings.map(({ node, share }) => [node, share]));
  };

  it('rolls dice: two of six sides make 9 or more in 10 of 36 cases', () => {
    const shares = sharesOf({ check: '2d6 >= 9', failTo: 3 });
    expect(Math.abs(shares.get(2)! - 10 / 36)).toBeLessThan(0.01);
    expect(shares.get(3)).toBeCloseTo(1 - shares.get(2)!);
  });

  it('answers half of the puzzles', () => {
    const puzzle = { kind: 'text', answers: ['x'], attempts: 2 } as const;
    const shares = sharesOf({ puzzle, failTo: 3 });
    expect(Math.abs(shares.get(3)! - 0.25)).toBeLessThan(0.01);
  });

  it('counts no arrival where a wrong answer leaves the reader', () => {
    const story = onlyFirst(forked({ puzzle: { kind: 'text', answers: ['x'] } }));
    const { nodes, choices } = simulated(story);
    expect(nodes[0]!.hits).toBe(1000);
    expect(choices[0]!.hits).toBeGreaterThan(1800);
  });

  it('lets time run out for a quarter of those who stand at a timed node', () => {
    const { choices } = simulated(forked({ after: 5 }), { plays: 20_000 });
    expect(Math.abs(choices[0]!.share - (0.25 + 0.75 / 2))).toBeLessThan(0.015);
  });

  it('offers no check of a draft that leads nowhere yet when it fails', () => {
    const { stuck } = simulated(onlyFirst(forked({ check: 'd6 >= 6' })), { plays: 50 });
    expect(stuck).toBe(50);
  });

  it('plays each protagonist as often, from their own start', () => {
    const story: StoryDefinition = {
      ...storyOf({ start: ['end'], other: ['end'], end: [] }),
      schema: {
        protagonists: [
          { key: 'hero', name: 'Hero' },
          { key: 'mage', name: 'Mage', start: 2 },
        ],
      },
    };
    const { nodes } = simulated(story, { plays: 10_000 });
    expect(Math.abs(nodes[0]!.hits - 5000)).toBeLessThan(200);
    expect(nodes[0]!.hits + nodes[1]!.hits).toBe(10_000);
  });
});

describe('simulate, for any sound story', () => {
  it('makes plays that add up, and hits that flow from choices to nodes', () => {
    fc.assert(
      fc.property(soundStory, fc.string(), (definition, seed) => {
        const story = compile(definition);
        const result = simulate(story, { plays: 20, seed, maxSteps: 50 });
        expect(result.ended + result.stuck + result.cutOff).toBe(20);
        const arrivals = story.nodes.map((_, index) => (index === story.start ? 20 : 0));
        result.choices.forEach(({ hits }, choice) => (arrivals[story.target[choice]!]! += hits));
        expect(result.nodes.map(({ hits }) => hits)).toEqual(arrivals);
      }),
    );
  });

  it('gets stuck only on a way that a reader can take', () => {
    const story = compile({
      ...withChoice(
        storyOf({ start: ['start', 'trap', 'end'], trap: ['end'], end: [] }),
        'trap',
        0,
        { condition: 'turn < 3' },
      ),
    });
    const { stuckPath } = simulate(story, { plays: 100, seed: 'traps' });
    let step = start(story) as Step;
    for (const choice of stuckPath!.choices) {
      const next = choose(story, step.state, choice);
      if (isRejection(next)) throw new Error(next.rejected);
      step = next;
    }
    expect(step.state.node).toBe(2);
    expect(choose(story, step.state, 104)).toEqual({ rejected: 'locked', why: 'condition' });
  });
});
