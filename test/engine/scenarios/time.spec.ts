import { describe, expect, it } from '@jest/globals';
import { deadlineOf, GRACE_MS } from '../../../src/engine/core/play.js';
import { Scenario } from '../../support/scenario.js';

const GRACE = GRACE_MS / 1000;

/** A bridge that carries for ten seconds. */
const bridge = (condition?: string) =>
  new Scenario(
    {
      bank: { choices: [{ to: 'bridge' }] },
      bridge: {
        choices: [
          { to: 'far' },
          { to: 'river', after: 10, consequences: 'It breaks.', ...(condition && { condition }) },
          { to: 'bridge' },
        ],
      },
      far: 'ending',
      river: 'ending',
    },
    { variables: [{ name: 'safe', type: 'bool', initial: true }] },
  ).choose('A', { at: 100 });

describe('a timed choice', () => {
  it('leaves its time to the reader, counted from entering the node, and a little grace', () => {
    expect(deadlineOf(bridge().story, bridge().state)).toBe(110_000);
    expect(bridge().choose('A', { at: 109 }).node).toBe('far');
    expect(bridge().choose('A', { at: 110 + GRACE }).node).toBe('far');
  });

  it('makes itself when time is out, whatever is asked for', () => {
    const play = bridge().choose('A', { at: 110 + GRACE + 1 });
    expect(play.node).toBe('river');
    expect(play.events.map(({ type }) => type)).toEqual([
      'expired',
      'consequences',
      'entered',
      'ended',
    ]);
    expect(play.event('expired')?.choice).toBe(play.story.nodes[1]!.choices[1]!.id);
  });

  it('can also be chosen', () => {
    const play = bridge().choose('B', { at: 101 });
    expect([play.node, play.event('expired')]).toEqual(['river', undefined]);
  });

  it('begins anew when the node is entered again', () => {
    const play = bridge().choose('C', { at: 109 });
    expect(deadlineOf(play.story, play.state)).toBe(119_000);
    expect(play.choose('A', { at: 118 }).node).toBe('far');
  });

  it('does not make itself while its condition is false', () => {
    const play = bridge('!safe');
    expect(deadlineOf(play.story, play.state)).toBeUndefined();
    expect(play.choose('A', { at: 9999 }).node).toBe('far');
  });

  it('leaves no time in the state of other nodes', () => {
    expect(bridge().choose('A', { at: 101 }).state.enteredAt).toBeUndefined();
  });
});
