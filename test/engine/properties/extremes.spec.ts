import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Effect, StoryDefinition, StorySchema } from '../../../src/engine/core/definition.js';
import { LONGEST_TEXT } from '../../../src/engine/core/layout.js';
import { choose, isRejection, start, type Step } from '../../../src/engine/core/play.js';
import { seededRandom } from '../../../src/engine/core/random.js';
import { stateProblems } from '../../../src/engine/core/state.js';
import { compile } from '../../../src/engine/core/story.js';
import { writtenStory, type WrittenChoice } from '../../support/written-story.js';

const SCHEMA: StorySchema = {
  variables: [
    { name: 'whole', type: 'int', initial: 3 },
    { name: 'part', type: 'number', initial: 0.5 },
    { name: 'share', type: 'number', initial: 0, min: -0.5, max: 1 },
    { name: 'mood', type: 'string', initial: 'calm 😀' },
  ],
  items: [{ key: 'lamp', name: 'Lamp' }],
  stats: [{ key: 'health', name: 'Health', initial: 1 }],
};

const NUMBERS = [
  '-(whole - whole)',
  '-0.5 * 0.0',
  '-0.9',
  'whole * whole',
  'part * part * part * part',
  '9000000000000000',
  '-9000000000000000 * 9000000000000000',
  '1e308 * 10.0',
  '-1e308 * 10.0',
  '1e308 * 10.0 - 1e308 * 10.0',
  'part / (part - part)',
  'roll * 3',
];
const numbers = fc.constantFrom(...NUMBERS);

const effect: fc.Arbitrary<Effect> = fc.oneof(
  fc.record({
    op: fc.constantFrom('set' as const, 'add' as const, 'sub' as const),
    target: fc.constantFrom('whole', 'part', 'share', 'health'),
    value: numbers,
  }),
  fc.record({
    op: fc.constantFrom('give' as const, 'take' as const),
    target: fc.constant('lamp'),
    value: numbers,
  }),
  fc.record({
    op: fc.constant('set' as const),
    target: fc.constant('mood'),
    value: fc.constantFrom('mood + mood', 'mood + "😀"', 'mood + mood + mood', '""'),
  }),
);

const choice: fc.Arbitrary<WrittenChoice> = fc.oneof(
  fc.record({ to: fc.constant('hall'), effects: fc.array(effect, { maxLength: 3 }) }),
  fc.record({
    to: fc.constant('hall'),
    failTo: fc.constant('hall'),
    check: numbers.map((bonus) => `2d6 + ${bonus} >= 9`),
  }),
);

/** A hall that leads to itself, and changes what the reader has by as much as can be written. */
const stories: fc.Arbitrary<StoryDefinition> = fc
  .array(choice, { minLength: 1, maxLength: 5 })
  .map((choices) => writtenStory({ hall: { choices } }, SCHEMA));

function* play(definition: StoryDefinition, picks: readonly number[]): Generator<Step> {
  const story = compile(definition);
  expect(story.problems).toEqual([]);
  let step = start(story);
  for (const [i, pick] of picks.entries()) {
    if (isRejection(step)) throw new Error(step.rejected);
    yield step;
    const { id } = story.choices[pick % story.choices.length]!;
    step = choose(story, step.state, id, { random: seededRandom(`${i}`) });
  }
}

describe('a play that goes to extremes', () => {
  it('comes only to states that are the same as JSON, and that can be played on', () => {
    fc.assert(
      fc.property(stories, fc.array(fc.nat({ max: 4 }), { maxLength: 30 }), (definition, picks) => {
        const story = compile(definition);
        for (const { state } of play(definition, picks)) {
          expect(JSON.parse(JSON.stringify(state))).toEqual(state);
          expect(stateProblems(story, state)).toEqual([]);
          const mood = state.variables!.mood as string;
          expect(mood.length).toBeLessThanOrEqual(LONGEST_TEXT);
          expect(mood.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('rolls totals that 32 bits can tell', () => {
    fc.assert(
      fc.property(stories, fc.array(fc.nat({ max: 4 }), { maxLength: 30 }), (definition, picks) => {
        for (const { events } of play(definition, picks)) {
          for (const event of events) {
            if (event.type !== 'rolled') continue;
            expect(Math.trunc(event.total)).toBe(Math.trunc(event.total) | 0);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
