import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';

const UPDATE_NODE = `mutation ($id: ID!, $input: UpdateNodeInput!) { result: updateNode(id: $id, input: $input) { revision } }`;
const UPDATE_CHOICE = `mutation ($id: ID!, $input: UpdateChoiceInput!) { result: updateChoice(id: $id, input: $input) { revision } }`;
const UPDATE_STORY = `mutation ($id: ID!, $input: UpdateStoryInput!) { result: updateStory(id: $id, input: $input) { revision } }`;
const DEFINE = `mutation ($id: ID!, $revision: Int!, $input: StorySchemaInput!) { result: defineStory(storyId: $id, revision: $revision, input: $input) { revision } }`;
const FIND = `query ($id: ID!, $nodeId: ID, $key: String, $choiceId: ID!) { story(id: $id) { draft {
  node(id: $nodeId, key: $key) { key } choice(id: $choiceId) { text } } } }`;

describe('an update', () => {
  let talegraph: TestApp;
  let client: GraphqlClient;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    const person = await talegraph.factory.newAuthor();
    client = talegraph.client.as(person.token);
    story = await talegraph.factory.newStory(person, {
      nodes: { start: ['end', 'inn'], inn: ['end'], end: [] },
    });
  });

  const cases = [
    [
      'updateNode',
      UPDATE_NODE,
      () => story.node('start'),
      { title: 'Title', content: 'Text.', effects: [], isStart: true, position: { x: 1, y: 2 } },
    ],
    [
      'updateChoice',
      UPDATE_CHOICE,
      () => story.choice('start', 'end'),
      {
        text: 'Go',
        order: 2,
        puzzle: { kind: 'TEXT', answers: ['yes'], attempts: 2, hints: ['Say it.'] },
      },
    ],
    ['updateStory', UPDATE_STORY, () => story.id, { title: 'Title', tags: ['a', 'b'] }],
  ] as const;

  it.each(cases)(
    'by %s that changes nothing leaves the revision',
    async (_, mutation, idOf, values) => {
      const id = idOf();
      const update = async (input: object) => (await client.get(mutation, { id, input })).result;
      expect(await update({ revision: 1, ...values })).toEqual({ revision: 2 });
      const before = await fingerprint(talegraph.database);
      expect(await update({ revision: 2 })).toEqual({ revision: 2 });
      expect(await update({ revision: 2, ...values })).toEqual({ revision: 2 });
      expect(await fingerprint(talegraph.database)).toEqual(before);
    },
  );

  it('by defineStory that changes nothing leaves the revision', async () => {
    const { id } = story;
    const input = {
      variables: [{ name: 'gold', type: 'INT', initial: 3 }],
      protagonists: [{ key: 'ada', name: 'Ada', variables: [{ name: 'gold', value: 5 }] }],
    };
    const define = async (revision: number) =>
      (await client.get(DEFINE, { id, revision, input })).result;
    expect(await define(1)).toEqual({ revision: 2 });
    expect(await define(2)).toEqual({ revision: 2 });
  });

  it.each(cases)(
    'by %s on a revision that is yet to come is refused',
    async (_, mutation, idOf, values) => {
      const input = { revision: 99, ...values };
      const { extensions } = await client.fail(mutation, { id: idOf(), input });
      expect(extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [
          { path: 'input.revision', message: 'there is no revision 99 yet; the newest is 1' },
        ],
      });
    },
  );

  it.each([
    ['deleteNode', () => story.node('inn')],
    ['deleteChoice', () => story.choice('start', 'inn')],
  ])('by %s on a revision that is yet to come is refused', async (name, idOf) => {
    const { extensions } = await client.fail(
      `mutation ($id: ID!) { ${name}(id: $id, revision: 99) }`,
      { id: idOf() },
    );
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'revision' }] });
  });

  it('may ask first for one node, by id or key, and one choice', async () => {
    const { id } = story;
    const choiceId = story.choice('start', 'inn');
    const found = { node: { key: 'inn' }, choice: { text: 'Go to inn' } };
    for (const which of [{ nodeId: story.node('inn') }, { key: 'inn' }]) {
      expect((await client.get(FIND, { id, choiceId, ...which })).story.draft).toEqual(found);
    }
    const other = await talegraph.factory.newStory(await talegraph.factory.newAuthor());
    const elsewhere = { nodeId: other.node('end'), choiceId: other.choice('start', 'end') };
    expect((await client.get(FIND, { id, ...elsewhere })).story.draft).toEqual({
      node: null,
      choice: null,
    });
    for (const which of [{}, { nodeId: story.node('inn'), key: 'inn' }]) {
      const { errors } = await client.send(FIND, { id, choiceId, ...which });
      expect(errors[0]!.extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'id', message: 'give either the id of the node, or its key' }],
      });
    }
  });
});
