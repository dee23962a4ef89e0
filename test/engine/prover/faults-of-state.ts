import { bool, ENDING, gold, int, lamp, type PlantedFault } from './planted-fault.js';

export const faultsOfState: readonly PlantedFault[] = [
  {
    name: 'a condition that contradicts itself',
    schema: gold,
    faulty: {
      start: {
        choices: [
          { to: 'end' },
          { to: 'vault', condition: 'gold > 5 && gold < 3' },
          { to: 'start', effects: [{ op: 'add', target: 'gold', value: '1' }] },
        ],
      },
      vault: ENDING,
      end: ENDING,
    },
    repaired: {
      start: {
        choices: [
          { to: 'end' },
          { to: 'vault', condition: 'gold > 3 && gold < 6' },
          { to: 'start', effects: [{ op: 'add', target: 'gold', value: '1' }] },
        ],
      },
      vault: ENDING,
      end: ENDING,
    },
    finds: ['NEVER_REACHED@vault', 'CONDITION_NEVER_TRUE@start/B'],
  },
  {
    name: 'a soft-lock behind an item that can be passed by',
    schema: lamp,
    faulty: {
      start: {
        choices: [{ to: 'cave' }, { to: 'cave', effects: [{ op: 'give', target: 'lamp' }] }],
      },
      cave: { choices: [{ to: 'end', condition: '"lamp" in inventory' }] },
      end: ENDING,
    },
    repaired: {
      start: {
        choices: [{ to: 'cave' }, { to: 'cave', effects: [{ op: 'give', target: 'lamp' }] }],
      },
      cave: { choices: [{ to: 'end', condition: '"lamp" in inventory' }, { to: 'start' }] },
      end: ENDING,
    },
    finds: ['SOFT_LOCK@cave'],
  },
  {
    name: 'an item used up before it is needed',
    schema: lamp,
    faulty: {
      start: { effects: [{ op: 'give', target: 'lamp' }], choices: [{ to: 'hall' }] },
      hall: {
        choices: [{ to: 'door', effects: [{ op: 'take', target: 'lamp' }] }, { to: 'door' }],
      },
      door: { choices: [{ to: 'end', condition: 'inventory.lamp >= 1' }] },
      end: ENDING,
    },
    repaired: {
      start: { effects: [{ op: 'give', target: 'lamp' }], choices: [{ to: 'hall' }] },
      hall: {
        choices: [{ to: 'door', effects: [{ op: 'take', target: 'lamp' }] }, { to: 'door' }],
      },
      door: {
        choices: [
          { to: 'end', condition: 'inventory.lamp >= 1' },
          { to: 'end', condition: 'inventory.lamp == 0' },
        ],
      },
      end: ENDING,
    },
    finds: ['SOFT_LOCK@door'],
  },
  {
    name: 'a loop without an exit once a door has shut',
    schema: { variables: [bool('shut')] },
    faulty: {
      start: {
        choices: [{ to: 'end' }, { to: 'garden', effects: [{ op: 'toggle', target: 'shut' }] }],
      },
      garden: { choices: [{ to: 'pond' }, { to: 'end', condition: '!shut' }] },
      pond: { choices: [{ to: 'garden' }] },
      end: ENDING,
    },
    repaired: {
      start: {
        choices: [{ to: 'end' }, { to: 'garden', effects: [{ op: 'toggle', target: 'shut' }] }],
      },
      garden: { choices: [{ to: 'pond' }, { to: 'end', condition: '!shut' }] },
      pond: { choices: [{ to: 'garden', effects: [{ op: 'toggle', target: 'shut' }] }] },
      end: ENDING,
    },
    finds: ['TRAP@garden', 'TRAP@pond', 'CONDITION_NEVER_TRUE@garden/B'],
  },
  {
    name: 'an ending locked by a variable that never gets there',
    schema: { variables: [int('clues', { max: 5 })] },
    faulty: {
      start: {
        choices: [
          {
            to: 'start',
            condition: 'visits.start <= 4',
            effects: [{ op: 'add', target: 'clues', value: '1' }],
          },
          { to: 'truth', condition: 'clues >= 5' },
          { to: 'end' },
        ],
      },
      truth: ENDING,
      end: ENDING,
    },
    repaired: {
      start: {
        choices: [
          {
            to: 'start',
            condition: 'visits.start <= 5',
            effects: [{ op: 'add', target: 'clues', value: '1' }],
          },
          { to: 'truth', condition: 'clues >= 5' },
          { to: 'end' },
        ],
      },
      truth: ENDING,
      end: ENDING,
    },
    finds: ['NEVER_REACHED@truth', 'CONDITION_NEVER_TRUE@start/B'],
  },
  {
    name: 'a variable whose bound keeps it below what is asked for',
    schema: { variables: [int('fame', { max: 9 })] },
    repairedSchema: { variables: [int('fame', { max: 10 })] },
    faulty: {
      start: {
        choices: [
          { to: 'start', effects: [{ op: 'add', target: 'fame', value: '3' }] },
          { to: 'hall', condition: 'fame >= 10' },
          { to: 'end' },
        ],
      },
      hall: ENDING,
      end: ENDING,
    },
    repaired: {
      start: {
        choices: [
          { to: 'start', effects: [{ op: 'add', target: 'fame', value: '3' }] },
          { to: 'hall', condition: 'fame >= 10' },
          { to: 'end' },
        ],
      },
      hall: ENDING,
      end: ENDING,
    },
    finds: ['NEVER_REACHED@hall', 'CONDITION_NEVER_TRUE@start/B'],
  },
  {
    name: 'a condition that is always true',
    schema: gold,
    faulty: { start: { choices: [{ to: 'end', condition: 'gold >= 0' }] }, end: ENDING },
    repaired: {
      start: {
        choices: [
          { to: 'end', condition: 'gold >= 1' },
          { to: 'start', effects: [{ op: 'add', target: 'gold', value: '1' }] },
        ],
      },
      end: ENDING,
    },
    finds: ['CONDITION_ALWAYS_TRUE@start/A'],
  },
  {
    name: 'a choice that may be made once only, and is the only one',
    faulty: {
      start: { choices: [{ to: 'hall' }] },
      hall: {
        choices: [
          { to: 'start', condition: 'visits.hall < 2' },
          { to: 'end', condition: 'visits.start > 2' },
        ],
      },
      end: ENDING,
    },
    repaired: {
      start: { choices: [{ to: 'hall' }] },
      hall: {
        choices: [
          { to: 'start', condition: 'visits.hall < 2' },
          { to: 'end', condition: 'visits.start > 1' },
        ],
      },
      end: ENDING,
    },
    finds: ['SOFT_LOCK@hall', 'NEVER_REACHED@end', 'TRAP@start', 'CONDITION_NEVER_TRUE@hall/B'],
  },
  {
    name: 'a text that is compared with a word it never becomes',
    schema: { variables: [{ name: 'mood', type: 'string', initial: 'calm' }] },
    faulty: {
      start: {
        choices: [
          { to: 'start', effects: [{ op: 'set', target: 'mood', value: '"Angry"' }] },
          { to: 'fight', condition: 'mood == "angry"' },
          { to: 'end' },
        ],
      },
      fight: ENDING,
      end: ENDING,
    },
    repaired: {
      start: {
        choices: [
          { to: 'start', effects: [{ op: 'set', target: 'mood', value: '"angry"' }] },
          { to: 'fight', condition: 'mood == "angry"' },
          { to: 'end' },
        ],
      },
      fight: ENDING,
      end: ENDING,
    },
    finds: ['NEVER_REACHED@fight', 'CONDITION_NEVER_TRUE@start/B'],
  },
  {
    name: 'a price that can leave the reader too poor for the ferry',
    schema: { variables: [int('coins', { initial: 3, min: 0 })] },
    faulty: {
      start: { choices: [{ to: 'market' }, { to: 'quay' }] },
      market: {
        choices: [
          { to: 'quay', effects: [{ op: 'sub', target: 'coins', value: 'coins / 2 + 1' }] },
        ],
      },
      quay: { choices: [{ to: 'end', condition: 'coins >= 2' }] },
      end: ENDING,
    },
    repaired: {
      start: { choices: [{ to: 'market' }, { to: 'quay' }] },
      market: {
        choices: [
          { to: 'quay', effects: [{ op: 'sub', target: 'coins', value: 'coins / 2 + 1' }] },
        ],
      },
      quay: {
        choices: [
          { to: 'end', condition: 'coins >= 2' },
          { to: 'end', condition: 'coins < 2' },
        ],
      },
      end: ENDING,
    },
    finds: ['TRAP@market', 'SOFT_LOCK@quay'],
  },
  {
    name: 'a reader-writable switch that opens nothing',
    schema: { variables: [{ ...bool('brave'), readerWritable: true }, int('keys', { max: 3 })] },
    faulty: {
      start: { choices: [{ to: 'end' }, { to: 'dark', condition: 'brave && keys > 0' }] },
      dark: ENDING,
      end: ENDING,
    },
    repaired: {
      start: {
        choices: [
          { to: 'end' },
          { to: 'dark', condition: 'brave && keys > 0' },
          { to: 'start', effects: [{ op: 'add', target: 'keys', value: '1' }] },
        ],
      },
      dark: ENDING,
      end: ENDING,
    },
    finds: ['NEVER_REACHED@dark', 'CONDITION_NEVER_TRUE@start/B'],
  },
];
