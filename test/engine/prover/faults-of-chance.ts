import { agility, ENDING, type PlantedFault } from './planted-fault.js';

export const faultsOfChance: readonly PlantedFault[] = [
  {
    name: 'a puzzle with no way past once its attempts are used up',
    faulty: {
      start: { choices: [{ to: 'end', puzzle: { kind: 'text', answers: ['moon'], attempts: 3 } }] },
      end: ENDING,
    },
    repaired: {
      start: {
        choices: [
          { to: 'end', failTo: 'lost', puzzle: { kind: 'text', answers: ['moon'], attempts: 3 } },
        ],
      },
      lost: ENDING,
      end: ENDING,
    },
    finds: ['SOFT_LOCK@start'],
  },
  {
    name: 'a puzzle that no answer solves',
    faulty: {
      start: { choices: [{ to: 'end', puzzle: { kind: 'number', answers: [] } }, { to: 'out' }] },
      end: ENDING,
      out: ENDING,
    },
    repaired: {
      start: {
        choices: [{ to: 'end', puzzle: { kind: 'number', answers: ['7'] } }, { to: 'out' }],
      },
      end: ENDING,
      out: ENDING,
    },
    finds: ['PUZZLE_WITHOUT_ANSWER@start/A', 'NEVER_REACHED@end'],
  },
  {
    name: 'a check that no roll can pass',
    schema: agility,
    faulty: {
      start: { choices: [{ to: 'roof', failTo: 'fall', check: '1d6 + stats.agility >= 9' }] },
      roof: ENDING,
      fall: ENDING,
    },
    repaired: {
      start: { choices: [{ to: 'roof', failTo: 'fall', check: '1d6 + stats.agility >= 8' }] },
      roof: ENDING,
      fall: ENDING,
    },
    finds: ['NEVER_REACHED@roof', 'CHECK_NEVER_SUCCEEDS@start/A'],
  },
  {
    name: 'a check that every roll passes',
    schema: agility,
    faulty: {
      start: { choices: [{ to: 'roof', failTo: 'fall', check: '1d6 + stats.agility >= 3' }] },
      roof: ENDING,
      fall: ENDING,
    },
    repaired: {
      start: { choices: [{ to: 'roof', failTo: 'fall', check: '1d6 + stats.agility >= 4' }] },
      roof: ENDING,
      fall: ENDING,
    },
    finds: ['NEVER_REACHED@fall', 'CHECK_NEVER_FAILS@start/A'],
  },
  {
    name: 'a check without a way to fail',
    faulty: {
      start: { choices: [{ to: 'roof', check: '2d6 >= 7' }, { to: 'end' }] },
      roof: ENDING,
      end: ENDING,
    },
    repaired: {
      start: { choices: [{ to: 'roof', check: '2d6 >= 7', failTo: 'end' }, { to: 'end' }] },
      roof: ENDING,
      end: ENDING,
    },
    finds: ['MISSING_FAIL_TARGET@start/A', 'NEVER_REACHED@roof'],
  },
  {
    name: 'a roll that is asked to be more than the dice show',
    faulty: {
      start: { choices: [{ to: 'hit', failTo: 'miss', check: '2d6 >= 7' }] },
      hit: { choices: [{ to: 'triumph', condition: 'roll > 12' }, { to: 'end' }] },
      miss: ENDING,
      triumph: ENDING,
      end: ENDING,
    },
    repaired: {
      start: { choices: [{ to: 'hit', failTo: 'miss', check: '2d6 >= 7' }] },
      hit: { choices: [{ to: 'triumph', condition: 'roll >= 12' }, { to: 'end' }] },
      miss: ENDING,
      triumph: ENDING,
      end: ENDING,
    },
    finds: ['NEVER_REACHED@triumph', 'CONDITION_NEVER_TRUE@hit/A'],
  },
  {
    name: 'a failed check that leads where nothing is open',
    schema: { stats: [{ key: 'health', name: 'Health', initial: 3, min: 0, max: 3 }] },
    faulty: {
      start: { choices: [{ to: 'end', failTo: 'hurt', check: '1d20 >= 10' }] },
      hurt: {
        effects: [{ op: 'sub', target: 'health', value: '1' }],
        choices: [{ to: 'start', condition: 'stats.health > 0' }],
      },
      end: ENDING,
    },
    repaired: {
      start: { choices: [{ to: 'end', failTo: 'hurt', check: '1d20 >= 10' }] },
      hurt: {
        effects: [{ op: 'sub', target: 'health', value: '1' }],
        choices: [
          { to: 'start', condition: 'stats.health > 0' },
          { to: 'dead', condition: 'stats.health <= 0' },
        ],
      },
      dead: ENDING,
      end: ENDING,
    },
    finds: ['SOFT_LOCK@hurt'],
  },
  {
    name: 'a race against the turn that nobody can win',
    faulty: {
      start: { choices: [{ to: 'road' }] },
      road: { choices: [{ to: 'gate' }] },
      gate: { choices: [{ to: 'in', condition: 'turn < 2' }, { to: 'out' }] },
      in: ENDING,
      out: ENDING,
    },
    repaired: {
      start: { choices: [{ to: 'road' }, { to: 'gate' }] },
      road: { choices: [{ to: 'gate' }] },
      gate: { choices: [{ to: 'in', condition: 'turn < 2' }, { to: 'out' }] },
      in: ENDING,
      out: ENDING,
    },
    finds: ['NEVER_REACHED@in', 'CONDITION_NEVER_TRUE@gate/A'],
  },
  {
    name: 'a puzzle that would have to solve itself when time is out',
    faulty: {
      start: { choices: [{ to: 'end', after: 30, puzzle: { kind: 'text', answers: ['x'] } }] },
      end: ENDING,
    },
    repaired: {
      start: {
        choices: [
          { to: 'end', puzzle: { kind: 'text', answers: ['x'] } },
          { to: 'late', after: 30 },
        ],
      },
      late: ENDING,
      end: ENDING,
    },
    finds: ['TIMED_PUZZLE@start/A'],
  },
  {
    name: 'a choice with both dice and a puzzle',
    faulty: {
      start: {
        choices: [
          {
            to: 'end',
            failTo: 'lost',
            check: '1d6 > 3',
            puzzle: { kind: 'text', answers: ['x'] },
          },
        ],
      },
      lost: ENDING,
      end: ENDING,
    },
    repaired: {
      start: { choices: [{ to: 'end', failTo: 'lost', check: '1d6 > 3' }] },
      lost: ENDING,
      end: ENDING,
    },
    finds: ['CHECK_AND_PUZZLE@start/A'],
  },
  {
    name: 'two choices that would make themselves',
    faulty: {
      start: {
        choices: [
          { to: 'end', after: 20 },
          { to: 'late', after: 30 },
        ],
      },
      late: ENDING,
      end: ENDING,
    },
    repaired: {
      start: { choices: [{ to: 'end', after: 20 }, { to: 'late' }] },
      late: ENDING,
      end: ENDING,
    },
    finds: ['SEVERAL_TIMED_CHOICES@start/B'],
  },
];
