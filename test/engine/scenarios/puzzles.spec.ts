import { describe, expect, it } from '@jest/globals';
import type { PuzzleDefinition } from '../../../src/engine/core/definition.js';
import { Scenario } from '../../support/scenario.js';

const gate = (puzzle: PuzzleDefinition, failTo?: string) =>
  new Scenario({
    gate: {
      choices: [
        { to: 'garden', puzzle, consequences: 'It opens.', ...(failTo && { failTo }) },
        { to: 'gate' },
      ],
    },
    garden: 'ending',
    moat: 'ending',
  });

describe('a puzzle', () => {
  it.each([
    ['text', ['The Moon', 'Luna'], ['the moon', '  THE  MOON ', 'luna'], ['sun', '', 'the moons']],
    ['number', ['7', '0.5'], ['7', '07', '7.0', ' 7 ', '.5'], ['77', '-7', '7,5']],
    [
      'sequence',
      ['red, green, blue'],
      ['red,green,blue', 'Red , Green , Blue'],
      ['blue,green,red', 'red,green'],
    ],
    ['set', ['red, green'], ['green,red', 'RED, GREEN'], ['red', 'red,green,blue']],
  ] as const)(
    'of kind %s takes what means the same, and nothing else',
    (kind, answers, right, wrong) => {
      for (const answer of right) {
        expect([answer, gate({ kind, answers }).choose('A', { answer }).node]).toEqual([
          answer,
          'garden',
        ]);
      }
      for (const answer of wrong) {
        expect([answer, gate({ kind, answers }).choose('A', { answer }).node]).toEqual([
          answer,
          'gate',
        ]);
      }
    },
  );

  it('that asks for a number refuses what is none, unless its author wrote just that', () => {
    const play = gate({ kind: 'number', answers: ['7', 'seven'], attempts: 1 });
    for (const answer of ['fourty-two', '', '7a'])
      expect(play.refusal('A', { answer })).toEqual({ rejected: 'number-needed' });
    expect(play.choose('A', { answer: 'Seven' }).node).toBe('garden');
  });

  it('tells its hints one after another, then the last one again, and the consequences when it is solved', () => {
    const play = gate({ kind: 'text', answers: ['moon'], hints: ['Look up.', 'At night.'] });
    const hintAfter = (answer: string) => play.choose('A', { answer }).event('answered')?.hint;
    expect(['sun', 'star', 'sky'].map(hintAfter)).toEqual(['Look up.', 'At night.', 'At night.']);
    play.choose('A', { answer: 'moon' });
    expect(play.event('answered')).toMatchObject({ right: true, hint: undefined });
    expect(play.event('consequences')?.text).toBe('It opens.');
  });

  it('closes when its attempts are used up', () => {
    const play = gate({ kind: 'text', answers: ['moon'], attempts: 2 });
    expect(play.choose('A', { answer: 'x' }).event('answered')?.attemptsLeft).toBe(1);
    expect(play.choose('A', { answer: 'x' }).event('answered')?.attemptsLeft).toBe(0);
    expect(play.node).toBe('gate');
    expect(play.refusal('A', { answer: 'moon' })).toEqual({ rejected: 'locked', why: 'attempts' });
    expect(play.choose('B').refusal('A', { answer: 'moon' }).rejected).toBe('locked');
  });

  it('leads elsewhere when its attempts are used up, where the author says so', () => {
    const play = gate({ kind: 'text', answers: ['moon'], attempts: 1 }, 'moat');
    expect(play.choose('A', { answer: 'x' }).node).toBe('moat');
  });

  it('needs an answer', () => {
    expect(gate({ kind: 'text', answers: ['moon'] }).refusal('A')).toEqual({
      rejected: 'answer-needed',
    });
  });
});
