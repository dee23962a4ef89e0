import { describe, expect, it } from '@jest/globals';
import { Scenario } from '../../support/scenario.js';

const SCHEMA = {
  variables: [{ name: 'gold', type: 'int' as const, initial: 1 }],
  items: [{ key: 'rope', name: 'Rope', max: 3 }],
  stats: [{ key: 'health', name: 'Health', initial: 2, min: 0 }],
  artifacts: [{ key: 'crown', name: 'Crown' }],
  endings: [
    { key: 'rich', name: 'Rich' },
    { key: 'known', name: 'Known' },
  ],
};

describe('items', () => {
  const shop = () =>
    new Scenario(
      {
        shop: {
          choices: [
            { to: 'shop', effects: [{ op: 'give', target: 'rope', value: '2' }] },
            { to: 'shop', effects: [{ op: 'take', target: 'rope' }] },
            { to: 'end', condition: '"rope" in inventory' },
          ],
        },
        end: 'ending',
      },
      SCHEMA,
    );

  it('are given and taken, one or many, never more than can be carried and never less than none', () => {
    const play = shop();
    expect(play.choose('A').state.inventory).toEqual({ rope: 2 });
    expect(play.choose('A').state.inventory).toEqual({ rope: 3 });
    for (const left of [2, 1]) expect(play.choose('B').state.inventory).toEqual({ rope: left });
    expect(play.choose('B').state.inventory).toEqual({});
    expect(play.choose('B').state.inventory).toEqual({});
  });

  it('can be called as what every object in JavaScript has', () => {
    const play = new Scenario(
      {
        attic: { choices: [{ to: 'end', condition: 'inventory.constructor == 0 && !toString' }] },
        end: 'ending',
      },
      {
        variables: [{ name: 'toString', type: 'bool', initial: false }],
        items: [{ key: 'constructor', name: 'A toy that builds toys' }],
      },
    );
    expect(play.choose('A').node).toBe('end');
  });

  it('are in the inventory while there is one', () => {
    expect(shop().refusal('C').rejected).toBe('locked');
    expect(shop().choose('A').choose('C').node).toBe('end');
  });
});

describe('artifacts and endings', () => {
  it('are collected once: by award, by unlock, and at the node of an ending', () => {
    const play = new Scenario(
      {
        hall: {
          choices: [
            {
              to: 'hall',
              effects: [
                { op: 'award', target: 'crown' },
                { op: 'unlock', target: 'known' },
              ],
            },
            { to: 'end', condition: '"crown" in artifacts && "known" in endings' },
          ],
        },
        end: { type: 'ending', ending: 'rich' },
      },
      SCHEMA,
    );
    expect(play.refusal('B').rejected).toBe('locked');
    expect(play.choose('A').changes).toEqual([
      ['artifacts.crown', true],
      ['endings.known', true],
    ]);
    expect(play.choose('A').changes).toEqual([]);
    expect(play.choose('B').state).toMatchObject({
      artifacts: ['crown'],
      endings: ['rich', 'known'],
    });
    expect(play.event('ended')).toEqual({ type: 'ended', node: play.state.node });
  });
});

describe('a protagonist', () => {
  const schema = {
    ...SCHEMA,
    protagonists: [
      { key: 'thief', name: 'Thief', items: { rope: 1 } },
      { key: 'knight', name: 'Knight', start: 2, stats: { health: 9 }, variables: { gold: 0 } },
    ],
  };
  const nodes = {
    alley: { choices: [{ to: 'castle' }] },
    castle: { choices: [{ to: 'end', condition: 'protagonist == "knight"' }] },
    end: 'ending' as const,
  };

  it('is the first one unless another is named', () => {
    const play = new Scenario(nodes, schema);
    expect(play.node).toBe('alley');
    expect(play.state).toMatchObject({
      protagonist: 'thief',
      inventory: { rope: 1 },
      stats: { health: 2 },
    });
  });

  it('begins at a place of their own, with what is their own', () => {
    const play = new Scenario(nodes, schema, 'knight');
    expect(play.node).toBe('castle');
    expect(play.state).toMatchObject({ stats: { health: 9 }, variables: { gold: 0 } });
    expect(play.choose('A').node).toBe('end');
    expect(() => new Scenario(nodes, schema, 'dragon')).toThrow('no-such-protagonist');
  });

  it('can be asked for by conditions', () => {
    expect(new Scenario(nodes, schema).choose('A').refusal('A').rejected).toBe('locked');
  });
});

describe('what a step brings', () => {
  it('comes in order: consequences, the effects of the choice, the node, its effects', () => {
    const play = new Scenario(
      {
        hall: {
          choices: [
            {
              to: 'next',
              consequences: 'You step out.',
              effects: [{ op: 'add', target: 'gold', value: '1' }],
            },
          ],
        },
        next: { type: 'ending', effects: [{ op: 'set', target: 'gold', value: 'gold * 10' }] },
      },
      SCHEMA,
    ).choose('A');
    expect(play.events.map(({ type }) => type)).toEqual([
      'consequences',
      'changed',
      'entered',
      'ended',
      'changed',
    ]);
    expect(play.changes).toEqual([
      ['gold', 2],
      ['gold', 20],
    ]);
  });
});
