import type {
  ChoiceDefinition,
  StoryDefinition,
  VariableDefinition,
} from '../../../../src/engine/core/definition.js';
import { writtenStory } from '../../../support/written-story.js';
import { nodeOf, reworded, STORY, withChoice, withNode, withSchema, without } from './story.js';

/** One publication: what the author makes of the story, and where those go on who cannot where they stand. */
export interface Stage {
  readonly edit: (story: StoryDefinition) => StoryDefinition;
  /** By node key, in the version before; the key in the version after. */
  readonly map: Readonly<Record<string, string>>;
}

type Edit = Stage['edit'];

const once = (name: string, edit: Edit, map: Stage['map'] = { cellar: 'hall', shore: 'tunnel' }) =>
  [name, [{ edit, map }]] as const;

const variable =
  (name: string, changes: Partial<VariableDefinition>): Edit =>
  (story) =>
    withSchema(story, (schema) => ({
      ...schema,
      variables: schema.variables!.map((each) =>
        each.name === name ? { ...each, ...changes } : each,
      ),
    }));

const choice =
  (from: string, to: string, changes: Partial<ChoiceDefinition>): Edit =>
  (story) =>
    withChoice(story, from, to, (each) => ({ ...each, ...changes }));

/** A choice without some of its rules. */
const plain =
  (from: string, to: string, ...rules: readonly (keyof ChoiceDefinition)[]): Edit =>
  (story) =>
    withChoice(
      story,
      from,
      to,
      (each) =>
        Object.fromEntries(
          Object.entries(each).filter(([field]) => !rules.includes(field as never)),
        ) as unknown as ChoiceDefinition,
    );

const all =
  (...edits: readonly Edit[]): Edit =>
  (story) =>
    edits.reduce((edited, edit) => edit(edited), story);

const added = (id: number, to: string, rules: Partial<ChoiceDefinition> = {}) =>
  ({
    id,
    letter: String.fromCharCode(65 + (id % 26)),
    text: 'Another way',
    consequences: null,
    to: nodeOf(STORY, to).id,
    ...rules,
  }) satisfies ChoiceDefinition;

const dropVariable =
  (name: string): Edit =>
  (story) =>
    withSchema(story, (schema) => ({
      ...schema,
      variables: schema.variables!.filter((each) => each.name !== name),
      protagonists: schema.protagonists!.map(({ variables = {}, ...who }) => ({
        ...who,
        variables: Object.fromEntries(Object.entries(variables).filter(([key]) => key !== name)),
      })),
    }));

const noStartOf: Edit = all(plain('yard', 'hall', 'condition'), (story) =>
  withNode(without(story, 'hall', 'yard'), 'yard', (node) => ({ ...node, isStart: true })),
);

const REWRITTEN = reworded(
  writtenStory(
    {
      begin: { choices: [{ to: 'middle', effects: [{ op: 'add', target: 'gold', value: '1' }] }] },
      middle: { choices: [{ to: 'begin' }, { to: 'finish' }] },
      finish: 'ending',
    },
    {
      variables: [{ name: 'gold', type: 'int', initial: 1, max: 6 }],
      protagonists: [
        { key: 'thief', name: 'Thief' },
        { key: 'scholar', name: 'Scholar' },
      ],
    },
  ),
  /"(id|to)":(\d+)/g,
  '"$1":7$2',
);

