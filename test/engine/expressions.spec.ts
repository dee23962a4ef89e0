import { describe, expect, it } from '@jest/globals';
import { parseExpression } from '../../src/engine/core/expressions/parse.js';
import { isFaulty } from '../../src/engine/core/expressions/problem.js';
import { compile } from '../../src/engine/core/story.js';
import { storyOf } from '../support/definitions.js';

const { layout } = compile({
  ...storyOf({ hall: [], 'End-Good': [], 'very-long-2': [] }),
  schema: {
    variables: [
      { name: 'gold', type: 'int', initial: 0 },
      { name: 'seenGhost', type: 'bool', initial: false },
      { name: 'hero', type: 'string', initial: '' },
    ],
  },
});

/** All that is wrong with a condition, each with its place. */
function faults(source: string): string[] {
  const parsed = parseExpression(source, layout, 'bool');
  if (!isFaulty(parsed)) throw new Error('It is sound.');
  return parsed.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('a condition as Twine has it', () => {
  it.each([
    ['gold = 3', ['1:6 Write == to compare.']],
    ['gold > 3 and seenGhost', ['1:10 Write && instead of and.']],
    ['gold is 3', ['1:6 Write == instead of is.']],
    ['gold is not 3', ['1:6 Write != instead of is not.']],
    ['not seenGhost', ['1:1 Write ! instead of not.']],
    ['not (seenGhost)', ['1:1 Write ! instead of not.']],
    ['gold > 3 OR seenGhost', ['1:10 Write || instead of OR.']],
    ['$gold > 3', ['1:1 Names have no $.']],
    ['gold gte 3', ['1:6 Write >= instead of gte.']],
    ['gold => 3 & seenGhost', ['1:6 Write >= instead of =>.', '1:11 Write && instead of &.']],
    ['gold === 3', ['1:6 Write == instead of ===.']],
    [
      'hero == ‘Ada’',
      ['1:9 Write straight quotation marks: ".', '1:13 Write straight quotation marks: ".'],
    ],
  ])('is told what to write: %s', (source, expected) => {
    expect(faults(source)).toEqual(expected);
  });

  it('is checked all the same, with the places that its author sees', () => {
    expect(faults('golld = 3 and\n$seenGhots and hero == "is $x and" and (gold > 1)')).toEqual([
      '1:1 There is no variable golld. Did you mean gold?',
      '1:7 Write == to compare.',
      '1:11 Write && instead of and.',
      '2:1 Names have no $.',
      '2:2 There is no variable seenGhots. Did you mean seenGhost?',
      '2:12 Write && instead of and.',
      '2:36 Write && instead of and.',
    ]);
  });
});

describe('a faulty condition', () => {
  it.each([
    ['gold >', '1:7 Something is missing at the end.'],
    ['(gold > 3', '1:10 A ) is missing at the end.'],
    ['', '1:1 Something is missing at the end.'],
    ['gold > 3)', '1:9 ) cannot stand here.'],
    ['gold 3', '1:6 3 cannot stand here.'],
    ['visitet("hall")', '1:1 There is no function visitet.'],
    ['gold # 3', '1:6 # cannot stand here.'],
    ['hero == "Ada', '1:9 Unterminated string.'],
    ['gold > 0 && visits.End-Good > 0', '1:13 Write visits["End-Good"].'],
    ['visits.very-long-2 > 0', '1:1 Write visits["very-long-2"].'],
  ])('says what is the matter: %s', (source, expected) => {
    expect(faults(source)).toEqual([expected]);
  });

  it('tells all that is wrong, once each', () => {
    expect(faults('golld > 3 && hero > 1 && (!gold || visits.hal in ["a", ghost])')).toEqual([
      '1:1 There is no variable golld. Did you mean gold?',
      '1:14 a text cannot be compared with a whole number here.',
      '1:28 This is a whole number, but must be true or false.',
      '1:36 There is no node hal. Did you mean hall?',
      '1:56 There is no variable ghost.',
    ]);
  });
});
