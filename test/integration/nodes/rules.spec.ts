import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';

const DEFINE = `mutation ($id: ID!, $revision: Int!, $input: StorySchemaInput!) {
  defineStory(storyId: $id, revision: $revision, input: $input) { revision }
}`;
const SCHEMA = `query ($id: ID!) { story(id: $id) { draft { schema {
  variables { name type initial min max shown readerWritable }
  items { key name description max }
  stats { key name initial min max }
  protagonists { key name description startNodeId variables { name value } stats { name value } items { name value } }
  artifacts { key name description }
  endings { key name }
} } } }`;
const RULES = `condition lockedText effects { op target value } check failToNodeId afterSeconds
  puzzle { kind answers attempts hints }`;
const ADD_CHOICE = `mutation ($from: ID!, $input: AddChoiceInput!) {
  addChoice(fromNodeId: $from, input: $input) { id revision ${RULES} }
}`;
const UPDATE_CHOICE = `mutation ($id: ID!, $input: UpdateChoiceInput!) {
  updateChoice(id: $id, input: $input) { id revision ${RULES} }
}`;
const UPDATE_NODE = `mutation ($id: ID!, $input: UpdateNodeInput!) {
  updateNode(id: $id, input: $input) { ending effects { op target value } }
}`;

const DECLARED = {
  variables: [
    { name: 'gold', type: 'INT', initial: 5, min: 0, max: 100, shown: true },
    { name: 'mood', type: 'STRING', initial: 'calm', readerWritable: true },
  ],
  items: [{ key: 'lamp', name: 'Lamp', description: 'It smokes.', max: 2 }],
  stats: [{ key: 'agility', name: 'Agility', initial: 2.5, min: 0 }],
  protagonists: [{ key: 'thief', name: 'Thief', stats: [{ name: 'agility', value: 7 }] }],
  artifacts: [{ key: 'crown', name: 'Crown' }],
  endings: [{ key: 'dawn', name: 'Dawn' }],
};

