import { describe, expect, it } from '@jest/globals';
import { Scenario } from '../../support/scenario.js';

const SCHEMA = {
  variables: [{ name: 'gold', type: 'int' as const, initial: 0 }],
  items: [{ key: 'key', name: 'Key', max: 2 }],
  stats: [{ key: 'wits', name: 'Wits', initial: 4 }],
};

/** A corridor with a door that a condition keeps, and a garden to come back from. */
const corridor = (condition: string) =>
  new Scenario(
    {
      corridor: {
        choices: [
          { to: 'vault', condition },
          { to: 'garden', effects: [{ op: 'add', target: 'gold', value: '2' }] },
        ],
      },
      garden: { effects: [{ op: 'give', target: 'key' }], choices: [{ to: 'corridor' }] },
      vault: 'ending',
    },
    SCHEMA,
  );

describe('conditions', () => {
  it.each([
    'gold >= 2',
    'gold + 5 > 6.5',
    '"key" in inventory',
    'inventory.key == 1',
    'visits.garden > 0',
    'visits.corridor == 2',
    'turn == 2',
    'gold > 100 || stats.wits == 4 && gold != 0',
    'gold in [2, 4]',
    'gold > 0 ? true : false',
    '!(gold == 0)',
  ])('%s: close a choice until it is true', (condition) => {
    const play = corridor(condition);
    expect(play.refusal('A')).toEqual({ rejected: 'locked', why: 'condition' });
    play.choose('B').choose('A');
    expect(play.choose('A').node).toBe('vault');
  });

  it('see what entering the node has just changed', () => {
    const play = new Scenario(
      {
        hall: {
          effects: [{ op: 'add', target: 'gold', value: '1' }],
          choices: [{ to: 'end', condition: 'gold == 1' }],
        },
        end: 'ending',
      },
      SCHEMA,
    );
    expect(play.choose('A').node).toBe('end');
  });

  it('that cannot run keep their choice closed', () => {
    expect(corridor('golf > 1').choose('B').choose('A').refusal('A').rejected).toBe('locked');
  });
});
