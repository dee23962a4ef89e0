import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { atOnce, codesOf } from '../../support/at-once.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';

const LAST = `query ($id: ID!) { draftHistory(storyId: $id, first: 1) { nodes { id kind } } }`;
const UNDO = `mutation ($id: ID!, $changeId: ID) { undoDraft(storyId: $id, changeId: $changeId) { kind } }`;
const REDO = `mutation ($id: ID!) { redoDraft(storyId: $id) { kind } }`;
const CHOICES = `query ($id: ID!) { story(id: $id) { draft {
  choices(first: 50) { totalCount nodes { letter text fromNode { key } } } } } }`;
const TITLE = `query ($id: ID!) { story(id: $id) { draft { node(key: "hall") { title } } } }`;
const MOVE = `mutation ($id: ID!, $nodeId: ID!) {
  moveNodes(storyId: $id, input: { nodes: [{ id: $nodeId, position: { x: 1, y: 1 } }] }) { count } }`;
const ARRIVING = `query ($id: ID!) { story(id: $id) { map(x: 0, y: 0, width: 9, height: 9) {
  nodes { nodes { key arriving { nodeId } } } } } }`;

describe('changes of a draft taken back beside those of others', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let author: Author;
  let other: Author;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    const person = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(person, {
      nodes: { hall: ['attic', 'yard'], attic: ['yard'], yard: [] },
      published: false,
    });
    author = new Author(talegraph.client, person, story);
    other = new Author(talegraph.client, await talegraph.factory.newAdmin(), story);
  });

  const get = async (by: Author, query: string, variables: object = {}): Promise<any> =>
    by.client.get(query, { id: story.id, ...variables });
  const title = async (): Promise<string> => (await get(author, TITLE)).story.draft.node.title;
  const choices = async (): Promise<any> => (await get(author, CHOICES)).story.draft.choices;

  /** The letters and texts of the choices of a node. */
  const lettersOf = async (key: string): Promise<string[]> =>
    (await choices()).nodes
      .filter(({ fromNode }: any) => fromNode.key === key)
      .map(({ letter, text }: any) => `${letter} ${text}`)
      .sort();

  it('are made again by whoever took them back', async () => {
    await author.updateNode('hall', { title: 'Mine' });
    const { id: changeId } = (await get(author, LAST)).draftHistory.nodes[0];
    await get(other, UNDO, { changeId });
    expect(await title()).toBe('Title of hall');
    const refusal = await author.client.fail(REDO, { id: story.id });
    expect(refusal.message).toBe('There is nothing of yours to redo in this draft.');
    await get(other, REDO);
    expect(await title()).toBe('Mine');
  });

  it('are taken back one after another however many calls come at once', async () => {
    for (const title of ['One', 'Two', 'Three']) await author.updateNode('hall', { title });
    const undone = await atOnce(author.client, 3, UNDO, () => ({ id: story.id }));
    expect(codesOf(undone)).toEqual([]);
    expect(await title()).toBe('Title of hall');
    const redone = await atOnce(author.client, 3, REDO, () => ({ id: story.id }));
    expect(codesOf(redone)).toEqual([]);
    expect(await title()).toBe('Three');
  });

  it('leave the choices of a node in one order, each with its letter', async () => {
    await author.deleteChoice('hall', 'attic');
    await other.addChoice('hall', { text: 'Leave', toNodeId: story.node('yard') });
    expect(await lettersOf('hall')).toEqual(['A Go to yard', 'B Leave']);
    await get(author, UNDO);
    expect(await lettersOf('hall')).toEqual(['A Go to attic', 'B Go to yard', 'C Leave']);
    await get(author, REDO);
    expect(await lettersOf('hall')).toEqual(['A Go to yard', 'B Leave']);
  });

  it('hide what others have led away from a node that is gone, and bring it back with the node', async () => {
    const position = { x: 1, y: 1 };
    await author.updateNode('yard', { position });
    await author.addNode({ key: 'loft', title: 'Loft', content: '', type: 'STORY', position });
    await other.addChoice('loft', { text: 'Climb down', toNodeId: story.node('yard') });
    const before = await choices();
    const arriving = async () =>
      (await get(author, ARRIVING)).story.map.nodes.nodes.find(({ key }: any) => key === 'yard')
        .arriving.length;
    expect([before.totalCount, await arriving()]).toEqual([4, 3]);
    await get(author, UNDO);
    expect([(await choices()).totalCount, await arriving()]).toEqual([3, 2]);
    await get(author, REDO);
    expect(await choices()).toEqual(before);
  });

  it('are not taken back over a change that was begun before them and written after', async () => {
    const { database } = talegraph;
    const [begun] = await database.query<{ id: number }[]>(
      `INSERT INTO draft_changes (story_id, kind) VALUES ($1, 'edit') RETURNING change_id AS id`,
      [story.storyId],
    );
    await author.client.get(MOVE, { id: story.id, nodeId: story.node('hall') });
    await database.query(
      `UPDATE story_nodes SET position_x = 7 FROM (SELECT set_config('talegraph.change', $2, true))
       WHERE story_id = $1 AND node_key = 'hall'`,
      [story.storyId, `${story.storyId}:${begun!.id}`],
    );
    const { extensions } = await author.client.fail(UNDO, { id: story.id });
    expect(extensions).toEqual({ code: 'CONFLICT', changeId: `chg_${begun!.id}` });
  });
});