describe('the rules of a draft', () => {
  let talegraph: TestApp;
  let person: Person;
  let author: GraphqlClient;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    person = await talegraph.factory.newAuthor();
    author = talegraph.client.as(person.token);
  });
  beforeEach(async () => {
    story = await talegraph.factory.newStory(person, { published: false });
  });
  afterAll(() => talegraph.close());

  const define = (input: object, revision = 1) =>
    author.get(DEFINE, { id: story.id, revision, input });
  const add = async (input: object) =>
    (await author.get(ADD_CHOICE, { from: story.node('start'), input: { text: 'Go', ...input } }))
      .addChoice;
  const refused = async (query: string, variables: object): Promise<any[]> => {
    const before = await fingerprint(talegraph.database);
    const { extensions } = await author.fail(query, variables);
    expect(extensions.code).toBe('BAD_USER_INPUT');
    expect(await fingerprint(talegraph.database)).toEqual(before);
    return extensions.fields as any[];
  };
  const refusedChoice = (input: object) =>
    refused(ADD_CHOICE, { from: story.node('start'), input: { text: 'Go', ...input } });

  describe('defineStory', () => {
    it('keeps every declaration, for editors to read back', async () => {
      const { defineStory } = await define(DECLARED);
      expect(defineStory.revision).toBe(2);
      const { schema } = (await author.get(SCHEMA, { id: story.id })).story.draft;
      expect(schema).toEqual({
        variables: [
          { ...DECLARED.variables[0], readerWritable: false },
          { ...DECLARED.variables[1], min: null, max: null, shown: false },
        ],
        items: DECLARED.items,
        stats: [{ ...DECLARED.stats[0], max: null }],
        protagonists: [
          {
            ...DECLARED.protagonists[0],
            description: null,
            startNodeId: null,
            variables: [],
            items: [],
          },
        ],
        artifacts: [{ key: 'crown', name: 'Crown', description: null }],
        endings: DECLARED.endings,
      });
    });

    it('refuses a stale revision', async () => {
      await define(DECLARED);
      const error = await author.fail(DEFINE, { id: story.id, revision: 1, input: {} });
      expect(error.extensions.code).toBe('CONFLICT');
    });

    it.each([
      [
        'a name that is no identifier',
        { variables: [{ name: '2 gold', type: 'INT', initial: 0 }] },
        'input.variables.0.name',
        'must have 1 to 40 letters, digits or _, and begin with a letter',
      ],
      [
        'a name that means something already',
        { variables: [{ name: 'inventory', type: 'INT', initial: 0 }] },
        'input.variables.0.name',
        'inventory means something already; choose another name',
      ],
      [
        'a name of every JavaScript object',
        { items: [{ key: 'constructor', name: 'X' }] },
        'input.items.0.key',
        'constructor means something already; choose another name',
      ],
      [
        'a word that Liquid keeps for itself',
        { variables: [{ name: 'empty', type: 'INT', initial: 0 }] },
        'input.variables.0.name',
        'empty means something already; choose another name',
      ],
      [
        'a name given twice',
        { stats: ['a', 'a'].map((key) => ({ key, name: 'X', initial: 0 })) },
        'input.stats.1.key',
        'a is there twice',
      ],
      [
        'a stat named like a variable, as effects call both by name',
        {
          variables: [{ name: 'luck', type: 'INT', initial: 0 }],
          stats: [{ key: 'luck', name: 'Luck', initial: 0 }],
        },
        'input.stats.0.key',
        'a variable is called luck already',
      ],
      [
        'a bound of a whole number that is none',
        { variables: [{ name: 'gold', type: 'INT', initial: 0, max: 2.5 }] },
        'input.variables.0.max',
        'must be a whole number, as an INT is one',
      ],
      [
        'a value given twice to a protagonist',
        {
          items: [{ key: 'lamp', name: 'Lamp' }],
          protagonists: [
            {
              key: 'cat',
              name: 'Cat',
              items: [
                { name: 'lamp', value: 1 },
                { name: 'lamp', value: 2 },
              ],
            },
          ],
        },
        'input.protagonists.0.items.1.name',
        'lamp is there twice',
      ],
      [
        'a first value of another type',
        { variables: [{ name: 'gold', type: 'INT', initial: 1.5 }] },
        'input.variables.0.initial',
        'must be of type INT',
      ],
      [
        'a first value out of bounds',
        { variables: [{ name: 'gold', type: 'INT', initial: 5, max: 4 }] },
        'input.variables.0.initial',
        'must lie within min and max',
      ],
      [
        'bounds the wrong way round',
        { stats: [{ key: 'agility', name: 'X', initial: 5, min: 9, max: 4 }] },
        'input.stats.0.max',
        'must not be below min',
      ],
      [
        'bounds of a text',
        { variables: [{ name: 'mood', type: 'STRING', initial: '', min: 1 }] },
        'input.variables.0.min',
        'only numbers have bounds',
      ],
      [
        'a protagonist who holds what is not declared',
        {
          items: [{ key: 'lamp', name: 'Lamp' }],
          protagonists: [{ key: 'cat', name: 'Cat', items: [{ name: 'lmap', value: 1 }] }],
        },
        'input.protagonists',
        'Protagonist cat: There is no item lmap. Did you mean lamp?',
      ],
    ])('refuses %s', async (_, input, path, message) => {
      expect(await refused(DEFINE, { id: story.id, revision: 1, input })).toEqual([
        { path, message },
      ]);
    });
  });

  describe('a choice', () => {
    beforeEach(() => define(DECLARED));

    it('keeps its rules, and gives them up for null', async () => {
      const rules = {
        condition: 'gold + 5 >= 3.5 && "lamp" in inventory',
        lockedText: 'It is too dark.',
        effects: [
          { op: 'ADD', target: 'gold', value: 'gold + 5' },
          { op: 'AWARD', target: 'crown', value: null },
        ],
        check: '2d6 + stats.agility >= 9',
        failToNodeId: story.node('end'),
        afterSeconds: 30,
      };
      const made = await add(rules);
      expect(made).toMatchObject({ ...rules, puzzle: null });
      const { updateChoice } = await author.get(UPDATE_CHOICE, {
        id: made.id,
        input: { revision: 1, condition: null, check: null, afterSeconds: null },
      });
      expect(updateChoice).toMatchObject({
        ...rules,
        condition: null,
        check: null,
        afterSeconds: null,
      });
    });

    it.each(['gold + 5 > 6', 'gold >= 3.5', 'gold / 2 == 1', '-gold < 0.5'])(
      'counts with whole numbers as an author does: %s',
      async (condition) => {
        expect((await add({ condition })).condition).toBe(condition);
      },
    );

    it('keeps a puzzle', async () => {
      const puzzle = { kind: 'SEQUENCE', answers: ['a, b'], attempts: 3, hints: ['Begin with a.'] };
      expect((await add({ puzzle })).puzzle).toEqual(puzzle);
    });

    it.each([
      [
        'an unknown variable',
        { condition: 'turn > 3 &&\n  golf > 1' },
        'input.condition',
        'line 2, column 3: There is no variable golf. Did you mean gold?',
      ],
      [
        'a wrong type',
        { condition: 'mood > 3' },
        'input.condition',
        'line 1, column 1: a text cannot be compared with a whole number here.',
      ],
      [
        'a condition that is no truth',
        { condition: 'gold + 1' },
        'input.condition',
        'line 1, column 1: It is a whole number, but must be true or false.',
      ],
      [
        'broken syntax',
        { condition: 'gold > ' },
        'input.condition',
        'line 1, column 8: Something is missing at the end.',
      ],
      [
        'bad dice',
        { check: '2d6 + agility >= 9' },
        'input.check',
        'line 1, column 7: There is no variable agility.',
      ],
      [
        'a check without a comparison',
        { check: '2d6' },
        'input.check',
        'line 1, column 4: It must be one comparison, as in 2d6 >= 9.',
      ],
      [
        'visits to no node',
        { condition: 'visits[""] > 0' },
        'input.condition',
        'line 1, column 1: There is no node .',
      ],
      [
        'an effect without the value it needs',
        { effects: [{ op: 'ADD', target: 'gold' }] },
        'input.effects.0.value',
        'line 1, column 1: add needs a value, such as 1.',
      ],
      [
        'an effect with a value it cannot use',
        { effects: [{ op: 'AWARD', target: 'crown', value: 'gold' }] },
        'input.effects.0.value',
        'line 1, column 1: award takes no value.',
      ],
      [
        'an effect on what is not declared',
        { effects: [{ op: 'GIVE', target: 'lmap' }] },
        'input.effects.0.target',
        'line 1, column 1: There is no item lmap. Did you mean lamp?',
      ],
    ])('refuses %s, with its place', async (_, input, path, message) => {
      expect(await refusedChoice(input)).toMatchObject([{ path, message }]);
    });

    it('refuses all that is wrong at once', async () => {
      const elsewhere = await talegraph.factory.newStory(await talegraph.factory.newAuthor());
      const fields = await refusedChoice({
        condition: 'golf',
        check: 'dice',
        puzzle: { kind: 'TEXT', answers: ['x'] },
        afterSeconds: 3,
        toNodeId: elsewhere.node('start'),
        failToNodeId: elsewhere.node('end'),
      });
      expect(fields.map(({ path, line, column }) => [path, line, column])).toEqual([
        ['input.toNodeId', undefined, undefined],
        ['input.failToNodeId', undefined, undefined],
        ['input.puzzle', undefined, undefined],
        ['input.afterSeconds', undefined, undefined],
        ['input.condition', 1, 1],
        ['input.check', 1, 1],
      ]);
    });

    it.each(['toNodeId', 'failToNodeId'])(
      'refuses an empty %s: null leaves it open',
      async (field) => {
        expect(await refusedChoice({ [field]: '' })).toEqual([
          { path: `input.${field}`, message: 'must be the id of a node, as the API returned it' },
        ]);
      },
    );

    it('refuses a check together with a puzzle, and a puzzle that makes itself', async () => {
      const puzzle = { kind: 'TEXT', answers: ['x'] };
      expect(await refusedChoice({ check: 'd6 > 3', puzzle })).toMatchObject([
        { path: 'input.puzzle' },
      ]);
      expect(await refusedChoice({ afterSeconds: 3, puzzle })).toMatchObject([
        { path: 'input.afterSeconds' },
      ]);
    });
  });

  describe('a node', () => {
    beforeEach(() => define(DECLARED));

    it('keeps effects and the ending collected there', async () => {
      const effects = [{ op: 'SET', target: 'mood', value: '"glad"' }];
      const { updateNode } = await author.get(UPDATE_NODE, {
        id: story.node('end'),
        input: { revision: 1, effects, ending: 'dawn' },
      });
      expect(updateNode).toEqual({ ending: 'dawn', effects });
    });

    it('refuses an ending that is not declared, and one where the story does not end', async () => {
      const [unknown] = await refused(UPDATE_NODE, {
        id: story.node('end'),
        input: { revision: 1, ending: 'dusk' },
      });
      expect(unknown).toEqual({
        path: 'input.ending',
        message: 'there is no ending dusk; declare it first',
      });
      const [astray] = await refused(UPDATE_NODE, {
        id: story.node('start'),
        input: { revision: 1, ending: 'dawn' },
      });
      expect(astray.path).toBe('input.ending');
    });
  });
});
