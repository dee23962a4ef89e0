import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { atOnce, codesOf, dataOf } from '../../support/at-once.js';
import type { Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';

const FIELDS =
  'id key title content type isStart isEnding endingKind ending effects { op target value } tags chapter position { x y } revision updatedAt';
const ADD = `mutation ($storyId: ID!, $input: AddNodeInput!) {
  addNode(storyId: $storyId, input: $input) { ${FIELDS} }
}`;
const UPDATE = `mutation ($id: ID!, $input: UpdateNodeInput!) {
  updateNode(id: $id, input: $input) { ${FIELDS} }
}`;
const DELETE = `mutation ($id: ID!, $revision: Int) { deleteNode(id: $id, revision: $revision) }`;
const NODES = `query ($storyId: ID!) {
  story(id: $storyId) { draft { startNode { key } nodes(first: 100) { nodes { ${FIELDS} } } } }
}`;

const NODE = { title: 'A room', content: 'It is *cold*.', type: 'CHOICE' };

describe('the nodes of a draft', () => {
  let talegraph: TestApp;
  let person: Person;
  let author: GraphqlClient;
  let storyId: string;
  beforeAll(async () => {
    talegraph = await startApp();
    person = await talegraph.factory.newAuthor();
    author = talegraph.client.as(person.token);
  });
  beforeEach(async () => {
    ({ id: storyId } = await talegraph.factory.newStory(person, { nodes: {}, published: false }));
  });
  afterAll(() => talegraph.close());

  const add = async (input: object = {}) =>
    (await author.get(ADD, { storyId, input: { ...NODE, ...input } })).addNode;
  const update = async (id: string, input: object) =>
    (await author.get(UPDATE, { id, input })).updateNode;
  const draft = async () => (await author.get(NODES, { storyId })).story.draft;

  describe('addNode', () => {
    it('adds a node as given; the first starts the story', async () => {
      const node = await add({
        key: ' 2A ',
        title: ' A room ',
        position: { x: -1.5, y: 20 },
        tags: ['cold', 'To do'],
        chapter: ' Night ',
      });
      expect(node).toEqual({
        ending: null,
        effects: [],
        id: expect.stringMatching(/^nod_\d+$/),
        key: '2A',
        title: 'A room',
        content: 'It is *cold*.',
        type: 'CHOICE',
        isStart: true,
        isEnding: false,
        endingKind: null,
        tags: ['cold', 'To do'],
        chapter: 'Night',
        position: { x: -1.5, y: 20 },
        revision: 1,
        updatedAt: expect.any(String),
      });
      expect((await draft()).nodes.nodes).toEqual([node]);
      expect((await add()).isStart).toBe(false);
      expect((await draft()).startNode).toEqual({ key: '2A' });
    });

    it('refuses tags and chapters that are too many or too long, each by its field', async () => {
      const { extensions } = await author.fail(ADD, {
        storyId,
        input: { ...NODE, tags: Array(21).fill('x'), chapter: 'x'.repeat(101) },
      });
      expect(extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [
          { path: 'input.tags', message: 'must have at most 20 tags' },
          { path: 'input.chapter', message: 'must not have more than 100 characters' },
        ],
      });
    });

    it('does not start the story at the first node when the author says so', async () => {
      expect((await add({ isStart: false })).isStart).toBe(false);
      expect((await draft()).startNode).toBeNull();
    });

    it('numbers nodes without a key on from the highest number', async () => {
      expect((await add()).key).toBe('1');
      expect((await add()).key).toBe('2');
      await add({ key: '2A' });
      await add({ key: '41' });
      await add({ key: 'cellar' });
      expect((await add()).key).toBe('42');
    });

    it('refuses a key that another node of the story has, and writes nothing', async () => {
      await add({ key: 'hall' });
      const before = await fingerprint(talegraph.database);
      const { extensions } = await author.fail(ADD, {
        storyId,
        input: { ...NODE, key: 'hall', isStart: true },
      });
      expect(extensions).toEqual({
        code: 'CONFLICT',
        fields: [{ path: 'input.key', message: 'another node of this story has it' }],
      });
      expect(await fingerprint(talegraph.database)).toEqual(before);
    });

    it('takes a key that a node of another story has', async () => {
      await talegraph.factory.newStory(person, { nodes: { hall: [] }, published: false });
      expect((await add({ key: 'hall' })).key).toBe('hall');
    });

    it('takes the start mark from the node that had it, whose revision grows', async () => {
      const first = await add();
      const second = await add({ isStart: true });
      expect(second).toMatchObject({ isStart: true, revision: 1 });
      expect((await draft()).nodes.nodes).toMatchObject([
        { id: first.id, isStart: false, revision: 2 },
        { id: second.id, isStart: true, revision: 1 },
      ]);
    });

    it('numbers 10 nodes added to an empty story at the same time, and starts at one', async () => {
      const answers = await atOnce(author, 10, ADD, () => ({ storyId, input: NODE }));
      expect(codesOf(answers)).toEqual([]);
      const { nodes } = (await draft()).nodes;
      expect(new Set(nodes.map(({ key }: { key: string }) => Number(key)))).toEqual(
        new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
      );
      expect(nodes.filter(({ isStart }: { isStart: boolean }) => isStart)).toHaveLength(1);
    });

    it('tells everything that is wrong at once, and writes nothing', async () => {
      const before = await fingerprint(talegraph.database);
      const { extensions } = await author.fail(ADD, {
        storyId,
        input: {
          title: ' ',
          content: 'x'.repeat(50_001),
          type: 'STORY',
          key: 'two words',
          isStart: null,
        },
      });
      expect(extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [
          {
            path: 'input.title',
            message: 'must not be empty, nor have more than 200 characters',
          },
          { path: 'input.content', message: 'must not have more than 50000 characters' },
          {
            path: 'input.key',
            message:
              'must have 1 to 32 letters, digits, _ . or -, and begin with a letter or digit',
          },
          { path: 'input.isStart', message: 'must be true or false' },
        ],
      });
      expect(await fingerprint(talegraph.database)).toEqual(before);
    });
  });

  describe('updateNode', () => {
    it('changes what is given, leaves the rest, and counts the revision up', async () => {
      const node = await add({ position: { x: 1, y: 2 } });
      const after = await update(node.id, { revision: 1, title: 'A hall', position: null });
      expect(after).toEqual({
        ...node,
        title: 'A hall',
        position: null,
        revision: 2,
        updatedAt: expect.any(String),
      });
      expect(Date.parse(after.updatedAt)).toBeGreaterThanOrEqual(Date.parse(node.updatedAt));
      expect((await draft()).nodes.nodes).toEqual([after]);
    });

    it('refuses a change on an older revision, and changes nothing, not even the start', async () => {
      await add();
      const { id } = await add();
      await update(id, { revision: 1, title: 'First' });
      const before = await fingerprint(talegraph.database);
      const { extensions } = await author.fail(UPDATE, {
        id,
        input: { revision: 1, title: 'Second', isStart: true },
      });
      expect(extensions).toMatchObject({
        code: 'CONFLICT',
        current: { id, title: 'First', isStart: false, revision: 2 },
      });
      expect(await fingerprint(talegraph.database)).toEqual(before);
    });

    it('tells the current node in a conflict just as the API tells it elsewhere', async () => {
      const ending = { type: 'ENDING', endingKind: 'SECRET', position: { x: 1, y: 2 } };
      const node = await add(ending);
      const current = await update(node.id, { revision: 1, title: 'A cell' });
      const { extensions } = await author.fail(UPDATE, {
        id: node.id,
        input: { revision: 1, title: 'X' },
      });
      const updatedBy = { id: person.id, username: person.username };
      expect(extensions.current).toEqual({ ...current, image: null, audio: null, updatedBy });
    });

    it('lets one of 10 changes on the same revision win, and refuses the others', async () => {
      const { id } = await add();
      const answers = await atOnce(author, 10, UPDATE, (i) => ({
        id,
        input: { revision: 1, title: `Racer ${i}` },
      }));
      const winners = dataOf(answers);
      expect(winners).toHaveLength(1);
      expect(codesOf(answers)).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
      expect((await draft()).nodes.nodes).toEqual([winners[0].updateNode]);
      expect(winners[0].updateNode.revision).toBe(2);
    });

    it('moves the start mark, and counts the revision of the node that had it up', async () => {
      const first = await add();
      const second = await add();
      expect(await update(second.id, { revision: 1, isStart: true })).toMatchObject({
        isStart: true,
        revision: 2,
      });
      expect((await draft()).nodes.nodes).toMatchObject([
        { id: first.id, isStart: false, revision: 2 },
        { id: second.id, isStart: true, revision: 2 },
      ]);
      const { extensions } = await author.fail(UPDATE, {
        id: first.id,
        input: { revision: 1, title: 'Stale' },
      });
      expect(extensions.code).toBe('CONFLICT');
    });

    it('leaves one start when 10 nodes are made the start at the same time', async () => {
      const ids: string[] = [];
      for (let i = 0; i < 11; i++) ids.push((await add()).id);
      const answers = await atOnce(author, 10, UPDATE, (i) => ({
        id: ids[i + 1],
        input: { revision: 1, isStart: true },
      }));
      // A node that lost the mark has a new revision, so a call may come too late; none may break.
      expect(codesOf(answers).filter((code) => code !== 'CONFLICT')).toEqual([]);
      const { nodes } = (await draft()).nodes;
      expect(nodes.filter(({ isStart }: { isStart: boolean }) => isStart)).toHaveLength(1);
    });

    it('takes the start mark away and leaves the story without a start', async () => {
      const { id } = await add();
      expect(await update(id, { revision: 1, isStart: false })).toMatchObject({ isStart: false });
      expect((await draft()).startNode).toBeNull();
    });

    it.each(['title', 'content', 'type', 'key', 'isStart'])(
      'refuses null for %s, and changes nothing',
      async (field) => {
        const { id } = await add();
        const before = await fingerprint(talegraph.database);
        const { extensions } = await author.fail(UPDATE, {
          id,
          input: { revision: 1, [field]: null },
        });
        expect(extensions.code).toBe('BAD_USER_INPUT');
        const paths = (extensions.fields as { path: string }[]).map(({ path }) => path);
        expect(new Set(paths)).toEqual(new Set([`input.${field}`]));
        expect(await fingerprint(talegraph.database)).toEqual(before);
      },
    );

    it('refuses a key that another node of the story has, and changes nothing', async () => {
      await add({ key: 'hall' });
      const { id } = await add();
      const before = await fingerprint(talegraph.database);
      const { extensions } = await author.fail(UPDATE, { id, input: { revision: 1, key: 'hall' } });
      expect(extensions).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'input.key' }] });
      expect(await fingerprint(talegraph.database)).toEqual(before);
    });
  });

  describe('endingKind', () => {
    const ONLY_ENDINGS = {
      code: 'BAD_USER_INPUT',
      fields: [
        {
          path: 'input.endingKind',
          message: 'only an ENDING has one; change type too, or leave it out',
        },
      ],
    };

    it.each(['GOOD', 'NEUTRAL', 'BAD', 'SECRET'])('%s is kept on an ending', async (endingKind) => {
      const node = await add({ type: 'ENDING', endingKind });
      expect(node).toMatchObject({ type: 'ENDING', isEnding: true, endingKind });
    });

    it.each(['STORY', 'CHOICE'])('is refused on a %s, and nothing is written', async (type) => {
      const { id } = await add({ type });
      const before = await fingerprint(talegraph.database);
      const added = await author.fail(ADD, {
        storyId,
        input: { ...NODE, type, endingKind: 'BAD' },
      });
      expect(added.extensions).toEqual(ONLY_ENDINGS);
      const updated = await author.fail(UPDATE, { id, input: { revision: 1, endingKind: 'BAD' } });
      expect(updated.extensions).toEqual(ONLY_ENDINGS);
      expect(await fingerprint(talegraph.database)).toEqual(before);
    });

    it('goes when the node is no ending any more, and stays through other changes', async () => {
      const { id } = await add({ type: 'ENDING', endingKind: 'BAD' });
      expect(await update(id, { revision: 1, title: 'Still' })).toMatchObject({
        endingKind: 'BAD',
      });
      expect(await update(id, { revision: 2, type: 'CHOICE' })).toMatchObject({
        type: 'CHOICE',
        isEnding: false,
        endingKind: null,
      });
      expect(await update(id, { revision: 3, type: 'ENDING' })).toMatchObject({
        isEnding: true,
        endingKind: null,
      });
    });

    it('may come together with the type, and go by null', async () => {
      const { id } = await add();
      expect(await update(id, { revision: 1, type: 'ENDING', endingKind: 'GOOD' })).toMatchObject({
        endingKind: 'GOOD',
      });
      expect(await update(id, { revision: 2, endingKind: null })).toMatchObject({
        type: 'ENDING',
        endingKind: null,
      });
    });
  });

  describe('deleteNode', () => {
    const CHOICES = `query ($storyId: ID!) {
      story(id: $storyId) { draft {
        nodes { nodes { key choices { letter text toNode { key } } } }
        choices { nodes { text } totalCount }
      } }
    }`;

    it('deletes its own choices, and leaves those that led to it leading nowhere', async () => {
      const story = await talegraph.factory.newStory(person, {
        nodes: { start: ['middle', 'end'], middle: ['end', 'start'], end: [] },
        published: false,
      });
      expect(await author.get(DELETE, { id: story.node('middle') })).toEqual({ deleteNode: true });
      const { draft } = (await author.get(CHOICES, { storyId: story.id })).story;
      expect(draft.nodes.nodes).toEqual([
        {
          key: 'start',
          choices: [
            { letter: 'A', text: 'Go to middle', toNode: null },
            { letter: 'B', text: 'Go to end', toNode: { key: 'end' } },
          ],
        },
        { key: 'end', choices: [] },
      ]);
      expect(draft.choices).toEqual({
        nodes: [{ text: 'Go to middle' }, { text: 'Go to end' }],
        totalCount: 2,
      });
    });

    it('frees its key and the start mark', async () => {
      const { id } = await add({ key: 'hall' });
      await add({ key: 'cellar' });
      await author.get(DELETE, { id });
      expect((await draft()).startNode).toBeNull();
      expect(await add({ key: 'hall', isStart: true })).toMatchObject({
        key: 'hall',
        isStart: true,
      });
    });

    it('is refused on another revision, and deletes nothing', async () => {
      const { id } = await add();
      await update(id, { revision: 1, title: 'Changed' });
      const before = await fingerprint(talegraph.database);
      const { extensions } = await author.fail(DELETE, { id, revision: 1 });
      expect(extensions).toMatchObject({
        code: 'CONFLICT',
        current: { id, title: 'Changed', revision: 2 },
      });
      expect(await fingerprint(talegraph.database)).toEqual(before);
      expect(await author.get(DELETE, { id, revision: 2 })).toEqual({ deleteNode: true });
      expect((await author.fail(DELETE, { id })).extensions).toMatchObject({
        code: 'CONFLICT',
        deletion: { changeId: expect.any(String) },
      });
    });
  });

  it('are for the author alone: others change nothing', async () => {
    const other = talegraph.client.as((await talegraph.factory.newAuthor()).token);
    const draftStory = await talegraph.factory.newStory(person, { published: false });
    const published = await talegraph.factory.newStory(person);
    const before = await fingerprint(talegraph.database);
    for (const [story, code] of [
      [draftStory, 'NOT_FOUND'],
      [published, 'FORBIDDEN'],
    ] as const) {
      const id = story.node('start');
      const refusals = [
        await other.fail(ADD, { storyId: story.id, input: NODE }),
        await other.fail(UPDATE, { id, input: { revision: 1, title: 'Mine' } }),
        await other.fail(DELETE, { id }),
      ];
      expect(refusals.map(({ extensions }) => extensions)).toEqual([{ code }, { code }, { code }]);
    }
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });
});
