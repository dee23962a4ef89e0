import { describe, expect, it } from '@jest/globals';
import type { Effect, VariableDefinition } from '../../../src/engine/core/definition.js';
import { Scenario } from '../../support/scenario.js';

const VARIABLES: readonly VariableDefinition[] = [
  { name: 'gold', type: 'int', initial: 5, min: 0, max: 9 },
  { name: 'ratio', type: 'number', initial: 0.5, min: -1, max: 1 },
  { name: 'brave', type: 'bool', initial: false },
  { name: 'mood', type: 'string', initial: 'calm' },
];

/** What one effect, on the way from one room to the next, leaves behind. */
const after = (...effects: readonly Effect[]) =>
  new Scenario(
    { room: { choices: [{ to: 'next', effects }] }, next: 'ending' },
    { variables: VARIABLES, stats: [{ key: 'health', name: 'Health', initial: 3, max: 5 }] },
  ).choose('A');

describe('variables', () => {
  it('are set, added to and taken from', () => {
    expect(after({ op: 'set', target: 'gold', value: '2 * 3' }).changes).toEqual([['gold', 6]]);
    expect(after({ op: 'add', target: 'gold', value: 'gold - 2' }).changes).toEqual([['gold', 8]]);
    expect(after({ op: 'sub', target: 'gold', value: '1' }).changes).toEqual([['gold', 4]]);
    expect(after({ op: 'set', target: 'mood', value: 'mood + "er"' }).changes).toEqual([
      ['mood', 'calmer'],
    ]);
  });

  it('turn from false to true and back', () => {
    const toggle: Effect = { op: 'toggle', target: 'brave' };
    expect(after(toggle).changes).toEqual([['brave', true]]);
    expect(after(toggle, toggle).changes).toEqual([
      ['brave', true],
      ['brave', false],
    ]);
  });

  it('stay within their bounds', () => {
    expect(after({ op: 'add', target: 'gold', value: '1000' }).changes).toEqual([['gold', 9]]);
    expect(after({ op: 'sub', target: 'gold', value: '1000' }).changes).toEqual([['gold', 0]]);
    expect(after({ op: 'set', target: 'ratio', value: '-7.5' }).changes).toEqual([['ratio', -1]]);
    expect(after({ op: 'add', target: 'health', value: '4' }).changes).toEqual([
      ['stats.health', 5],
    ]);
  });

  it('keep the first thousand characters of a text', () => {
    const double: Effect = { op: 'set', target: 'mood', value: 'mood + mood' };
    const { state } = after(...Array.from({ length: 100 }, () => double));
    expect(state.variables!.mood).toBe('calm'.repeat(250));
  });

  it('stay whole where they are whole numbers', () => {
    expect(after({ op: 'add', target: 'gold', value: '1.9' }).changes).toEqual([['gold', 6]]);
    expect(after({ op: 'set', target: 'gold', value: '7 / 2' }).changes).toEqual([['gold', 3]]);
    expect(after({ op: 'set', target: 'ratio', value: '1.0 / 4' }).changes).toEqual([
      ['ratio', 0.25],
    ]);
  });

  it('have an answer for everything: to divide by zero gives zero', () => {
    expect(after({ op: 'set', target: 'gold', value: '5 / (gold - 5)' }).changes).toEqual([
      ['gold', 0],
    ]);
  });

  it('tell nothing where nothing changes', () => {
    expect(after({ op: 'set', target: 'gold', value: '5' }).changes).toEqual([]);
  });
});
