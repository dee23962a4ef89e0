import { agility, bool, ENDING, gold, int, lamp, type PlantedFault } from './planted-fault.js';

export const faultsOfDeclarations: readonly PlantedFault[] = [
  {
    name: 'a protagonist who lacks what the way asks for',
    schema: {
      ...agility,
      protagonists: [
        { key: 'thief', name: 'Thief', stats: { agility: 9 } },
        { key: 'knight', name: 'Knight' },
      ],
    },
    faulty: {
      start: { choices: [{ to: 'end', condition: 'stats.agility >= 4' }] },
      end: ENDING,
    },
    repaired: {
      start: {
        choices: [
          { to: 'end', condition: 'stats.agility >= 4' },
          { to: 'end', condition: 'protagonist == "knight"' },
        ],
      },
      end: ENDING,
    },
    finds: ['SOFT_LOCK@start'],
  },
  {
    name: 'a protagonist who begins where there is no way on',
    schema: {
      protagonists: [
        { key: 'cat', name: 'Cat', start: 2 },
        { key: 'dog', name: 'Dog' },
      ],
    },
    faulty: {
      start: { choices: [{ to: 'end' }] },
      roof: { choices: [{ to: 'end', condition: 'protagonist == "dog"' }] },
      end: ENDING,
    },
    repaired: {
      start: { choices: [{ to: 'end' }, { to: 'roof' }] },
      roof: {
        choices: [
          { to: 'end', condition: 'protagonist == "dog"' },
          { to: 'end', condition: 'protagonist == "cat"' },
        ],
      },
      end: ENDING,
    },
    finds: ['SOFT_LOCK@roof', 'CONDITION_NEVER_TRUE@roof/A'],
  },
  {
    name: 'an artifact that lies where nobody comes',
    schema: { artifacts: [{ key: 'crown', name: 'Crown' }], ...gold },
    faulty: {
      start: { choices: [{ to: 'end' }, { to: 'tomb', condition: 'gold > 0' }] },
      tomb: { effects: [{ op: 'award', target: 'crown' }], choices: [{ to: 'end' }] },
      end: ENDING,
    },
    repaired: {
      start: {
        choices: [
          { to: 'end' },
          { to: 'tomb', condition: 'gold > 0' },
          { to: 'start', effects: [{ op: 'set', target: 'gold', value: '3' }] },
        ],
      },
      tomb: { effects: [{ op: 'award', target: 'crown' }], choices: [{ to: 'end' }] },
      end: ENDING,
    },
    finds: ['NEVER_REACHED@tomb', 'CONDITION_NEVER_TRUE@start/B', 'NEVER_COLLECTED'],
  },
  {
    name: 'a declared ending that no node and no effect collects',
    schema: { endings: [{ key: 'dawn', name: 'Dawn' }] },
    faulty: { start: { choices: [{ to: 'end' }] }, end: ENDING },
    repaired: { start: { choices: [{ to: 'end' }] }, end: { type: 'ending', ending: 'dawn' } },
    finds: ['UNUSED_DECLARATION', 'NEVER_COLLECTED'],
  },
  {
    name: 'a node that collects an ending nobody declared',
    schema: { endings: [{ key: 'dawn', name: 'Dawn' }] },
    faulty: {
      start: { choices: [{ to: 'end' }, { to: 'night' }] },
      end: { type: 'ending', ending: 'dawn' },
      night: { type: 'ending', ending: 'dusk' },
    },
    repaired: {
      start: { choices: [{ to: 'end' }, { to: 'night' }] },
      end: { type: 'ending', ending: 'dawn' },
      night: { type: 'ending', ending: 'dawn' },
    },
    finds: ['UNKNOWN_ENDING@night'],
  },
  {
    name: 'a hidden variable that is written and never read',
    schema: { variables: [int('mood'), bool('seen')] },
    faulty: {
      start: {
        effects: [{ op: 'set', target: 'seen', value: 'true' }],
        choices: [
          { to: 'end', effects: [{ op: 'add', target: 'mood', value: '1' }] },
          { to: 'end', condition: 'seen || visits.start > 0' },
        ],
      },
      end: ENDING,
    },
    repaired: {
      start: {
        choices: [
          {
            to: 'start',
            effects: [
              { op: 'add', target: 'mood', value: '1' },
              { op: 'toggle', target: 'seen' },
            ],
          },
          { to: 'end', condition: 'mood > 2 && seen' },
          { to: 'end' },
        ],
      },
      end: ENDING,
    },
    finds: ['CONDITION_ALWAYS_TRUE@start/B', 'WRITTEN_NEVER_READ'],
  },
  {
    name: 'a variable that is declared and never used',
    schema: { variables: [int('ghost')] },
    faulty: { start: { choices: [{ to: 'end' }] }, end: ENDING },
    repaired: {
      start: { content: 'You have {{ ghost }} friends.', choices: [{ to: 'end' }] },
      end: ENDING,
    },
    finds: ['UNUSED_DECLARATION'],
  },
  {
    name: 'a rule that names what is not declared',
    schema: gold,
    faulty: {
      start: {
        choices: [
          { to: 'start', effects: [{ op: 'add', target: 'gold', value: '1' }] },
          { to: 'vault', condition: 'golf > 1' },
          { to: 'end', condition: 'gold > 1' },
        ],
      },
      vault: ENDING,
      end: ENDING,
    },
    repaired: {
      start: {
        choices: [
          { to: 'start', effects: [{ op: 'add', target: 'gold', value: '1' }] },
          { to: 'vault', condition: 'gold > 1' },
          { to: 'end', condition: 'gold > 1' },
        ],
      },
      vault: ENDING,
      end: ENDING,
    },
    finds: ['FAULTY_RULE@start/B', 'NEVER_REACHED@vault'],
  },
  {
    name: 'a protagonist who begins with what is not declared',
    schema: { protagonists: [{ key: 'cat', name: 'Cat', items: { lmap: 1 } }], ...lamp },
    repairedSchema: { protagonists: [{ key: 'cat', name: 'Cat', items: { lamp: 1 } }], ...lamp },
    faulty: {
      start: {
        choices: [{ to: 'end' }, { to: 'start', effects: [{ op: 'take', target: 'lamp' }] }],
      },
      end: ENDING,
    },
    repaired: {
      start: {
        choices: [{ to: 'end' }, { to: 'start', effects: [{ op: 'take', target: 'lamp' }] }],
      },
      end: ENDING,
    },
    finds: ['FAULTY_DECLARATION'],
  },
  {
    name: 'two items by the same key',
    schema: { items: [...lamp.items!, { key: 'lamp', name: 'Another lamp', max: 1 }] },
    repairedSchema: lamp,
    faulty: {
      start: { effects: [{ op: 'give', target: 'lamp' }], choices: [{ to: 'end' }] },
      end: ENDING,
    },
    repaired: {
      start: { effects: [{ op: 'give', target: 'lamp' }], choices: [{ to: 'end' }] },
      end: ENDING,
    },
    finds: ['DUPLICATE_DECLARATION', 'UNUSED_DECLARATION'],
  },
];
