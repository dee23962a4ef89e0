import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { experienceOf, levelOf } from './experience.js';

describe('levels', () => {
  it('begin at 0, 100, 300, 600 and 1000', () => {
    expect([1, 2, 3, 4, 5].map(experienceOf)).toEqual([0, 100, 300, 600, 1000]);
  });

  it('begin exactly where the one before ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6000 }), (level) => {
        expect(levelOf(experienceOf(level))).toBe(level);
        expect(levelOf(experienceOf(level) - 1)).toBe(level - 1);
      }),
    );
  });
});
