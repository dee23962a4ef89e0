import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCheck, parseDice } from '../../../src/engine/core/expressions/dice.js';
import { isFaulty } from '../../../src/engine/core/expressions/problem.js';
import { choose, isRejection, start } from '../../../src/engine/core/play.js';
import { seededRandom } from '../../../src/engine/core/random.js';
import { stateProblems } from '../../../src/engine/core/state.js';
import { compile } from '../../../src/engine/core/story.js';
import { storyOf } from '../../support/definitions.js';
import { provableStory } from '../../support/provable-arbitrary.js';

const PIECES = ['2d6', 'd', '1d0', 'd20', '101d6', '9999d9999', '+', '-', ' ', '\n', '7', '1e999'];
const MORE = ['>=', '<', '==', '=', '(', ')', 'turn', 'roll', 'gold', '"', 'd6 > 3', '٣d٦', '😀'];
const pieces = fc.constantFrom(...PIECES, ...MORE);

const sources = fc.oneof(
  fc.array(pieces, { maxLength: 8 }).map((all) => all.join('')),
  fc
    .tuple(
      fc.constantFrom('2d6', 'd20'),
      fc.constantFrom('', '+ 3', '- roll', '+'),
      fc.constantFrom('', '>= 7', '< turn', '== (', '= 3'),
    )
    .map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const LONG = ['2d6 >= '.repeat(15_000), `2d6${' '.repeat(100_000)}>= 9`, '('.repeat(100_000)];

describe('hostile dice', () => {
  const { layout } = compile(storyOf({ hall: [] }));

  it.each([
    ['a check', (source: string) => parseCheck(source, layout)],
    ['dice beside the story', parseDice],
  ])('as %s are taken or refused with their place, and soon', (_, parse) => {
    let taken = 0;
    fc.assert(
      fc.property(sources, (source) => {
        const since = performance.now();
        const result = parse(source);
        expect(performance.now() - since).toBeLessThan(300);
        if (!isFaulty(result)) {
          taken += 1;
          expect(result.dice.count).toBeLessThanOrEqual(100);
          expect(result.dice.sides).toBeLessThanOrEqual(1000);
          return;
        }
        const lines = source.split('\n');
        for (const { line, column } of result) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
        }
      }),
      { numRuns: 2000, examples: LONG.map((source) => [source]) },
    );
    expect(taken).toBeGreaterThan(50);
  });
});

const FIELDS = ['node', 'turn', 'protagonist', 'variables', 'stats', 'inventory', 'artifacts'];
const COUNTS = ['endings', 'visits', 'attempts', 'roll', 'enteredAt', 'constructor'];
const fields = fc.constantFrom(...FIELDS, ...COUNTS);

const values = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(0, 1, 2, -1, 1e300, 'calm', true, null),
  fc.dictionary(
    fc.constantFrom('gold', 'mood', 'shut', 'lamp', 'health', '1', '2', '101', '__proto__'),
    fc.oneof(fc.constantFrom(0, 1, 2, 3, 'calm', true), fc.jsonValue()),
  ),
  fc.array(fc.constantFrom('crown', 'orb', 1, null), { maxLength: 3 }),
);

describe('a hostile state', () => {
  it('is refused, or is played on to states that are accepted', () => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(provableStory, fields, values, (definition, field, value) => {
        const story = compile(definition);
        const begun = start(story, { now: 0 });
        if (isRejection(begun)) throw new Error(begun.rejected);
        const state = { ...begun.state, [field]: value };
        if (stateProblems(story, state).length > 0) {
          refused += 1;
          return;
        }
        accepted += 1;
        for (const { id } of story.choices) {
          const step = choose(story, state, id, {
            now: 0,
            random: seededRandom('x'),
            answer: 'moon',
          });
          if (!isRejection(step)) expect(stateProblems(story, step.state)).toEqual([]);
        }
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(accepted, refused)).toBeGreaterThan(100);
  });
});
