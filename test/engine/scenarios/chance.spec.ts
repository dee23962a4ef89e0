import { describe, expect, it } from '@jest/globals';
import { Scenario } from '../../support/scenario.js';

const SCHEMA = {
  variables: [{ name: 'gold', type: 'int' as const, initial: 0 }],
  stats: [{ key: 'agility', name: 'Agility', initial: 2 }],
};

const cliff = () =>
  new Scenario(
    {
      cliff: {
        choices: [
          {
            to: 'top',
            failTo: 'ledge',
            check: '2d6 + stats.agility >= 9',
            consequences: 'You are up!',
            effects: [{ op: 'add', target: 'gold', value: 'roll' }],
          },
        ],
      },
      ledge: { choices: [{ to: 'cliff', condition: 'roll == 8' }] },
      top: 'ending',
    },
    SCHEMA,
  );

describe('a dice check', () => {
  it('leads on when the dice and what is added are enough', () => {
    const play = cliff().choose('A', { dice: 7 });
    expect(play.node).toBe('top');
    expect(play.event('rolled')).toMatchObject({ total: 9, success: true });
    expect(play.event('rolled')!.dice.reduce((sum, die) => sum + die)).toBe(7);
    expect(play.event('consequences')?.text).toBe('You are up!');
    expect(play.changes).toEqual([['gold', 9]]);
  });

  it('leads elsewhere when they are not, without effects and consequences; its total can be read', () => {
    const play = cliff().choose('A', { dice: 6 });
    expect(play.node).toBe('ledge');
    expect(play.events.map(({ type }) => type)).toEqual(['rolled', 'entered']);
    expect(play.choose('A').node).toBe('cliff');
  });

  it('is refused where nobody rolls', () => {
    expect(cliff().refusal('A')).toEqual({ rejected: 'random-needed' });
  });

  it('is closed while failing leads nowhere', () => {
    const play = new Scenario({
      cliff: { choices: [{ to: 'top', check: 'd6 > 3' }] },
      top: 'ending',
    });
    expect(play.refusal('A', { dice: 6 })).toEqual({ rejected: 'no-target' });
  });
});
