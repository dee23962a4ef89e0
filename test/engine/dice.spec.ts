import { describe, expect, it } from '@jest/globals';
import { parseCheck, parseDice } from '../../src/engine/core/expressions/dice.js';
import { isFaulty } from '../../src/engine/core/expressions/problem.js';
import { rollDice, seededRandom } from '../../src/engine/core/random.js';
import { stateProblems } from '../../src/engine/core/state.js';
import { compile } from '../../src/engine/core/story.js';
import { storyOf } from '../support/definitions.js';

describe('parseDice', () => {
  it.each([
    ['d20', { dice: { count: 1, sides: 20 }, bonus: 0 }],
    ['3d6 + 2', { dice: { count: 3, sides: 6 }, bonus: 2 }],
    ['2D8-1', { dice: { count: 2, sides: 8 }, bonus: -1 }],
  ])('reads %s', (source, dice) => {
    expect(parseDice(source)).toEqual(dice);
  });

  it.each([
    ['', 1, 'It must begin with dice, such as 2d6.'],
    ['0d6', 1, 'There must be 1 to 100 dice.'],
    ['101d6', 1, 'There must be 1 to 100 dice.'],
    ['2d1', 1, 'Dice have 2 to 1000 sides.'],
    ['2d6 + luck', 4, 'After the dice only + or - and a number may stand.'],
  ])('refuses %j', (source, column, message) => {
    expect(parseDice(source)).toEqual([{ message, line: 1, column }]);
  });
});

describe('parseCheck', () => {
  const { layout } = compile({
    ...storyOf({ hall: [] }),
    schema: { variables: [{ name: 'luck', type: 'int', initial: 0 }] },
  });

  it.each([
    ['2d6 >= 9', '>='],
    ['2d6 + luck - 1 < 9', '<'],
    ['2d6 + (luck > 3 ? 2 : 1) == 9', '=='],
    ['2d6 - (luck != 3 ? luck : 1) > (luck <= 1 ? 4 : 5) * 2', '>'],
  ])('reads %s', (source, comparison) => {
    expect(parseCheck(source, layout)).toMatchObject({
      dice: { count: 2, sides: 6 },
      comparison,
    });
  });

  it.each([
    ['2d6', 4, 'It must be one comparison, as in 2d6 >= 9.'],
    ['2d6 + 1', 4, 'It must be one comparison, as in 2d6 >= 9.'],
    ['2d6 >= 9 && luck > 0', 4, 'It must be one comparison, as in 2d6 >= 9.'],
    ['2d6 * 2 >= 9', 4, 'After the dice + or - or a comparison must stand.'],
    ['2d6 + look >= 9', 7, 'There is no variable look. Did you mean luck?'],
    ['2d6 >=\n\n9 + ', 5, 'Something is missing at the end.', 3],
    ['2d6+', 5, 'Something is missing at the end.'],
    ['2d6 = 9', 5, 'Write == to compare.'],
  ])('refuses %j', (source, column, message, line = 1) => {
    expect(parseCheck(source, layout)).toEqual([{ message, line, column }]);
  });
});

it('tells all that is wrong with a check', () => {
  const { layout } = compile(storyOf({ hall: [] }));
  const faults = parseCheck('2d6 * look = (lick', layout);
  expect(isFaulty(faults) && faults.map(({ column, message }) => [column, message])).toEqual([
    [4, 'After the dice + or - or a comparison must stand.'],
    [12, 'Write == to compare.'],
    [19, 'A ) is missing at the end.'],
  ]);
});

describe('seededRandom', () => {
  it('rolls the same for the same seed, and otherwise for another', () => {
    const rolls = (seed: string) => rollDice({ count: 50, sides: 6 }, seededRandom(seed));
    expect(rolls('a')).toEqual(rolls('a'));
    expect(rolls('a')).not.toEqual(rolls('b'));
  });

  it('rolls every side about equally often', () => {
    const counts = new Map<number, number>();
    for (const side of rollDice({ count: 60_000, sides: 6 }, seededRandom('even')))
      counts.set(side, (counts.get(side) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });
});

describe('stateProblems', () => {
  const story = compile({
    ...storyOf({ start: ['end'], end: [] }),
    schema: { variables: [{ name: 'gold', type: 'int', initial: 1, min: 0, max: 9 }] },
  });

  it('finds nothing in a state of the story', () => {
    expect(stateProblems(story, { node: 1, turn: 0, variables: { gold: 9 } })).toEqual([]);
  });

  it('names all that the story cannot have brought about', () => {
    expect(
      stateProblems(story, {
        node: 99,
        turn: -1,
        variables: { gold: 10, silver: 1 },
        artifacts: ['crown'],
        protagonist: 'mage',
      }),
    ).toEqual([
      'The node is not in the story.',
      'turn cannot be -1.',
      'variable gold cannot be 10.',
      'There is no variable silver.',
      'There is no artifact crown.',
      'There is no protagonist mage.',
    ]);
  });
});
