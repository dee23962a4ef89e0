import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { importFile } from '../../support/importing.js';

const node = (key: string, content: string, more: object = {}) => ({
  ...{ key, title: key.toUpperCase(), content, type: 'story' },
  ...more,
});

const END = node('end', 'The end.', { type: 'ending' });

/** A story with a start that leads to its end. */
const story = (slug: string, content: string, more: object[] = [], gold = 1) =>
  JSON.stringify({
    ...{ slug, title: 'Cave' },
    schema: { variables: [{ name: 'gold', type: 'int', initial: gold }] },
    nodes: [
      node('start', content, { start: true, choices: [{ text: 'On', to: 'end' }] }),
      END,
      ...more,
    ],
  });

const CHANGES = `query ($id: ID!) { importJob(id: $id) { stories(first: 2) { nodes {
  action
  changes { isEqual added removed changed moved
    differences(first: 50) { totalCount nodes { of action nodeKey letter name fields { name before after } } } }
  overwrites { totalCount nodes { nodeId nodeKey action isRemoved fields editedAt editedBy { username } } }
} } } }`;

describe('what an import does to a draft', () => {
  let talegraph: TestApp;
  let author: Person;
  let editor: Person;
  let client: GraphqlClient;
  let slug: string;
  let made = 0;
  beforeAll(async () => {
    talegraph = await startApp();
    author = await talegraph.factory.newAuthor();
    editor = await talegraph.factory.newAuthor();
    client = talegraph.client.as(author.token);
  });
  beforeEach(() => {
    slug = `cave-${(made += 1)}`;
  });
  afterAll(() => talegraph.close());

  /** A digest of everything but what imports note of themselves. */
  const drafts = async () => {
    const { import_jobs: _, import_stories: __, ...rest } = await fingerprint(talegraph.database);
    return rest;
  };
  const changesOf = async (file: string, options: object = {}) => {
    const { id } = await importFile(client, file, options);
    return (await client.get(CHANGES, { id })).importJob.stories.nodes[0];
  };
  const dryRun = (file: string) => changesOf(file, { dryRun: true });
  const put = async (file: string): Promise<string> =>
    (await importFile(client, file)).stories.nodes[0].story.id;

  /** The draft as those who edit it see it: its nodes by their keys. */
  const nodesOf = async (id: string) => {
    const { story } = await client.get(
      `query ($id: ID!) { story(id: $id) { revision draft { nodes(first: 50) { nodes {
         id key revision choices { id revision } } } } } }`,
      { id },
    );
    return new Map<string, any>(story.draft.nodes.nodes.map((one: any) => [one.key, one]));
  };
  const edit = async (id: string, key: string, input: object, by: GraphqlClient = client) => {
    const { id: nodeId, revision } = (await nodesOf(id)).get(key);
    await by.get(
      `mutation ($id: ID!, $input: UpdateNodeInput!) { updateNode(id: $id, input: $input) { id } }`,
      { id: nodeId, input: { revision, ...input } },
    );
  };
  const add = (id: string, input: object) =>
    client.get(
      `mutation ($id: ID!, $input: AddNodeInput!) { addNode(storyId: $id, input: $input) { id } }`,
      { id, input: { type: 'STORY', ...input } },
    );
  const undo = (id: string) =>
    client.get(`mutation ($id: ID!) { undoDraft(storyId: $id) { id } }`, { id });
  const told = ({ overwrites }: any) =>
    overwrites.nodes.map(({ nodeKey, action, isRemoved, fields }: any) => [
      nodeKey,
      action,
      isRemoved,
      fields,
    ]);

  it('is told by a dry run as by the import, and nothing is written', async () => {
    await put(story(slug, 'Dark.', [node('attic', 'Dust.')]));
    const after = story(slug, 'Bright.', [node('cellar', 'Damp.')], 2);
    const before = await drafts();
    const dry = await dryRun(after);
    expect(await drafts()).toEqual(before);
    expect(dry).toMatchObject({
      action: 'UPDATED',
      changes: { isEqual: false, added: 1, removed: 1, changed: 2, moved: 0 },
      overwrites: { totalCount: 0 },
    });
    const lines = dry.changes.differences.nodes.map(({ of, action, nodeKey, name }: any) => [
      of,
      action,
      nodeKey ?? name,
    ]);
    expect(lines).toEqual([
      ['DECLARATION', 'CHANGED', 'variables.gold'],
      ['NODE', 'REMOVED', 'attic'],
      ['NODE', 'CHANGED', 'start'],
      ['NODE', 'ADDED', 'cellar'],
    ]);
    expect(dry.changes.differences.nodes[2].fields).toEqual([
      { name: 'content', before: 'Dark.', after: 'Bright.' },
    ]);
    expect(await changesOf(after)).toEqual(dry);
  });

  it('is null for what is new, refused or unchanged', async () => {
    const nothing = { changes: null, overwrites: { totalCount: 0, nodes: [] } };
    expect(await dryRun(story(slug, 'Dark.'))).toEqual({ action: 'CREATED', ...nothing });
    await put(story(slug, 'Dark.'));
    expect(await dryRun(story(slug, 'Dark.'))).toEqual({ action: 'UNCHANGED', ...nothing });
    expect(await dryRun(story(slug, '{{ silver }}'))).toEqual({ action: 'REFUSED', ...nothing });
  });

  it('names what was edited since the last import, by whom and when', async () => {
    const file = story(slug, 'Dark.', [node('attic', 'Dust.'), node('cave', 'Cold.')]);
    const id = await put(file);
    await edit(id, 'start', { content: 'Mine.' });
    const { inviteCollaborator } = await client.get(
      `mutation ($id: ID!, $input: InviteCollaboratorInput!) {
         inviteCollaborator(storyId: $id, input: $input) { id } }`,
      { id, input: { identifier: editor.username, role: 'EDITOR' } },
    );
    const theirs = talegraph.client.as(editor.token);
    await theirs.get(
      `mutation ($id: ID!) { acceptInvitation(id: $id) { id } }`,
      inviteCollaborator,
    );
    await edit(id, 'attic', { content: 'Theirs.' }, theirs);
    await edit(id, 'cave', { content: 'Edited and gone.' });
    await undo(id);

    const after = story(slug, 'Bright.', [node('cave', 'Warm.')]);
    const { overwrites } = await dryRun(after);
    const nodes = await nodesOf(id);
    expect(overwrites.nodes).toEqual([
      {
        nodeId: nodes.get('start').id,
        ...{ nodeKey: 'start', action: 'CHANGED', isRemoved: false, fields: ['content'] },
        editedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        editedBy: { username: author.username },
      },
      {
        nodeId: nodes.get('attic').id,
        ...{ nodeKey: 'attic', action: 'CHANGED', isRemoved: true, fields: ['content'] },
        editedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        editedBy: { username: editor.username },
      },
    ]);
    expect((await changesOf(after)).overwrites).toEqual(overwrites);
    expect(told(await dryRun(file))).toEqual([]);
  });

  it('tells apart what was added, deleted, chosen and declared', async () => {
    const id = await put(story(slug, 'Dark.', [node('attic', 'Dust.')]));
    const nodes = await nodesOf(id);
    await add(id, { key: 'mine', title: 'Mine', content: 'My own.' });
    await client.get(`mutation ($id: ID!) { deleteNode(id: $id) }`, { id: nodes.get('attic').id });
    const [choice] = nodes.get('start').choices;
    await client.get(
      `mutation ($id: ID!, $input: UpdateChoiceInput!) { updateChoice(id: $id, input: $input) { id } }`,
      { id: choice.id, input: { revision: choice.revision, text: 'Onwards' } },
    );
    const { story: now } = await client.get(`query ($id: ID!) { story(id: $id) { revision } }`, {
      id,
    });
    await client.get(
      `mutation ($id: ID!, $input: UpdateStoryInput!) { updateStory(id: $id, input: $input) { id } }`,
      { id, input: { revision: now.revision, language: 'de', title: 'My cave' } },
    );
    expect(told(await dryRun(story(slug, 'Dark.', [node('attic', 'Dust.')])))).toEqual([
      [null, 'CHANGED', false, ['title']],
      ['start', 'CHANGED', false, ['choices']],
      ['attic', 'DELETED', false, []],
      ['mine', 'ADDED', true, ['content', 'isStart', 'key', 'title', 'type']],
    ]);
  });

  it('tells nothing of edits that the file has too, or leaves', async () => {
    const id = await put(story(slug, 'Dark.', [node('attic', 'Dust.')]));
    await edit(id, 'start', { content: 'Bright.' });
    await edit(id, 'attic', { position: { x: 1, y: 2 } });
    const same = await dryRun(story(slug, 'Bright.', [node('attic', 'Dust and cobwebs.')]));
    expect(same).toMatchObject({ changes: { added: 0, removed: 0, changed: 1 } });
    expect(told(same)).toEqual([]);
  });

  it('counts from the import that stands', async () => {
    const id = await put(story(slug, 'Dark.'));
    await edit(id, 'start', { content: 'Mine.' });
    const after = story(slug, 'Bright.');
    await put(after);
    expect(told(await dryRun(story(slug, 'Brighter.')))).toEqual([]);
    await undo(id);
    expect(told(await dryRun(after))).toEqual([['start', 'CHANGED', false, ['content']]]);
  });

  it('counts all that was written in Talegraph where a story was never imported', async () => {
    const { createStory } = await client.get(
      `mutation ($input: CreateStoryInput!) { createStory(input: $input) { id } }`,
      {
        input: {
          ...{
            slug,
            title: 'Cave',
            description: 'Cave',
            category: 'other',
            difficultyLevel: 'MEDIUM',
          },
        },
      },
    );
    await add(createStory.id, { key: 'start', title: 'START', content: 'Mine.' });
    expect(told(await dryRun(story(slug, 'Dark.')))).toEqual([
      ['start', 'ADDED', false, ['content']],
    ]);
  });
});
