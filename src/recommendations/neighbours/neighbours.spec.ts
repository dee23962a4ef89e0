import { describe, expect, it } from '@jest/globals';
import { LEAST_SHARED_READERS, MOST_NEIGHBOURS, neighbourhoods } from './neighbours.js';

/** Rows as PostgreSQL writes them: each story with the weight 1. */
const rows = (...stories: readonly (readonly number[])[]) =>
  stories.length === 0
    ? []
    : [stories.map((row) => row.map((id) => `${id} 1`).join(' ')).join('\n')];

const times = (count: number, row: readonly number[]) => Array.from({ length: count }, () => row);

const neighboursOf = (storyId: number, readers: string[], subjects: string[] = []) =>
  [...neighbourhoods({ readers, subjects })].find((found) => found.storyId === storyId)
    ?.neighbours ?? [];

const idsOf = (storyId: number, readers: string[], subjects?: string[]) =>
  neighboursOf(storyId, readers, subjects).map((neighbour) => neighbour.storyId);

describe('neighbours', () => {
  it('are none without readers and subjects', () => {
    expect([...neighbourhoods({ readers: [], subjects: [] })]).toEqual([]);
  });

  it('are the stories that the same readers liked, those first that most of them did', () => {
    const readers = rows(...times(6, [1, 2]), ...times(3, [1, 3]), [3, 4], [3, 4]);
    expect(idsOf(1, readers)).toEqual([2, 3]);
    expect(neighboursOf(1, readers).every(({ isByReaders }) => isByReaders)).toBe(true);
  });

  it('are not told by fewer readers than nobody can be told of', () => {
    const few = rows(...times(LEAST_SHARED_READERS - 1, [1, 2]), ...times(5, [1, 3]));
    expect(idsOf(1, few)).toEqual([3]);
    const enough = rows(...times(LEAST_SHARED_READERS, [1, 2]), ...times(5, [1, 3]));
    expect(idsOf(1, enough)).toEqual([3, 2]);
  });

  it('have the cosine as their score, and less of it while they have few readers', () => {
    const score = (readers: number) => neighboursOf(1, rows(...times(readers, [1, 2])))[0]!.score;
    // All readers are the same: the cosine is 1, of which n / (n + 10) counts.
    expect(score(10)).toBeCloseTo(1 / 2);
    expect(score(90)).toBeCloseTo(9 / 10);
  });

  it('are told more by readers of few stories than by readers of many', () => {
    const many = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19];
    const readers = rows(...times(5, [1, 2]), ...times(5, [1, 3, ...many]), ...times(5, [2, 3]));
    expect(idsOf(1, readers)[0]).toBe(2);
  });

  it('are near by what they are about, the more so the rarer that is', () => {
    const subjects = rows([1, 2, 4, 5, 6], [1, 3], [2, 5], [3, 6]);
    expect(idsOf(1, [], subjects).slice(0, 2)).toEqual([3, 4]);
    expect(neighboursOf(1, [], subjects).some(({ isByReaders }) => isByReaders)).toBe(false);
  });

  it('count what they are about the less, the more readers they have', () => {
    const subjects = rows([1, 3]);
    const readers = (count: number) => rows(...times(count, [1, 2]), ...times(count, [3, 4]));
    const about = (count: number) =>
      neighboursOf(1, readers(count), subjects).find(({ storyId }) => storyId === 3)!.score;
    expect(about(3)).toBeGreaterThan(about(30));
  });

  it('are so many at most, the nearest, and of the equally near those with the lowest id', () => {
    const stories = Array.from({ length: MOST_NEIGHBOURS + 20 }, (_, i) => i + 1);
    const readers = rows(...times(3, [...stories].reverse()), ...times(3, [1, 70]));
    const found = idsOf(1, readers);
    expect(found).toHaveLength(MOST_NEIGHBOURS);
    expect(found.slice(0, 3)).toEqual([70, 2, 3]);
    expect(new Set(found).has(1)).toBe(false);
  });

  it('weigh what a reader liked better more', () => {
    const readers = ['1 4 2 4 3 1', '1 4 2 4 3 1', '1 4 2 4 3 1', '1 1 2 1 3 4', '3 1 2 1'];
    expect(idsOf(1, [readers.join('\n')])).toEqual([2, 3]);
  });
});
