import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';

const CHANGE = `kind isUndone author { username }
  edits(first: 10) { totalCount nodes { of action nodeKey letter fields { name before after } } }`;
const HISTORY = `query ($id: ID!, $nodeId: ID, $first: Int, $after: String) {
  draftHistory(storyId: $id, nodeId: $nodeId, first: $first, after: $after) {
    totalCount nodes { id ${CHANGE} } pageInfo { endCursor } } }`;
const UNDO = `mutation ($id: ID!, $changeId: ID) { undoDraft(storyId: $id, changeId: $changeId) { id ${CHANGE} } }`;
const REDO = `mutation ($id: ID!) { redoDraft(storyId: $id) { ${CHANGE} } }`;

describe('the history of a draft', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let author: Author;
  /** An administrator, who may edit it too. */
  let other: Author;

  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  async function begin(): Promise<void> {
    const person = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(person, {
      nodes: { hall: ['attic', 'yard'], attic: ['yard'], yard: [] },
      published: false,
    });
    author = new Author(talegraph.client, person, story);
    other = new Author(talegraph.client, await talegraph.factory.newAdmin(), story);
  }

  const history = async (variables: object = {}): Promise<any> =>
    (await author.client.get(HISTORY, { id: story.id, ...variables })).draftHistory;
  const undo = async (by = author, changeId?: string): Promise<any> =>
    (await by.client.get(UNDO, { id: story.id, changeId })).undoDraft;
  const redo = async (by = author): Promise<any> =>
    (await by.client.get(REDO, { id: story.id })).redoDraft;

  /** All that authors have a say in, as the tables hold it. */
  async function draft(): Promise<unknown> {
    const { database } = talegraph;
    const values = [story.storyId];
    return Promise.all([
      database.query(`SELECT story_content(stories) FROM stories WHERE story_id = $1`, values),
      database.query(
        `SELECT draft_content(to_jsonb(story_nodes)) AS row FROM story_nodes
         WHERE story_id = $1 AND deleted_at IS NULL ORDER BY node_id`,
        values,
      ),
      database.query(
        `SELECT draft_content(to_jsonb(choices)) AS row FROM choices JOIN story_nodes ON node_id = from_node_id
         WHERE story_id = $1 AND choices.deleted_at IS NULL ORDER BY choice_id`,
        values,
      ),
    ]);
  }

  it('tells who changed what, and what it was before', async () => {
    await begin();
    await author.updateNode('attic', { title: 'The Attic', content: 'Dust.' });
    await other.deleteChoice('hall', 'attic');
    const { nodes } = await history({ first: 2 });
    expect(nodes.map(({ author: { username } }: any) => username)).toEqual([
      expect.stringMatching(/^admin-/),
      expect.stringMatching(/^user-/),
    ]);
    expect(nodes[0].edits.nodes).toEqual([
      expect.objectContaining({
        of: 'CHOICE',
        action: 'DELETED',
        nodeKey: 'hall',
        fields: [
          { name: 'consequences', before: 'You go to attic.', after: null },
          { name: 'order', before: '1', after: null },
          { name: 'text', before: 'Go to attic', after: null },
          { name: 'toNodeId', before: story.node('attic'), after: null },
        ],
      }),
      expect.objectContaining({
        of: 'CHOICE',
        action: 'CHANGED',
        letter: 'A',
        fields: [{ name: 'order', before: '2', after: '1' }],
      }),
    ]);
    expect(nodes[1].edits).toEqual({
      totalCount: 1,
      nodes: [
        {
          of: 'NODE',
          action: 'CHANGED',
          nodeKey: 'attic',
          letter: null,
          fields: [
            { name: 'content', before: 'Text of *attic*.', after: 'Dust.' },
            { name: 'title', before: 'Title of attic', after: 'The Attic' },
          ],
        },
      ],
    });
  });

  it('tells all that a node had before it was deleted, and what comes back, whatever came since', async () => {
    await begin();
    await author.updateNode('attic', { title: 'The Attic', tags: ['cold'] });
    await author.deleteNode('attic');
    await undo();
    await author.updateNode('attic', { title: 'Loft', content: 'Light.' });
    const { nodes } = await history({ nodeId: story.node('attic'), first: 3 });
    const had = [
      ['content', 'Text of *attic*.'],
      ['isStart', 'false'],
      ['key', 'attic'],
      ['tags', '["cold"]'],
      ['title', 'The Attic'],
      ['type', 'CHOICE'],
    ] as const;
    const ofNode = (change: any) => change.edits.nodes.find(({ of }: any) => of === 'NODE');
    expect(ofNode(nodes[2])).toMatchObject({
      action: 'DELETED',
      fields: had.map(([name, before]) => ({ name, before, after: null })),
    });
    expect(ofNode(nodes[1])).toMatchObject({
      action: 'ADDED',
      fields: had.map(([name, after]) => ({ name, before: null, after })),
    });
  });

  it('is of nodes that the story has or had', async () => {
    await begin();
    const elsewhere = (await talegraph.factory.newStory(await talegraph.factory.newAuthor())).node(
      'start',
    );
    for (const nodeId of ['nod_999999', elsewhere]) {
      const { extensions } = await author.client.fail(HISTORY, { id: story.id, nodeId });
      expect(extensions.code).toBe('NOT_FOUND');
    }
    await author.deleteNode('yard');
    expect((await history({ nodeId: story.node('yard') })).totalCount).toBeGreaterThan(0);
  });

  it('has the choices that lost where they led to, which lead there again once it is taken back', async () => {
    await begin();
    await author.deleteNode('attic');
    const [{ edits }] = (await history({ first: 1 })).nodes;
    const opened = { of: 'CHOICE', action: 'CHANGED', nodeKey: 'hall', letter: 'A' };
    expect(edits.nodes).toContainEqual({
      ...opened,
      fields: [{ name: 'toNodeId', before: story.node('attic'), after: null }],
    });
    // Whoever still has it leading there is told.
    const stale = await author.client.fail(
      `mutation ($id: ID!) { updateChoice(id: $id, input: { revision: 1, text: "Up" }) { id } }`,
      { id: story.choice('hall', 'attic') },
    );
    expect(stale.extensions).toMatchObject({
      current: { toNodeId: null, revision: 2 },
      changedFields: ['toNodeId'],
    });
    await undo();
    await author.updateChoice('hall', 'attic', { text: 'Up' });
  });

  it('tells what can be taken back, and made again, each their own', async () => {
    await begin();
    const able = async ({ client } = author): Promise<unknown> => {
      const query = `query ($id: ID!) { story(id: $id) { draft { undoable { id } redoable { id } } } }`;
      const { undoable, redoable } = (await client.get(query, { id: story.id })).story.draft;
      return [undoable?.id ?? null, redoable?.id ?? null];
    };
    expect(await able()).toEqual([null, null]);
    await author.updateNode('hall', { title: 'One' });
    const [one] = (await history({ first: 1 })).nodes;
    await author.updateNode('hall', { title: 'Two' });
    const [two] = (await history({ first: 1 })).nodes;
    expect(await able()).toEqual([two.id, null]);
    expect(await able(other)).toEqual([null, null]);
    await undo();
    expect(await able()).toEqual([one.id, two.id]);
    await undo();
    expect(await able()).toEqual([null, one.id]);
    await author.updateNode('yard', { title: 'New' });
    expect(await able()).toEqual([expect.stringMatching(/^chg_/), null]);
  });

  it('answers what was taken back as it is now, with its revision', async () => {
    await begin();
    await author.updateNode('hall', { title: 'One' });
    await author.updateChoice('hall', 'attic', { text: 'Up' });
    const query = `mutation ($id: ID!) { undoDraft(storyId: $id) { edits { nodes {
      node { title revision } choice { text revision } } } } }`;
    const undone = async () => (await author.client.get(query, { id: story.id })).undoDraft.edits;
    expect((await undone()).nodes).toEqual([
      { node: null, choice: { text: 'Go to attic', revision: 3 } },
    ]);
    expect((await undone()).nodes).toEqual([
      { node: { title: 'Title of hall', revision: 3 }, choice: null },
    ]);
  });

  it('takes every change back, one after another, and makes all of them again', async () => {
    await begin();
    const steps = [
      () =>
        author.updateNode('hall', {
          title: 'The Hall',
          effects: null,
          tags: ['cold'],
          chapter: 'One',
        }),
      () => author.define({ variables: [{ name: 'gold', type: 'INT', initial: 3 }] }),
      () => author.addNode({ key: 'cellar', title: 'Cellar', content: 'Wet.', type: 'CHOICE' }),
      () => author.addChoice('hall', { text: 'Down', toNodeId: story.node('yard'), order: 1 }),
      () => author.updateChoice('hall', 'attic', { condition: 'gold >= 3', order: 3 }),
      () => author.updateNode('attic', { isStart: true }),
      () => author.updateStory({ title: 'Another Name', tags: ['new'] }),
      () => author.deleteChoice('hall', 'attic'),
      () => author.deleteNode('hall'),
      () => author.updateNode('attic', { key: 'hall' }),
      () => author.updateNode('yard', { type: 'CHOICE' }),
    ];
    const drafts = [await draft()];
    for (const step of steps) {
      await step();
      drafts.push(await draft());
    }
    for (let i = steps.length - 1; i >= 0; i--) {
      expect(await undo()).toMatchObject({ kind: 'UNDO', isUndone: false });
      expect(await draft()).toEqual(drafts[i]);
    }
    for (let i = 1; i <= steps.length; i++) {
      expect(await redo()).toMatchObject({ kind: 'REDO' });
      expect(await withoutTimes(draft())).toEqual(await withoutTimes(drafts[i]));
    }
    const { extensions } = await author.client.fail(REDO, { id: story.id });
    expect(extensions.code).toBe('CONFLICT');
    for (let i = steps.length - 1; i >= 0; i--) {
      await undo();
      expect(await draft()).toEqual(drafts[i]);
    }
  });

  it('forgets what could be made again once something else is changed', async () => {
    await begin();
    await author.updateNode('hall', { title: 'One' });
    await author.updateNode('hall', { title: 'Two' });
    await undo();
    await author.updateNode('hall', { content: 'New.' });
    expect((await author.client.fail(REDO, { id: story.id })).message).toBe(
      'There is nothing of yours to redo in this draft.',
    );
  });

  it('takes back one’s own changes and leaves those of others, field by field', async () => {
    await begin();
    await author.updateNode('hall', { title: 'Mine' });
    await other.updateNode('hall', { content: 'Theirs.' });
    await undo();
    const [node] = await talegraph.database.query<object[]>(
      `SELECT node_title, content FROM story_nodes WHERE story_id = $1 AND node_key = 'hall'`,
      [story.storyId],
    );
    expect(node).toEqual({ node_title: 'Title of hall', content: 'Theirs.' });
  });

  it('refuses to take back what a later change wrote over, and names that one', async () => {
    await begin();
    await author.updateNode('hall', { title: 'Mine' });
    await other.updateNode('hall', { title: 'Theirs' });
    const before = await draft();
    const { extensions } = await author.client.fail(UNDO, { id: story.id });
    const { nodes } = await history({ first: 1 });
    expect(extensions).toEqual({ code: 'CONFLICT', changeId: nodes[0].id });
    expect(await draft()).toEqual(before);
    await undo(author, extensions.changeId as string);
    await undo();
    expect((await history({ first: 4 })).nodes.map(({ kind }: any) => kind)).toEqual([
      'UNDO',
      'UNDO',
      'EDIT',
      'EDIT',
    ]);
  });

  it('refuses to bring back a node whose key is taken', async () => {
    await begin();
    await author.deleteNode('attic');
    await other.addNode({ key: 'attic', title: 'New', content: '', type: 'ENDING' });
    const { message, extensions } = await author.client.fail(UNDO, { id: story.id });
    expect(extensions.code).toBe('CONFLICT');
    expect(message).toMatch(/another node has the key/);
  });

  it('refuses to take back a change twice, an undo, or one of another draft', async () => {
    await begin();
    await author.updateNode('hall', { title: 'Mine' });
    const [{ id: changeId }] = (await history({ first: 1 })).nodes;
    const { id: undoId } = await undo();
    const refused = async (variables: object) =>
      (await author.client.fail(UNDO, { id: story.id, ...variables })).extensions;
    expect(await refused({ changeId })).toMatchObject({ fields: [{ path: 'changeId' }] });
    expect(await refused({ changeId: undoId })).toMatchObject({ fields: [{ path: 'changeId' }] });
    await begin();
    expect(await refused({ changeId })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is told of one node alone, with its choices, a page at a time', async () => {
    await begin();
    await author.updateNode('attic', { title: 'A' });
    await author.updateNode('yard', { title: 'B' });
    await author.updateChoice('attic', 'yard', { text: 'Jump' });
    const ofAttic = { nodeId: story.node('attic'), first: 1 };
    const first = await history(ofAttic);
    expect(first.nodes[0].edits.nodes[0].fields[0].after).toBe('Jump');
    const second = await history({ ...ofAttic, after: first.pageInfo.endCursor });
    expect(second.nodes[0].edits.nodes[0].fields[0].after).toBe('A');
    expect(second.totalCount).toBe((await history(ofAttic)).totalCount);
  });

  it('misses nothing that comes by another way', async () => {
    await begin();
    await talegraph.database.query(
      `UPDATE story_nodes SET content = 'By hand.' WHERE story_id = $1 AND node_key = 'yard'`,
      [story.storyId],
    );
    const { nodes } = await history({ first: 1 });
    expect(nodes[0]).toMatchObject({ author: null, edits: { nodes: [{ nodeKey: 'yard' }] } });
    await undo(author, nodes[0].id);
    expect(JSON.stringify(await draft())).not.toContain('By hand.');
  });

  it('holds nothing where nothing was changed, or a change failed', async () => {
    await begin();
    const { totalCount } = await history();
    await author.updateNode('hall', { title: 'Title of hall' });
    await author.client.fail(
      `mutation ($id: ID!) { updateNode(id: $id, input: { revision: 99, title: "X" }) { id } }`,
      { id: story.node('hall') },
    );
    expect((await history()).totalCount).toBe(totalCount);
  });
});

/** Without when rows were deleted, which differs when that is done again. */
const withoutTimes = async (draft: unknown) =>
  JSON.parse(JSON.stringify(await draft).replaceAll(/"deleted_at":"[^"]*"/g, '"deleted_at":""'));
