import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';

const DRAFT = `query ($id: ID!, $filter: DraftNodeFilter) { story(id: $id) { draft {
  nodes(filter: $filter, first: 100) { totalCount nodes {
    key chapter tags revision position { x y } choices { letter text toNode { key } } } }
  chapters { nodes { name nodeCount } } tags { totalCount nodes { name nodeCount } } } } }`;
const change = (name: string, type: string) =>
  `mutation ($id: ID!, $input: ${type}!) { ${name}(storyId: $id, input: $input) { count changeId nodes { totalCount nodes { key revision } } } }`;
const MOVE = change('moveNodes', 'MoveNodesInput');
const GROUP = change('groupNodes', 'GroupNodesInput');
const TAG = change('tagNodes', 'TagNodesInput');
const RENAME = change('renameChapter', 'RenameChapterInput');
const DUPLICATE = `mutation ($id: ID!, $input: DuplicateNodesInput!) {
  duplicateNodes(storyId: $id, input: $input) { key title isStart position { x y } choices { text toNode { key } } } }`;
const UNDO = `mutation ($id: ID!) { undoDraft(storyId: $id) { kind edits { totalCount } } }`;

describe('many nodes at once', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let author: Author;
  let other: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    const person = await talegraph.factory.newAuthor();
    const nodes = { hall: ['yard', 'end'], yard: ['hall'], end: [] };
    story = await talegraph.factory.newStory(person, { nodes, published: false });
    other = await talegraph.factory.newStory(person, { published: false });
    author = new Author(talegraph.client, person, story);
  });

  const draft = async (filter?: object): Promise<any> =>
    (await author.client.get(DRAFT, { id: story.id, filter })).story.draft;
  const send = (mutation: string, input: object) =>
    author.client.get(mutation, { id: story.id, input });
  const of = async (field: string): Promise<unknown[]> =>
    (await draft()).nodes.nodes.map((node: any) => node[field]);
  const ids = (...keys: string[]) => keys.map((key) => story.node(key));

  it('are moved as one change, whatever their revisions', async () => {
    const { moveNodes } = await send(MOVE, {
      nodes: [
        { id: story.node('hall'), position: { x: 10, y: -2.5 } },
        { id: story.node('yard'), position: { x: 0, y: 0 } },
        { id: story.node('end') },
      ],
    });
    expect(moveNodes).toEqual({
      count: 3,
      changeId: expect.stringMatching(/^chg_/),
      nodes: {
        totalCount: 2,
        nodes: [
          { key: 'hall', revision: 1 },
          { key: 'yard', revision: 1 },
        ],
      },
    });
    expect(await of('position')).toEqual([{ x: 10, y: -2.5 }, { x: 0, y: 0 }, null]);
    expect(await of('revision')).toEqual([1, 1, 1]);
    const { undoDraft } = await author.client.get(UNDO, { id: story.id });
    expect(undoDraft).toEqual({ kind: 'UNDO', edits: { totalCount: 2 } });
    expect(await of('position')).toEqual([null, null, null]);
  });

  it('are grouped by chapters, which can be renamed and joined', async () => {
    await send(GROUP, { nodeIds: ids('hall', 'yard'), chapter: ' One ' });
    await send(GROUP, { nodeIds: ids('end'), chapter: 'Two' });
    expect((await draft()).chapters.nodes).toEqual([
      { name: 'One', nodeCount: 2 },
      { name: 'Two', nodeCount: 1 },
    ]);
    expect((await send(RENAME, { from: 'One', to: 'Two' })).renameChapter.count).toBe(2);
    expect((await draft()).chapters.nodes).toEqual([{ name: 'Two', nodeCount: 3 }]);
    expect(await of('revision')).toEqual([3, 3, 2]);
    await author.client.get(UNDO, { id: story.id });
    expect(await of('chapter')).toEqual(['One', 'One', 'Two']);
    await send(GROUP, { nodeIds: ids('end'), chapter: null });
    expect(await of('chapter')).toEqual(['One', 'One', null]);
  });

  it('are tagged, and what they have keeps its order', async () => {
    await author.updateNode('hall', { tags: ['b', 'a'] });
    await send(TAG, { nodeIds: ids('hall', 'yard'), add: ['c', 'a'], remove: ['b'] });
    expect(await of('tags')).toEqual([['a', 'c'], ['c', 'a'], []]);
    expect((await draft()).tags).toEqual({
      totalCount: 2,
      nodes: [
        { name: 'a', nodeCount: 2 },
        { name: 'c', nodeCount: 2 },
      ],
    });
    await send(TAG, { nodeIds: ids('hall', 'yard'), add: ['c'] });
    expect(await of('revision')).toEqual([3, 2, 1]);
  });

  it('are answered with their new revisions, and as no change where all were so already', async () => {
    const input = { nodeIds: ids('hall', 'yard'), add: ['dark'] };
    await send(TAG, { nodeIds: ids('yard'), add: ['dark'] });
    const { tagNodes } = await send(TAG, input);
    expect(tagNodes).toMatchObject({
      count: 2,
      nodes: { totalCount: 1, nodes: [{ key: 'hall', revision: 2 }] },
    });
    const before = await fingerprint(talegraph.database);
    const none = { changeId: null, nodes: { totalCount: 0, nodes: [] } };
    expect(await send(TAG, input)).toEqual({ tagNodes: { count: 2, ...none } });
    expect(await send(GROUP, { nodeIds: ids('end'), chapter: null })).toEqual({
      groupNodes: { count: 1, ...none },
    });
    expect(await fingerprint(talegraph.database)).toEqual(before);
    await send(GROUP, { nodeIds: ids('end'), chapter: 'One' });
    expect(await send(RENAME, { from: 'One', to: 'One' })).toEqual({
      renameChapter: { count: 1, ...none },
    });
  });

  it('stand within a million units of the middle', async () => {
    const place = (x: number) => ({
      nodes: [{ id: story.node('hall'), position: { x, y: -1_000_000 } }],
    });
    await send(MOVE, place(1_000_000));
    for (const x of [1e300, 1_000_001, -1_000_001]) {
      const { extensions } = await author.client.fail(MOVE, { id: story.id, input: place(x) });
      expect(extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [
          { path: 'input.nodes.0.position.x', message: 'must be from -1,000,000 to 1,000,000' },
        ],
      });
    }
  });

  it('lose no tag when several tag them at once', async () => {
    const tags = Array.from({ length: 10 }, (_, i) => `t${i}`);
    await Promise.all(tags.map((tag) => send(TAG, { nodeIds: ids('hall', 'end'), add: [tag] })));
    const [hall] = (await of('tags')) as string[][];
    expect(hall!.toSorted()).toEqual(tags);
  });

  it('are found by chapter, tag, type and what is written in them', async () => {
    await send(GROUP, { nodeIds: ids('hall', 'yard'), chapter: 'One' });
    await send(TAG, { nodeIds: ids('yard', 'end'), add: ['dark'] });
    await author.updateNode('end', { content: '100% of *End_ing*' });
    const keys = async (filter: object) => {
      const { nodes } = await draft(filter);
      expect(nodes.totalCount).toBe(nodes.nodes.length);
      return nodes.nodes.map(({ key }: any) => key as string);
    };
    expect(await keys({ chapter: 'One' })).toEqual(['hall', 'yard']);
    expect(await keys({ tag: 'dark' })).toEqual(['yard', 'end']);
    expect(await keys({ chapter: 'One', tag: 'dark' })).toEqual(['yard']);
    expect(await keys({ chapter: null })).toEqual(['end']);
    expect(await keys({ query: '' })).toEqual(['hall', 'yard', 'end']);
    expect(await keys({ type: 'ENDING' })).toEqual(['end']);
    expect(await keys({ query: 'YARD' })).toEqual(['yard']);
    expect(await keys({ query: '0% of *end_' })).toEqual(['end']);
    expect(await keys({ query: 'h_ll' })).toEqual([]);
  });

  it('are copied with their choices, as one change', async () => {
    await author.updateNode('hall', { position: { x: 1, y: 2 } });
    const { duplicateNodes } = await send(DUPLICATE, { nodeIds: ids('yard', 'hall') });
    expect(duplicateNodes).toEqual([
      {
        ...{ key: '1', title: 'Title of hall', isStart: false, position: { x: 41, y: 42 } },
        choices: [
          { text: 'Go to yard', toNode: { key: '2' } },
          { text: 'Go to end', toNode: { key: 'end' } },
        ],
      },
      {
        ...{ key: '2', title: 'Title of yard', isStart: false, position: null },
        choices: [{ text: 'Go to hall', toNode: { key: '1' } }],
      },
    ]);
    const { undoDraft } = await author.client.get(UNDO, { id: story.id });
    expect(undoDraft.edits.totalCount).toBe(5);
    expect(await of('key')).toEqual(['hall', 'yard', 'end']);
  });

  it.each([
    ['moveNodes', MOVE, (id: string) => ({ nodes: [{ id }] }), 'input.nodes.0.id'],
    ['groupNodes', GROUP, (id: string) => ({ nodeIds: [id], chapter: 'X' }), 'input.nodeIds.0'],
    ['tagNodes', TAG, (id: string) => ({ nodeIds: [id], add: ['x'] }), 'input.nodeIds.0'],
    ['duplicateNodes', DUPLICATE, (id: string) => ({ nodeIds: [id] }), 'input.nodeIds.0'],
  ])('of another story are not touched by %s', async (_, mutation, inputOf, path) => {
    const before = await fingerprint(talegraph.database);
    const error = await author.client.fail(mutation, {
      id: story.id,
      input: inputOf(other.node('end')),
    });
    expect(error.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path, message: 'must be a node of this story' }],
    });
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('are refused with too many tags, tags both ways, an unknown chapter, or twice', async () => {
    const before = await fingerprint(talegraph.database);
    const fails = async (mutation: string, input: object) =>
      (await author.client.fail(mutation, { id: story.id, input })).message;
    const add = Array.from({ length: 21 }, (_, i) => `t${i}`);
    expect(await fails(TAG, { nodeIds: ids('hall'), add })).toMatch(/at most 20 tags/);
    expect(await fails(TAG, { nodeIds: ids('hall'), add: ['x'], remove: ['x'] })).toBe(
      'input.remove: has what add has too: x',
    );
    expect(await fails(RENAME, { from: 'None', to: 'One' })).toBe(
      'input.from: no node is in a chapter None',
    );
    expect(await fails(GROUP, { nodeIds: ids('hall', 'hall') })).toMatch(/each node once/);
    expect(await fingerprint(talegraph.database)).toEqual(before);
    await send(TAG, { nodeIds: ids('hall'), add: add.slice(1) });
    expect(await fails(TAG, { nodeIds: ids('yard', 'hall'), add: ['x'] })).toBe(
      'input.nodeIds.1: would have more than 20 tags',
    );
    expect((await of('tags'))[1]).toEqual([]);
  });
});
