import type {
  ChoiceDefinition,
  NodeDefinition,
  StoryDefinition,
  StorySchema,
} from '../../../../src/engine/core/definition.js';
import { writtenStory, type WrittenNode } from '../../../support/written-story.js';

/** What version 1 declares: something of every kind. */
const SCHEMA: StorySchema = {
  variables: [
    { name: 'gold', type: 'int', initial: 3, min: 0, max: 20, shown: true },
    { name: 'mood', type: 'string', initial: 'calm', shown: true },
    { name: 'torch', type: 'bool', initial: false },
    { name: 'luck', type: 'number', initial: 0.5, min: 0, max: 1 },
    { name: 'name', type: 'string', initial: 'nobody', shown: true, readerWritable: true },
  ],
  items: [
    { key: 'rope', name: 'Rope' },
    { key: 'coin', name: 'Coin', max: 9 },
    { key: 'key', name: 'Key', max: 3 },
  ],
  stats: [
    { key: 'agility', name: 'Agility', initial: 2, min: 0, max: 10 },
    { key: 'health', name: 'Health', initial: 10, min: 0, max: 10 },
  ],
  protagonists: [
    { key: 'thief', name: 'Thief', stats: { agility: 4 }, items: { rope: 1 } },
    { key: 'scholar', name: 'Scholar', variables: { gold: 7, mood: 'curious' }, start: 2 },
  ],
  artifacts: [
    { key: 'map', name: 'Map' },
    { key: 'lens', name: 'Lens' },
  ],
  endings: [
    { key: 'escape', name: 'Escape' },
    { key: 'ruin', name: 'Ruin' },
  ],
  undo: true,
};

const NODES: Readonly<Record<string, WrittenNode>> = {
  hall: {
    choices: [
      { to: 'yard' },
      { to: 'library' },
      { to: 'cellar', condition: 'inventory.rope > 0', lockedText: 'It is too deep.' },
    ],
  },
  library: {
    effects: [{ op: 'award', target: 'map' }],
    choices: [{ to: 'hall' }, { to: 'desk' }],
  },
  desk: {
    choices: [
      {
        to: 'vault',
        failTo: 'hall',
        puzzle: { kind: 'text', answers: ['echo'], attempts: 3, hints: ['Call.', 'It calls.'] },
      },
      { to: 'hall', effects: [{ op: 'set', target: 'mood', value: '"vexed"' }] },
    ],
  },
  yard: {
    effects: [
      { op: 'add', target: 'gold', value: '2' },
      { op: 'give', target: 'coin' },
    ],
    choices: [{ to: 'gate' }, { to: 'well' }, { to: 'hall', condition: 'visits.hall < 3' }],
  },
  well: {
    choices: [
      { to: 'cellar', failTo: 'yard', check: '1d6 + stats.agility >= 6' },
      { to: 'yard', effects: [{ op: 'set', target: 'luck', value: '0.9' }] },
    ],
  },
  cellar: {
    effects: [{ op: 'sub', target: 'health', value: '1' }],
    choices: [{ to: 'tunnel' }, { to: 'hall' }],
  },
  tunnel: { choices: [{ to: 'ruin', after: 3600 }, { to: 'shore' }] },
  gate: {
    choices: [{ to: 'road', condition: 'gold >= 5' }, { to: 'yard' }, { to: 'shore' }],
  },
  vault: {
    effects: [{ op: 'give', target: 'key' }],
    choices: [{ to: 'gate', condition: 'inventory.key > 0' }, { to: 'tower' }],
  },
  tower: { choices: [{ to: 'roof' }, { to: 'shore' }] },
  roof: {
    effects: [{ op: 'toggle', target: 'torch' }],
    choices: [{ to: 'tower' }, { to: 'escape', condition: 'torch' }],
  },
  road: {
    choices: [{ to: 'escape', effects: [{ op: 'unlock', target: 'escape' }] }, { to: 'shore' }],
  },
  shore: {
    content: 'You hold {{ gold }} pieces, {{ name }}.',
    choices: [
      { to: 'escape', text: 'Sail with {{ gold }} pieces' },
      { to: 'ruin' },
      { to: 'hall' },
    ],
  },
  escape: { type: 'ending', endingKind: 'good', ending: 'escape' },
  ruin: { type: 'ending', endingKind: 'bad', ending: 'ruin' },
};

/** Version 1. */
export const STORY: StoryDefinition = writtenStory(NODES, SCHEMA);

export function nodeOf({ nodes }: StoryDefinition, key: string): NodeDefinition {
  const node = nodes.find((each) => each.key === key);
  if (node === undefined) throw new Error(`There is no node ${key}.`);
  return node;
}

/** The story with one node changed. */
export const withNode = (
  story: StoryDefinition,
  key: string,
  change: (node: NodeDefinition) => NodeDefinition,
): StoryDefinition => ({
  ...story,
  nodes: story.nodes.map((node) => (node.key === key ? change(node) : node)),
});

/** The story with the choice from one node to another changed, or taken away where nothing comes of it. */
export const withChoice = (
  story: StoryDefinition,
  from: string,
  to: string,
  change: (choice: ChoiceDefinition) => ChoiceDefinition | undefined,
): StoryDefinition =>
  withNode(story, from, (node) => ({
    ...node,
    choices: node.choices.flatMap((choice) =>
      choice.to === nodeOf(story, to).id ? (change(choice) ?? []) : choice,
    ),
  }));

/** The story without a node: what led there leads to another. */
export function without(story: StoryDefinition, key: string, instead: string): StoryDefinition {
  const [gone, other] = [nodeOf(story, key).id, nodeOf(story, instead).id];
  const led = <T extends number | null | undefined>(id: T) => (id === gone ? other : id);
  return {
    ...story,
    nodes: story.nodes
      .filter(({ id }) => id !== gone)
      .map((node) => ({
        ...node,
        choices: node.choices.map((choice) => ({
          ...choice,
          to: led(choice.to),
          ...(choice.failTo !== undefined && { failTo: led(choice.failTo) }),
        })),
      })),
  };
}

export const withSchema = (
  story: StoryDefinition,
  change: (schema: StorySchema) => StorySchema,
): StoryDefinition => ({ ...story, schema: change(story.schema!) });

/** The story with every occurrence of a word in its rules and texts replaced. */
export const reworded = (story: StoryDefinition, from: RegExp, to: string): StoryDefinition =>
  JSON.parse(JSON.stringify(story).replaceAll(from, to)) as StoryDefinition;
