import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';

const UPDATE_NODE = `mutation ($id: ID!, $input: UpdateNodeInput!) { updateNode(id: $id, input: $input) { updatedBy { username } } }`;
const UPDATE_CHOICE = `mutation ($id: ID!, $input: UpdateChoiceInput!) { updateChoice(id: $id, input: $input) { updatedBy { username } updatedAt } }`;
const UPDATE_STORY = `mutation ($id: ID!, $input: UpdateStoryInput!) { updateStory(id: $id, input: $input) { revision } }`;
const DEFINE = `mutation ($id: ID!, $revision: Int!) {
  defineStory(storyId: $id, revision: $revision, input: { items: [{ key: "lamp", name: "Lamp" }] }) { revision }
}`;
const AUTHORS = `query ($id: ID!) { story(id: $id) { draft {
  updatedBy { username } nodes { nodes { key updatedBy { username } choices { updatedBy { username } } } }
} } }`;

describe('two authors at once', () => {
  let talegraph: TestApp;
  let ada: Person;
  let bo: Person;
  let asAda: GraphqlClient;
  let asBo: GraphqlClient;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    ada = await talegraph.factory.newAuthor();
    bo = await talegraph.factory.newAuthor();
    asAda = talegraph.client.as(ada.token);
    asBo = talegraph.client.as(bo.token);
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    story = await talegraph.factory.newStory(ada);
    await talegraph.factory.share(ada, story, bo, 'editor');
  });

  const by = ({ id, username }: Person) => ({ id, username });
  /** Sends a stale change by ada, which must leave everything as it is. @returns what she is told */
  const conflict = async (operation: string, variables: object): Promise<any> => {
    const before = await fingerprint(talegraph.database);
    const { extensions } = await asAda.fail(operation, variables);
    expect(extensions.code).toBe('CONFLICT');
    expect(await fingerprint(talegraph.database)).toEqual(before);
    return extensions;
  };

  it('of a node, the second is told who changed which fields since, and when', async () => {
    const id = story.node('start');
    await asBo.get(UPDATE_NODE, { id, input: { title: 'By Bo', revision: 1 } });
    await asBo.get(UPDATE_NODE, { id, input: { content: 'Also by Bo.', revision: 2 } });
    const { current, changedFields } = await conflict(UPDATE_NODE, {
      id,
      input: { title: 'By Ada', revision: 1 },
    });
    const [row] = await talegraph.database.query<any[]>(
      `SELECT updated_at FROM story_nodes WHERE story_id = $1 AND is_starting_node`,
      [story.storyId],
    );
    expect(current).toMatchObject({
      id,
      title: 'By Bo',
      content: 'Also by Bo.',
      revision: 3,
      updatedAt: row.updated_at.toISOString(),
      updatedBy: by(bo),
    });
    expect(changedFields).toEqual(['content', 'title']);
    // Of what she had seen already, nothing is told.
    const later = await conflict(UPDATE_NODE, { id, input: { title: 'By Ada', revision: 2 } });
    expect(later.changedFields).toEqual(['content']);
    // On the revision that she was told of, her change goes through.
    const input = { title: 'By Ada', revision: current.revision };
    expect((await asAda.get(UPDATE_NODE, { id, input })).updateNode.updatedBy.username).toBe(
      ada.username,
    );
  });

  it('of a choice likewise', async () => {
    const id = story.choice('start', 'end');
    await asBo.get(UPDATE_CHOICE, {
      id,
      input: { condition: 'true', lockedText: 'Not now.', revision: 1 },
    });
    const { current, changedFields } = await conflict(UPDATE_CHOICE, {
      id,
      input: { text: 'Go', revision: 1 },
    });
    expect(current).toMatchObject({ condition: 'true', revision: 2, updatedBy: by(bo) });
    expect(changedFields).toEqual(['condition', 'lockedText']);
  });

  it('of the details and of the declarations likewise', async () => {
    const { id } = story;
    await asBo.get(UPDATE_STORY, { id, input: { title: 'By Bo', revision: 1 } });
    const first = await conflict(DEFINE, { id, revision: 1 });
    expect(first).toMatchObject({
      current: { title: 'By Bo', revision: 2, updatedBy: by(bo) },
      changedFields: ['title'],
    });
    await asBo.get(DEFINE, { id, revision: 2 });
    const second = await conflict(UPDATE_STORY, { id, input: { title: 'By Ada', revision: 1 } });
    expect(second).toMatchObject({
      current: { title: 'By Bo', revision: 3, updatedBy: by(bo) },
      changedFields: ['items', 'title'],
    });
  });

  it.each([
    ['deleteNode', () => story.node('start')],
    ['deleteChoice', () => story.choice('start', 'end')],
  ] as const)('of which one deletes by %s, the same is told', async (mutation, idOf) => {
    const id = idOf();
    const [update, input] =
      mutation === 'deleteNode'
        ? [UPDATE_NODE, { title: 'By Bo' }]
        : [UPDATE_CHOICE, { text: 'By Bo' }];
    await asBo.get(update, { id, input: { ...input, revision: 1 } });
    expect(
      await conflict(`mutation ($id: ID!) { ${mutation}(id: $id, revision: 1) }`, { id }),
    ).toMatchObject({
      current: { revision: 2, updatedBy: by(bo) },
      changedFields: Object.keys(input),
    });
  });

  it.each([
    ['node', 'deleteNode', () => story.node('end'), UPDATE_NODE, { title: 'By Ada' }],
    [
      'choice',
      'deleteChoice',
      () => story.choice('start', 'end'),
      UPDATE_CHOICE,
      { text: 'By Ada' },
    ],
  ] as const)(
    'of a %s that is gone, the other is told who deleted it',
    async (what, mutation, idOf, update, fields) => {
      const id = idOf();
      const input = { ...fields, revision: 1 };
      await asBo.get(`mutation ($id: ID!) { ${mutation}(id: $id) }`, { id });
      const [{ at }] = await talegraph.database.query<any[]>(
        'SELECT created_at AS at FROM draft_changes WHERE story_id = $1 ORDER BY change_id DESC LIMIT 1',
        [story.storyId],
      );
      const refused = await asAda.fail(update, { id, input });
      expect(refused).toMatchObject({
        message: `This ${what} was deleted by ${bo.username}. undoDraft with extensions.deletion.changeId brings it back.`,
        extensions: {
          code: 'CONFLICT',
          deletion: { deletedBy: by(bo), deletedAt: at.toISOString() },
        },
      });
      // Others are told nothing of it, even of a story that they see.
      for (const other of [
        await talegraph.factory.newAuthor(),
        await talegraph.factory.newGuest(),
      ]) {
        const { extensions } = await talegraph.client.as(other.token).fail(update, { id, input });
        expect(extensions).not.toHaveProperty('deletion');
        expect(extensions.code).not.toBe('CONFLICT');
      }
      const { changeId } = (refused.extensions as any).deletion;
      await asAda.get(
        `mutation ($id: ID!, $c: ID!) { undoDraft(storyId: $id, changeId: $c) { id } }`,
        {
          id: story.id,
          c: changeId,
        },
      );
      expect((await asAda.fail(update, { id, input })).extensions.code).toBe('CONFLICT');
      await asAda.get(update, { id, input: { ...fields, revision: 3 } });
    },
  );

  it('each of many writers at once is told who won', async () => {
    const id = story.node('end');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        (i % 2 ? asAda : asBo).send(UPDATE_NODE, { id, input: { title: `${i}`, revision: 1 } }),
      ),
    );
    const winner = answers.findIndex(({ errors }) => errors.length === 0);
    const refused = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions));
    expect(refused).toHaveLength(7);
    for (const extensions of refused) {
      expect(extensions).toMatchObject({
        code: 'CONFLICT',
        current: { title: `${winner}`, updatedBy: by(winner % 2 ? ada : bo) },
        changedFields: ['title'],
      });
    }
  });

  it('are each named beside what they changed, also by undo, replacing and restoring', async () => {
    const { id } = story;
    const authors = async () => {
      const { draft } = (await asAda.get(AUTHORS, { id })).story;
      const [start, end] = draft.nodes.nodes;
      return [draft, start, start.choices[0], end].map(
        ({ updatedBy }) => updatedBy?.username ?? null,
      );
    };
    // What the factory wrote came by another way.
    expect(await authors()).toEqual([ada.username, null, null, null]);
    await asBo.get(UPDATE_STORY, { id, input: { title: 'By Bo', revision: 1 } });
    await asBo.get(UPDATE_NODE, { id: story.node('start'), input: { title: 'Bo’s', revision: 1 } });
    await asAda.get(UPDATE_CHOICE, {
      id: story.choice('start', 'end'),
      input: { text: 'Go', revision: 1 },
    });
    expect(await authors()).toEqual([bo.username, bo.username, ada.username, null]);
    await asAda.get(
      `mutation ($id: ID!) { replaceInDraft(storyId: $id, input: { text: "Text of", replacement: "Of" }) { count } }`,
      { id },
    );
    expect(await authors()).toEqual([bo.username, ada.username, ada.username, ada.username]);
    await asBo.get(
      `mutation ($id: ID!) { addNode(storyId: $id, input: { title: "N", content: "", type: ENDING }) { id } }`,
      { id },
    );
    await asBo.get(`mutation ($id: ID!) { undoDraft(storyId: $id) { id } }`, { id });
    const [added] = await talegraph.database.query<any[]>(
      `SELECT username, deleted_at IS NOT NULL AS gone FROM story_nodes JOIN users ON user_id = updated_by
       WHERE story_id = $1 ORDER BY node_id DESC LIMIT 1`,
      [story.storyId],
    );
    expect(added).toEqual({ username: bo.username, gone: true });
    // Plays are counted in the row of the story: that is nobody’s change of it.
    await asAda.get(`mutation ($id: ID!) { startStory(storyId: $id) { id } }`, { id });
    expect((await authors())[0]).toBe(bo.username);
  });

  it('see who added what, in the answer itself', async () => {
    const { addNode } = await asBo.get(
      `mutation ($id: ID!) { addNode(storyId: $id, input: { title: "N", content: "", type: CHOICE }) { id updatedBy { username } } }`,
      { id: story.id },
    );
    const { addChoice } = await asAda.get(
      `mutation ($id: ID!) { addChoice(fromNodeId: $id, input: { text: "Go" }) { updatedBy { username } } }`,
      addNode,
    );
    expect([addNode.updatedBy.username, addChoice.updatedBy.username]).toEqual([
      bo.username,
      ada.username,
    ]);
  });
});
