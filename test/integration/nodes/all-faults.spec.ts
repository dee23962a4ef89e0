import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';

const DEFINE = `mutation ($id: ID!, $revision: Int!, $input: StorySchemaInput!) {
  defineStory(storyId: $id, revision: $revision, input: $input) { revision }
}`;
const ADD_CHOICE = `mutation ($from: ID!, $input: AddChoiceInput!) {
  addChoice(fromNodeId: $from, input: $input) { id }
}`;

describe('an input with faults of shape and of rules', () => {
  let talegraph: TestApp;
  let person: Person;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    person = await talegraph.factory.newAuthor();
  });
  beforeEach(async () => {
    story = await talegraph.factory.newStory(person, { published: false });
  });
  afterAll(() => talegraph.close());

  /** @returns all that is told of an input; nothing is written */
  const refused = async (query: string, variables: object): Promise<any[]> => {
    const before = await fingerprint(talegraph.database);
    const { extensions } = await talegraph.client.as(person.token).fail(query, variables);
    expect(extensions.code).toBe('BAD_USER_INPUT');
    expect(await fingerprint(talegraph.database)).toEqual(before);
    return extensions.fields as any[];
  };

  it('refuses declarations with all that is wrong with their shape and their meaning', async () => {
    const input = {
      variables: [
        { name: 'my gold', type: 'INT', initial: 'x', min: 9, max: 4 },
        { name: 'luck', type: 'INT', initial: 1 },
        { name: 'luck', type: 'INT', initial: 0.5 },
      ],
      stats: [{ key: 'luck', name: '', initial: 1 }],
      protagonists: [
        { key: 'cat', name: 'Cat', startNodeId: 'hall', stats: [{ name: 'nerve', value: 1 }] },
      ],
    };
    const fields = await refused(DEFINE, { id: story.id, revision: 1, input });
    expect(fields.map(({ path, message }) => `${path}: ${message}`).sort()).toEqual([
      'input.protagonists.0.startNodeId: must be the id of a node, as the API returned it',
      'input.protagonists: Protagonist cat: There is no stat nerve.',
      'input.stats.0.key: a variable is called luck already',
      'input.stats.0.name: must not be empty, nor have more than 100 characters',
      'input.variables.0.initial: must be of type INT',
      'input.variables.0.max: must not be below min',
      'input.variables.0.name: must have 1 to 40 letters, digits or _, and begin with a letter',
      'input.variables.2.initial: must be of type INT',
      'input.variables.2.name: luck is there twice',
    ]);
  });

  it('says what to give instead of nothing', async () => {
    const items = [{ key: 'lamp', name: 'Lamp', max: 0 }];
    const declared = await refused(DEFINE, { id: story.id, revision: 1, input: { items } });
    const puzzle = { kind: 'TEXT', answers: ['a'], attempts: 0 };
    const ruled = await refused(ADD_CHOICE, {
      from: story.node('start'),
      input: { text: 'Go', condition: '', puzzle },
    });
    expect([...declared, ...ruled].map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'input.items.0.max: must be 1 or more; null for any number',
      'input.condition: must have 1 to 1000 characters; null takes the condition away',
      'input.puzzle.attempts: must be 1 or more; null for no end',
    ]);
  });

  it('refuses Liquid and protagonists that mean nothing', async () => {
    await new Author(talegraph.client, person, story).define({
      variables: [{ name: 'gold', type: 'INT', initial: 1 }],
      protagonists: [{ key: 'child', name: 'The child' }],
    });
    const [content] = await refused(
      `mutation ($id: ID!, $input: UpdateNodeInput!) { updateNode(id: $id, input: $input) { id } }`,
      { id: story.node('start'), input: { revision: 1, content: 'You owe\n{{ gold | plus: }}.' } },
    );
    expect(content).toEqual({
      path: 'input.content',
      message: 'line 2, column 11: plus needs a value: plus: 1.',
      line: 2,
      column: 11,
    });
    const [condition] = await refused(ADD_CHOICE, {
      from: story.node('start'),
      input: { text: 'Go', condition: 'protagonist == "chidl"' },
    });
    expect(condition).toMatchObject({
      path: 'input.condition',
      message: 'line 1, column 16: There is no protagonist chidl. Did you mean child?',
    });
  });

  it('refuses a node with all that is wrong with its shape and its rules', async () => {
    const fields = await refused(
      `mutation ($id: ID!, $input: AddNodeInput!) { addNode(storyId: $id, input: $input) { id } }`,
      {
        id: story.id,
        input: { key: '!', title: '', type: 'STORY', content: '{{ golf }}', endingKind: 'GOOD' },
      },
    );
    expect(fields.map(({ path }) => path).sort()).toEqual([
      'input.content',
      'input.endingKind',
      'input.key',
      'input.title',
    ]);
  });

  it('refuses a choice with all that is wrong with its shape and its rules', async () => {
    await new Author(talegraph.client, person, story).define({
      variables: [
        { name: 'gold', type: 'INT', initial: 5 },
        { name: 'mood', type: 'STRING', initial: 'calm' },
      ],
    });
    const fields = await refused(ADD_CHOICE, {
      from: story.node('start'),
      input: {
        text: ' ',
        condition: 'golf > 1 and mood',
        check: '2d6+',
        toNodeId: 'hall',
        failToNodeId: 'sty_1',
        puzzle: { kind: 'TEXT', answers: [] },
        lockedText: '{{ golf }}',
        effects: [{ op: 'GIVE', target: 'lmap' }],
        afterSeconds: 0,
      },
    });
    expect(fields.map(({ path, column }) => `${path} ${column ?? ''}`.trim()).sort()).toEqual([
      'input.afterSeconds',
      'input.check 5',
      'input.condition 1',
      'input.condition 10',
      'input.condition 14',
      'input.effects.0.target 1',
      'input.failToNodeId',
      'input.lockedText 4',
      'input.puzzle',
      'input.puzzle.answers',
      'input.text',
      'input.toNodeId',
    ]);
  });
});
