import { describe, expect, it } from '@jest/globals';
import { hasReadEnough, mayRead, nodesNeeded } from './review.policy.js';

const reader = { userId: 1, role: 'user', sessionId: 1 } as const;
const writer = { userId: 2, role: 'user', sessionId: 2 } as const;
const admin = { userId: 3, role: 'admin', sessionId: 3 } as const;

describe('a review', () => {
  it.each([
    ['a text', { text: 'Good.', hiddenAt: null }, [true, true, true, true]],
    ['stars alone', { text: null, hiddenAt: null }, [false, false, true, true]],
    ['a hidden text', { text: 'Bad.', hiddenAt: new Date() }, [false, false, true, true]],
  ])('with %s is read by those who may', (_, review, expected) => {
    const viewers = [undefined, reader, writer, admin];
    expect(viewers.map((viewer) => mayRead(viewer, { userId: 2, ...review }))).toEqual(expected);
  });
});

describe('a reader', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 3],
    [12, 3],
    [13, 4],
    [1000, 250],
  ])('of a story of %i nodes needs to see %i', (nodes, needed) => {
    expect(nodesNeeded(nodes)).toBe(needed);
    expect(hasReadEnough({ hasFinished: false, nodes, nodesSeen: needed - 1 })).toBe(false);
    expect(hasReadEnough({ hasFinished: false, nodes, nodesSeen: needed })).toBe(true);
  });

  it('who has come to an ending has read enough', () => {
    expect(hasReadEnough({ hasFinished: true, nodes: 1000, nodesSeen: 2 })).toBe(true);
  });
});