/** Every kind of edit that readers of version 1 meet. */
export const EDITS: readonly (readonly [name: string, stages: readonly Stage[]])[] = [
  once('a node where readers stand is deleted', (story) => without(story, 'cellar', 'tunnel'), {
    cellar: 'tunnel',
  }),
  once('a node elsewhere is deleted', (story) => without(story, 'road', 'escape')),
  once(
    'two nodes are deleted, and one takes the place of both',
    (story) => without(without(story, 'cellar', 'tunnel'), 'tower', 'shore'),
    { cellar: 'shore', tower: 'shore' },
  ),
  once('the start is deleted', noStartOf, { hall: 'yard' }),
  once('the start is another node', (story) =>
    withNode(
      withNode(story, 'hall', (node) => ({ ...node, isStart: false })),
      'yard',
      (node) => ({ ...node, isStart: true }),
    ),
  ),
  once(
    'a key is renamed',
    (story) =>
      withNode(reworded(story, /visits\.hall/g, 'visits.foyer'), 'hall', (node) => ({
        ...node,
        key: 'foyer',
      })),
    { cellar: 'foyer' },
  ),
  once('titles and contents change', (story) => reworded(story, /(Title|Text) of/g, 'New $1:')),
  once(
    'a node becomes an ending',
    (story) => withNode(story, 'gate', (node) => ({ ...node, type: 'ending', choices: [] })),
    { gate: 'shore' },
  ),
  once('an ending becomes a node', (story) =>
    withNode(story, 'ruin', ({ ending: _, ...node }) => ({
      ...node,
      type: 'choice',
      endingKind: null,
      choices: [added(901, 'escape')],
    })),
  ),
  once('a choice is added', (story) =>
    withNode(story, 'hall', (node) => ({
      ...node,
      choices: [...node.choices, added(902, 'shore')],
    })),
  ),
  once('a choice is deleted', (story) => withChoice(story, 'cellar', 'hall', () => undefined)),
  once('a choice leads elsewhere', choice('yard', 'gate', { to: nodeOf(STORY, 'shore').id })),
  once('choices change their order', (story) => ({
    ...story,
    nodes: story.nodes.map((node) => ({
      ...node,
      choices: node.choices
        .toReversed()
        .map((each, i) => ({ ...each, letter: String.fromCharCode(65 + i) })),
    })),
  })),
  once('a condition is added', choice('road', 'escape', { condition: 'gold >= 9' })),
  once('a condition is removed', plain('hall', 'cellar', 'condition', 'lockedText')),
  once('a condition changes', choice('gate', 'road', { condition: 'gold >= 12' })),
  once(
    'a place is shut for those without a key',
    all(
      choice('shore', 'escape', { condition: 'inventory.key > 0' }),
      choice('shore', 'ruin', { condition: 'inventory.key > 0' }),
      choice('shore', 'hall', { condition: 'inventory.key > 0' }),
    ),
    { shore: 'tower' },
  ),
  once(
    'a place leads into a trap',
    (story) =>
      withNode(
        withNode(story, 'cellar', (node) => ({ ...node, choices: [added(903, 'tunnel')] })),
        'tunnel',
        (node) => ({
          ...node,
          choices: [added(904, 'cellar'), added(905, 'shore', { condition: 'gold > 19' })],
        }),
      ),
    { cellar: 'hall', tunnel: 'hall' },
  ),
  once('a check gets harder', choice('well', 'cellar', { check: '2d6 >= 12' })),
  once('a check is removed', plain('well', 'cellar', 'check', 'failTo')),
  once(
    'a puzzle changes',
    choice('desk', 'vault', { puzzle: { kind: 'number', answers: ['42'], attempts: 5 } }),
  ),
  once(
    'a puzzle takes fewer attempts',
    choice('desk', 'vault', { puzzle: { kind: 'text', answers: ['echo'], attempts: 1 } }),
  ),
  once('a puzzle is removed', plain('desk', 'vault', 'puzzle', 'failTo')),
  once('a timer is added', choice('gate', 'shore', { after: 7200 })),
  once('a timer is removed', plain('tunnel', 'ruin', 'after')),
  once(
    'a variable is added, and asked for',
    all(
      (story) =>
        withSchema(story, (schema) => ({
          ...schema,
          variables: [
            ...schema.variables!,
            { name: 'oil', type: 'int', initial: 2, min: 0, max: 5, shown: true },
          ],
        })),
      choice('tower', 'roof', { condition: 'oil > 0' }),
    ),
  ),
  once('a variable is deleted', all(dropVariable('mood'), plain('desk', 'hall', 'effects'))),
  once('a variable is renamed', (story) => reworded(story, /\bgold\b/g, 'pieces')),
  once(
    'a variable gets another type',
    all(
      dropVariable('mood'),
      plain('desk', 'hall', 'effects'),
      (story) =>
        withSchema(story, (schema) => ({
          ...schema,
          variables: [...schema.variables!, { name: 'mood', type: 'int', initial: 4 }],
        })),
      variable('luck', { type: 'int', initial: 1, min: 0, max: 3 }),
      choice('well', 'yard', { effects: [{ op: 'set', target: 'luck', value: '2' }] }),
    ),
  ),
  once(
    'bounds get narrower',
    all(variable('gold', { max: 6 }), variable('luck', { max: 0.6 }), (story) =>
      withSchema(story, (schema) => ({
        ...schema,
        protagonists: schema.protagonists!.map(({ variables: _, ...who }) => who),
      })),
    ),
  ),
  once('a first value changes', variable('gold', { initial: 9 })),
  once('a variable is hidden', variable('gold', { shown: false })),
  once('an item is deleted', (story) =>
    withNode(
      withSchema(story, (schema) => ({
        ...schema,
        items: schema.items!.filter(({ key }) => key !== 'coin'),
      })),
      'yard',
      (node) => ({ ...node, effects: node.effects!.slice(0, 1) }),
    ),
  ),
  once('fewer of an item can be carried', (story) =>
    withSchema(story, (schema) => ({
      ...schema,
      items: schema.items!.map((item) => (item.key === 'rope' ? item : { ...item, max: 1 })),
    })),
  ),
  once('stats get other bounds', (story) =>
    withSchema(story, (schema) => ({
      ...schema,
      stats: [
        { key: 'agility', name: 'Agility', initial: 2, min: 0, max: 3 },
        { key: 'health', name: 'Health', initial: 12, min: 10, max: 20 },
      ],
      protagonists: schema.protagonists!.map(({ stats: _, ...who }) => who),
    })),
  ),
  once('a protagonist is deleted', (story) =>
    withSchema(story, (schema) => ({ ...schema, protagonists: schema.protagonists!.slice(0, 1) })),
  ),
  once('a protagonist is added', (story) =>
    withSchema(story, (schema) => ({
      ...schema,
      protagonists: [{ key: 'guard', name: 'Guard' }, ...schema.protagonists!],
    })),
  ),
  once('an artifact is deleted', (story) =>
    withNode(
      withSchema(story, (schema) => ({ ...schema, artifacts: schema.artifacts!.slice(1) })),
      'library',
      ({ effects: _, ...node }) => node,
    ),
  ),
  once('a declared ending is deleted', (story) =>
    withNode(
      withSchema(story, (schema) => ({ ...schema, endings: schema.endings!.slice(0, 1) })),
      'ruin',
      ({ ending: _, ...node }) => node,
    ),
  ),
  once('effects change', (story) =>
    withNode(
      withNode(story, 'yard', (node) => ({
        ...node,
        effects: [{ op: 'add', target: 'gold', value: '9' }],
      })),
      'vault',
      (node) => ({
        ...node,
        effects: [
          { op: 'give', target: 'key' },
          { op: 'award', target: 'lens' },
        ],
      }),
    ),
  ),
  once('undo is switched off', (story) => withSchema(story, ({ undo: _, ...schema }) => schema)),
  [
    'nodes are deleted in two publications, one after the other',
    [
      { edit: (story) => without(story, 'cellar', 'tunnel'), map: { cellar: 'tunnel' } },
      { edit: (story) => without(story, 'tunnel', 'shore'), map: { tunnel: 'shore' } },
    ],
  ],
  once(
    'the whole story is rewritten',
    () => REWRITTEN,
    Object.fromEntries(
      STORY.nodes.flatMap(({ key, type }) => (type === 'ending' ? [] : [[key, 'begin']])),
    ),
  ),
];
