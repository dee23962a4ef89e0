import fc from 'fast-check';
import type { Effect, StoryDefinition, StorySchema } from '../../src/engine/core/definition.js';
import { writtenStory, type WrittenChoice, type WrittenNode } from './written-story.js';

const SCHEMA: StorySchema = {
  variables: [
    { name: 'gold', type: 'int', initial: 1, min: 0, max: 6 },
    { name: 'fame', type: 'int', initial: 0 },
    { name: 'shut', type: 'bool', initial: false },
    { name: 'mood', type: 'string', initial: 'calm' },
  ],
  items: [{ key: 'lamp', name: 'Lamp', max: 2 }],
  stats: [{ key: 'health', name: 'Health', initial: 2, min: 0, max: 3 }],
  artifacts: [{ key: 'crown', name: 'Crown' }],
};

const TWO: StorySchema = {
  ...SCHEMA,
  protagonists: [
    { key: 'thief', name: 'Thief', variables: { gold: 4 }, items: { lamp: 1 } },
    { key: 'knight', name: 'Knight', stats: { health: 3 } },
  ],
};

const CONDITIONS = [
  'gold >= 2',
  'gold < 1',
  'gold + 1 > 3.5',
  'fame >= 2',
  'fame == 1 || shut',
  'shut',
  '!shut && gold > 0',
  'mood == "angry"',
  'mood != "calm"',
  '"lamp" in inventory',
  'inventory.lamp == 2',
  'stats.health > 1',
  'stats.health <= 0',
  'visits.n0 < 2',
  'visits.n1 == 1',
  'turn < 3',
  'roll > 6',
  'protagonist == "thief"',
  '"crown" in artifacts',
  'gold % 2 == 0 ? shut : stats.health >= 1',
];

const EFFECTS: readonly Effect[] = [
  { op: 'add', target: 'gold', value: '1' },
  { op: 'sub', target: 'gold', value: '2' },
  { op: 'set', target: 'gold', value: 'stats.health * 2' },
  { op: 'add', target: 'fame', value: '1' },
  { op: 'add', target: 'fame', value: 'inventory.lamp' },
  { op: 'toggle', target: 'shut' },
  { op: 'set', target: 'mood', value: '"angry"' },
  { op: 'set', target: 'mood', value: 'shut ? "calm" : "glad"' },
  { op: 'give', target: 'lamp' },
  { op: 'take', target: 'lamp' },
  { op: 'add', target: 'health', value: '1' },
  { op: 'sub', target: 'health', value: '1' },
  { op: 'award', target: 'crown' },
];

const CHECKS = ['1d6 >= 4', '2d6 + gold >= 9', '1d4 - stats.health > 0', '1d2 == 2'];

const sometimes = <T>(arbitrary: fc.Arbitrary<T>, weight: number) =>
  fc.option(arbitrary, { nil: undefined, freq: weight });

const effects = fc.array(fc.constantFrom(...EFFECTS), { minLength: 1, maxLength: 2 });

const present = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };

const puzzle = fc.record({
  kind: fc.constant('text' as const),
  answers: fc.constant(['moon']),
  attempts: fc.constantFrom(1, 2),
});

const choice = (count: number): fc.Arbitrary<WrittenChoice> => {
  const target = fc.nat({ max: count - 1 }).map((index) => `n${index}`);
  return fc
    .record({
      to: target,
      condition: sometimes(fc.constantFrom(...CONDITIONS), 1),
      effects: sometimes(effects, 1),
      decision: fc.oneof(
        { weight: 6, arbitrary: fc.constant({}) },
        { weight: 2, arbitrary: fc.record({ check: fc.constantFrom(...CHECKS), failTo: target }) },
        { weight: 1, arbitrary: fc.record({ puzzle, failTo: target }) },
        { weight: 1, arbitrary: fc.record({ puzzle }) },
      ),
    })
    .map(({ decision, to, ...rules }) => ({ to, ...present(rules), ...decision }));
};

const node = (count: number): fc.Arbitrary<WrittenNode> =>
  fc
    .record({
      effects: sometimes(effects, 1),
      choices: fc.array(choice(count), { minLength: 1, maxLength: 3 }),
    })
    .map(({ effects: entry, choices }) => ({ ...present({ effects: entry }), choices }));

/** Stories of three to seven nodes with rules of every kind, the last two being endings. */
export const provableStory: fc.Arbitrary<StoryDefinition> = fc
  .integer({ min: 3, max: 7 })
  .chain((count) =>
    fc.record({
      nodes: fc.array(node(count), { minLength: count - 2, maxLength: count - 2 }),
      schema: fc.constantFrom(SCHEMA, TWO),
    }),
  )
  .map(({ nodes, schema }) =>
    writtenStory(
      Object.fromEntries(
        [...nodes, 'ending' as const, 'ending' as const].map((each, index) => [`n${index}`, each]),
      ),
      schema,
    ),
  );
