import { describe, expect, it } from '@jest/globals';
import { letterOf } from './letters.js';

describe('letterOf', () => {
  it.each([
    [0, 'A'],
    [1, 'B'],
    [25, 'Z'],
    [26, 'AA'],
    [27, 'AB'],
    [51, 'AZ'],
    [52, 'BA'],
    [701, 'ZZ'],
    [702, 'AAA'],
    [18_277, 'ZZZ'],
    [18_278, 'AAAA'],
  ])('calls the choice at %i %s', (index, letter) => {
    expect(letterOf(index)).toBe(letter);
  });

  it('gives the first 26 the letters of the alphabet', () => {
    expect(Array.from({ length: 26 }, (_, i) => letterOf(i)).join('')).toBe(
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    );
  });

  it('gives no two choices the same letter', () => {
    const letters = new Set(Array.from({ length: 20_000 }, (_, i) => letterOf(i)));
    expect(letters.size).toBe(20_000);
  });
});
