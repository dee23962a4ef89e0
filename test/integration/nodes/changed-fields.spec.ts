import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory, Person } from '../../support/factory.js';
import type { GraphqlClient } from '../../support/graphql-client.js';

const UPDATE_NODE = `mutation ($id: ID!, $input: UpdateNodeInput!) { updateNode(id: $id, input: $input) { id } }`;
const UPDATE_CHOICE = `mutation ($id: ID!, $input: UpdateChoiceInput!) { updateChoice(id: $id, input: $input) { id } }`;
const UPDATE_STORY = `mutation ($id: ID!, $input: UpdateStoryInput!) { updateStory(id: $id, input: $input) { id } }`;
const DEFINE = `mutation ($id: ID!, $revision: Int!, $input: StorySchemaInput!) { defineStory(storyId: $id, revision: $revision, input: $input) { id } }`;
const INPUT_FIELDS = `query ($name: String!) { __type(name: $name) { inputFields { name } } }`;
const LAST_EDIT = `query ($id: ID!) { draftHistory(storyId: $id, first: 1) { nodes { edits { nodes { nodeId choiceId fields { name after } } } } } }`;

const EFFECT = { op: 'SET', target: 'gold', value: '1' };

describe('fields that another author changed', () => {
  let talegraph: TestApp;
  let ada: Person;
  let client: GraphqlClient;
  let imageId: string;
  let audioId: string;
  beforeAll(async () => {
    talegraph = await startApp();
    ada = await talegraph.factory.newAuthor();
    client = talegraph.client.as(ada.token);
    const library = await talegraph.factory.newStory(ada);
    imageId = await talegraph.factory.medium(library, ada);
    audioId = await talegraph.factory.medium(library, ada, 'audio');
  });
  afterAll(() => talegraph.close());

  /** A story that declares what effects and endings refer to. */
  async function newStory(): Promise<MadeStory> {
    const nodes = { start: ['end', 'inn'], inn: ['end'], end: [] };
    const story = await talegraph.factory.newStory(ada, { nodes });
    await new Author(talegraph.client, ada, story).define({
      variables: [{ name: 'gold', type: 'INT', initial: 0 }],
      endings: [{ key: 'home', name: 'Home' }],
    });
    return story;
  }

  const inputFields = async (name: string): Promise<string[]> =>
    (await client.get(INPUT_FIELDS, { name })).__type.inputFields.map((each: any) => each.name);

  /** What those are told who send a change on the first revision. */
  const refused = async (operation: string, variables: object): Promise<any> => {
    const { extensions } = await client.fail(operation, variables);
    expect(extensions.code).toBe('CONFLICT');
    return extensions;
  };

  /** What the history tells of the last change: the fields of one thing, as they became. */
  const told = async ({ id }: MadeStory, thing: string): Promise<Record<string, string>> => {
    const [change] = (await client.get(LAST_EDIT, { id })).draftHistory.nodes;
    const { fields } = change.edits.nodes.find(
      ({ nodeId, choiceId }: any) => (choiceId ?? nodeId ?? id) === thing,
    );
    return Object.fromEntries(fields.map(({ name, after }: any) => [name, after]));
  };

  /**
   * Changes one field after another, each in a story of its own.
   * @param values a new value of every field of the input
   */
  async function walk(
    { name, operation }: { name: string; operation: string },
    idOf: (story: MadeStory) => string,
    valuesOf: (story: MadeStory) => Record<string, unknown>,
  ): Promise<void> {
    const fields = (await inputFields(name)).filter((field) => field !== 'revision');
    for (const field of fields) {
      const story = await newStory();
      const values = valuesOf(story);
      expect(Object.keys(values).sort()).toEqual([...fields].sort());
      const { [field]: value } = values;
      const revision = name === 'UpdateStoryInput' ? 2 : 1;
      const input = { revision, [field]: value };
      const id = idOf(story);
      await client.get(operation, { id, input });
      const { current, changedFields } = await refused(operation, { id, input });
      expect(changedFields).toContain(field);
      expect(current).toMatchObject({ [field]: value });
      const { [field]: text } = await told(story, id);
      expect(typeof value === 'string' ? text : JSON.parse(text!)).toEqual(value);
    }
  }

  it('are named as updateNode names them', async () => {
    await walk(
      { name: 'UpdateNodeInput', operation: UPDATE_NODE },
      (story) => story.node('end'),
      () => ({
        key: 'finale',
        title: 'The End',
        content: 'It ends.',
        type: 'CHOICE',
        isStart: true,
        endingKind: 'SECRET',
        ending: 'home',
        effects: [EFFECT],
        image: { mediaId: imageId, altText: 'A door' },
        audio: { mediaId: audioId, altText: 'A bell' },
        tags: ['to do'],
        chapter: 'One',
        position: { x: 12, y: 34.5 },
      }),
    );
  });

  it('are named as updateChoice names them', async () => {
    await walk(
      { name: 'UpdateChoiceInput', operation: UPDATE_CHOICE },
      (story) => story.choice('start', 'end'),
      (story) => ({
        text: 'Go on',
        toNodeId: story.node('start'),
        consequences: 'You go.',
        order: 2,
        condition: 'gold > 1',
        lockedText: 'Not yet.',
        effects: [EFFECT],
        check: '1d6 > 3',
        puzzle: { kind: 'NUMBER', answers: ['7'], attempts: 3, hints: ['Odd.'] },
        failToNodeId: story.node('start'),
        afterSeconds: 30,
      }),
    );
  });

  it('are named as updateStory names them', async () => {
    await walk(
      { name: 'UpdateStoryInput', operation: UPDATE_STORY },
      ({ id }) => id,
      ({ id }) => ({
        slug: `new-name-${id.replace('_', '-')}`,
        title: 'New Title',
        description: 'Another one.',
        category: 'science-fiction',
        difficultyLevel: 'HARD',
        tags: ['new'],
        language: 'de',
        spoilerGuard: true,
        cover: { mediaId: imageId, altText: 'A castle' },
      }),
    );
  });

  it('are named as defineStory names them', async () => {
    const fields = await inputFields('StorySchemaInput');
    const base = {
      variables: [{ name: 'gold', type: 'INT', initial: 0 }],
      endings: [{ key: 'home', name: 'Home' }],
    };
    for (const field of fields) {
      const story = await newStory();
      const { id } = story;
      const values: Record<string, any> = {
        variables: [{ name: 'key', type: 'BOOL', initial: true }],
        items: [{ key: 'lamp', name: 'Lamp' }],
        stats: [{ key: 'luck', name: 'Luck', initial: 1, min: 0, max: 9 }],
        protagonists: [{ key: 'ada', name: 'Ada', startNodeId: story.node('end') }],
        artifacts: [{ key: 'map', name: 'Map' }],
        endings: [{ key: 'away', name: 'Away' }],
        achievements: [{ key: 'wide', name: 'Wide', secret: true, endings: ['home'] }],
        allowUndo: true,
      };
      expect(Object.keys(values).sort()).toEqual([...fields].sort());
      const input = { ...base, [field]: values[field] };
      await client.get(DEFINE, { id, revision: 2, input });
      const { current, changedFields } = await refused(DEFINE, { id, revision: 2, input });
      expect([field, changedFields]).toEqual([field, [field]]);
      expect(current).toMatchObject({ [field]: values[field] });
      const after = JSON.parse((await told(story, id))[field]!);
      expect({ [field]: after }).toMatchObject({ [field]: values[field] });
    }
  });
});
