import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { everyPage } from '../../support/pages.js';

const ADD = `mutation ($input: AddCommentInput!) { addComment(input: $input) {
  id threadId text textHtml editedAt isDeleted resolvedAt author { username }
  place { of nodeId nodeKey choiceId letter isDeleted }
} }`;
const REPLY = `mutation ($id: ID!, $text: String!) { replyToComment(id: $id, text: $text) { id threadId } }`;
const UPDATE = `mutation ($id: ID!, $text: String!) { updateComment(id: $id, text: $text) { text editedAt } }`;
const DELETE = `mutation ($id: ID!) { deleteComment(id: $id) }`;
const RESOLVE = `mutation ($id: ID!) { resolveComment(id: $id) { id resolvedAt resolvedBy { username } } }`;
const REOPEN = `mutation ($id: ID!) { reopenComment(id: $id) { id resolvedAt resolvedBy { username } } }`;
const THREADS = `query ($storyId: ID!, $filter: CommentFilter, $first: Int = 20, $after: String) {
  comments(storyId: $storyId, filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes {
      id text isDeleted author { username } place { of nodeKey letter isDeleted }
      replies { totalCount nodes { text threadId author { username } } }
    }
  }
}`;
type Who = 'owner' | 'editor' | 'viewer' | 'stranger';

describe('comments', () => {
  let talegraph: TestApp;
  let people: Readonly<Record<Who, Person>>;
  let clients: Readonly<Record<Who, GraphqlClient>>;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    const { factory, client } = talegraph;
    const made = await Promise.all(Array.from({ length: 4 }, () => factory.newAuthor()));
    const names = ['owner', 'editor', 'viewer', 'stranger'] as const;
    people = Object.fromEntries(names.map((name, i) => [name, made[i]])) as typeof people;
    clients = Object.fromEntries(
      names.map((name, i) => [name, client.as(made[i]!.token)]),
    ) as typeof clients;
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    const { factory } = talegraph;
    story = await factory.newStory(people.owner, { nodes: { start: ['end', 'end'], end: [] } });
    await factory.share(people.owner, story, people.editor, 'editor');
    await factory.share(people.owner, story, people.viewer, 'viewer');
  });

  const add = async (who: Who, input: object): Promise<any> =>
    (await clients[who].get(ADD, { input: { text: 'So?', ...input } })).addComment;
  const reply = async (who: Who, id: string, text = 'Yes.') =>
    (await clients[who].get(REPLY, { id, text })).replyToComment;
  const threads = async (filter: object = {}, who: Who = 'viewer') =>
    (await clients[who].get(THREADS, { storyId: story.id, filter })).comments;
  const texts = async (filter: object = {}) =>
    (await threads(filter)).nodes.map(({ text }: any) => text);
  const codeOf = async (who: Who, operation: string, variables: object) =>
    (await clients[who].fail(operation, variables)).extensions.code;

  it('are made about a story, a node or a choice, and say about what', async () => {
    const nodeId = story.node('start');
    const choiceId = story.choice('start', 'end');
    const nowhere = { nodeId: null, nodeKey: null, choiceId: null, letter: null };
    const places = {
      storyId: { ...nowhere, of: 'STORY', isDeleted: false },
      nodeId: { ...nowhere, of: 'NODE', nodeId, nodeKey: 'start', isDeleted: false },
      choiceId: { of: 'CHOICE', nodeId, nodeKey: 'start', choiceId, letter: 'A', isDeleted: false },
    };
    const ids = { storyId: story.id, nodeId, choiceId };
    for (const [name, place] of Object.entries(places)) {
      const input = { [name]: ids[name as keyof typeof ids], text: ' Is *this* <b>so</b>? ' };
      expect(await add('viewer', input)).toEqual({
        id: expect.stringMatching(/^cmt_\d+$/),
        threadId: null,
        text: 'Is *this* <b>so</b>?',
        textHtml: '<p>Is <em>this</em> &lt;b&gt;so&lt;/b&gt;?</p>\n',
        editedAt: null,
        isDeleted: false,
        resolvedAt: null,
        author: { username: people.viewer.username },
        place,
      });
    }
    expect((await threads()).nodes.map(({ place }: any) => place.of)).toEqual([
      'CHOICE',
      'NODE',
      'STORY',
    ]);
  });

  it.each([
    ['no place', () => ({}), 'input'],
    ['two places', () => ({ storyId: story.id, nodeId: story.node('end') }), 'input'],
    ['an id of another kind', () => ({ nodeId: story.id }), 'input.nodeId'],
    ['no text', () => ({ storyId: story.id, text: ' ' }), 'input.text'],
    ['5,001 characters', () => ({ storyId: story.id, text: 'x'.repeat(5001) }), 'input.text'],
  ])('refuse %s, and write nothing', async (_, input, path) => {
    const before = await fingerprint(talegraph.database);
    const { extensions } = await clients.viewer.fail(ADD, { input: { text: 'x', ...input() } });
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('take 5,000 characters', async () => {
    expect((await add('viewer', { storyId: story.id, text: 'x'.repeat(5000) })).text).toHaveLength(
      5000,
    );
  });

  it('make threads: a reply to a reply stands in the same one', async () => {
    const first = await add('viewer', { nodeId: story.node('end'), text: 'Why?' });
    const second = await reply('owner', first.id, 'Because.');
    const third = await reply('editor', second.id, 'Indeed.');
    expect([second.threadId, third.threadId]).toEqual([first.id, first.id]);
    expect(await threads()).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          text: 'Why?',
          replies: {
            totalCount: 2,
            nodes: [
              { text: 'Because.', threadId: first.id, author: { username: people.owner.username } },
              { text: 'Indeed.', threadId: first.id, author: { username: people.editor.username } },
            ],
          },
        },
      ],
    });
  });

  it('are listed by place, author and whether they are resolved, a page at a time', async () => {
    const nodeId = story.node('end');
    const choiceId = story.choice('start', 'end');
    await add('viewer', { storyId: story.id, text: 'story' });
    const { id } = await add('editor', { nodeId, text: 'node' });
    await add('viewer', { nodeId, text: 'node too' });
    await add('viewer', { choiceId, text: 'choice' });
    await clients.editor.get(RESOLVE, { id });
    expect(await texts()).toEqual(['choice', 'node too', 'node', 'story']);
    expect(await texts({ nodeId })).toEqual(['node too', 'node']);
    expect(await texts({ choiceId })).toEqual(['choice']);
    expect(await texts({ resolved: true })).toEqual(['node']);
    expect(await texts({ nodeId, resolved: false })).toEqual(['node too']);
    expect(await texts({ authorId: people.editor.id })).toEqual(['node']);
    const pages = await everyPage(clients.owner, THREADS, { storyId: story.id, first: 3 });
    expect(pages.map((nodes) => nodes.map(({ text }) => text))).toEqual([
      ['choice', 'node too', 'node'],
      ['story'],
    ]);
  });

  it('stand beside the nodes and choices of the draft, with their counts', async () => {
    const nodeId = story.node('start');
    const first = await add('viewer', { nodeId, text: 'first' });
    await add('viewer', { nodeId, text: 'second' });
    await add('viewer', { choiceId: story.choice('start', 'end'), text: 'of the choice' });
    await reply('owner', first.id);
    await clients.viewer.get(RESOLVE, { id: first.id });
    const query = `query ($id: ID!) { story(id: $id) { draft { nodes { nodes {
      all: comments(first: 1) { totalCount nodes { text } pageInfo { endCursor hasNextPage } }
      open: comments(resolved: false) { totalCount nodes { text } }
      choices { comments { totalCount nodes { text } } }
    } } } } }`;
    const [start, end] = (await clients.viewer.get(query, { id: story.id })).story.draft.nodes
      .nodes;
    expect(start).toEqual({
      all: {
        totalCount: 2,
        nodes: [{ text: 'second' }],
        pageInfo: { endCursor: expect.any(String), hasNextPage: true },
      },
      open: { totalCount: 1, nodes: [{ text: 'second' }] },
      choices: [
        { comments: { totalCount: 1, nodes: [{ text: 'of the choice' }] } },
        { comments: { totalCount: 0, nodes: [] } },
      ],
    });
    expect(end.all).toMatchObject({ totalCount: 0, nodes: [] });
    const next = `query ($id: ID!, $after: String!) { story(id: $id) { draft { node(key: "start") {
      comments(first: 1, after: $after) { nodes { text } pageInfo { hasNextPage } }
    } } } }`;
    const after = start.all.pageInfo.endCursor;
    expect((await clients.viewer.get(next, { id: story.id, after })).story.draft.node).toEqual({
      comments: { nodes: [{ text: 'first' }], pageInfo: { hasNextPage: false } },
    });
  });

  it('outlive edits, and what they are about', async () => {
    await add('viewer', { nodeId: story.node('start'), text: 'on the node' });
    await add('viewer', { choiceId: story.choice('start', 'end'), text: 'on its choice' });
    await clients.editor.get(
      `mutation ($id: ID!) { updateNode(id: $id, input: { key: "renamed", revision: 1 }) { id } }`,
      { id: story.node('start') },
    );
    const places = async () => (await threads()).nodes.map(({ place }: any) => place);
    expect(await places()).toEqual([
      { of: 'CHOICE', nodeKey: 'renamed', letter: 'A', isDeleted: false },
      { of: 'NODE', nodeKey: 'renamed', letter: null, isDeleted: false },
    ]);
    await clients.editor.get(`mutation ($id: ID!) { deleteNode(id: $id) }`, {
      id: story.node('start'),
    });
    expect(await places()).toEqual([
      { of: 'CHOICE', nodeKey: 'renamed', letter: 'A', isDeleted: true },
      { of: 'NODE', nodeKey: 'renamed', letter: null, isDeleted: true },
    ]);
    expect(await texts({ nodeId: story.node('start') })).toEqual(['on the node']);
    await reply('owner', (await threads()).nodes[0].id);
    expect(await codeOf('viewer', ADD, { input: { nodeId: story.node('start'), text: 'x' } })).toBe(
      'NOT_FOUND',
    );
  });

  it('are changed by who wrote them alone', async () => {
    const { id } = await add('viewer', { storyId: story.id, text: 'Befor' });
    for (const who of ['owner', 'editor'] as const) {
      expect(await codeOf(who, UPDATE, { id, text: 'Mine' })).toBe('FORBIDDEN');
    }
    const { updateComment } = await clients.viewer.get(UPDATE, { id, text: ' After ' });
    expect(updateComment).toEqual({ text: 'After', editedAt: expect.any(String) });
    const { extensions } = await clients.viewer.fail(UPDATE, { id, text: '' });
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'text' }] });
    expect(await texts()).toEqual(['After']);
  });

  it('are deleted by who wrote them, and by the owner of the story', async () => {
    const mine = await add('viewer', { storyId: story.id });
    const other = await add('viewer', { storyId: story.id });
    expect(await codeOf('editor', DELETE, mine)).toBe('FORBIDDEN');
    await clients.viewer.get(DELETE, mine);
    await clients.owner.get(DELETE, other);
    expect(await codeOf('viewer', DELETE, mine)).toBe('NOT_FOUND');
    expect((await threads()).totalCount).toBe(0);
  });

  it('leave the replies to them, until the last of these is deleted too', async () => {
    const first = await add('viewer', { storyId: story.id, text: 'Secret' });
    const second = await reply('owner', first.id, 'Kept');
    await clients.viewer.get(DELETE, { id: first.id });
    expect(await threads()).toMatchObject({
      totalCount: 1,
      nodes: [{ text: '', isDeleted: true, author: null, replies: { nodes: [{ text: 'Kept' }] } }],
    });
    expect(await codeOf('viewer', UPDATE, { id: first.id, text: 'Back' })).toBe('NOT_FOUND');
    expect(
      await talegraph.database.query(`SELECT FROM story_comments WHERE text = 'Secret'`),
    ).toEqual([]);
    await clients.owner.get(DELETE, { id: second.id });
    expect((await threads()).totalCount).toBe(0);
    expect(await codeOf('owner', REPLY, { id: first.id, text: 'Late' })).toBe('NOT_FOUND');
  });

  it('lose no reply that comes while the first comment is deleted', async () => {
    for (let i = 0; i < 10; i++) {
      const { id } = await add('viewer', { storyId: story.id });
      const [deleted, replied] = await Promise.all([
        clients.viewer.send(DELETE, { id }),
        clients.owner.send(REPLY, { id, text: 'In time?' }),
      ]);
      expect(deleted.errors).toEqual([]);
      const { nodes } = await threads();
      if (replied.errors.length === 0) {
        expect(nodes[0]).toMatchObject({ isDeleted: true, replies: { totalCount: 1 } });
        await clients.owner.get(DELETE, { id: replied.data.replyToComment.id });
      } else expect(replied.errors[0]!.extensions).toEqual({ code: 'NOT_FOUND' });
      expect((await threads()).nodes).toEqual([]);
    }
  });

  it('are resolved and reopened by who began the thread, and by editors', async () => {
    const mine = await add('viewer', { storyId: story.id });
    const theirs = await add('owner', { storyId: story.id });
    const answer = await reply('viewer', theirs.id);
    for (const operation of [RESOLVE, REOPEN]) {
      expect(await codeOf('viewer', operation, { id: answer.id })).toBe('FORBIDDEN');
    }
    expect((await clients.viewer.get(RESOLVE, mine)).resolveComment).toEqual({
      id: mine.id,
      resolvedAt: expect.any(String),
      resolvedBy: { username: people.viewer.username },
    });
    // By any comment of the thread; resolving it again leaves who was first.
    expect((await clients.editor.get(RESOLVE, answer)).resolveComment.id).toBe(theirs.id);
    expect((await clients.owner.get(RESOLVE, theirs)).resolveComment.resolvedBy).toEqual({
      username: people.editor.username,
    });
    expect((await clients.owner.get(REOPEN, theirs)).reopenComment).toEqual({
      id: theirs.id,
      resolvedAt: null,
      resolvedBy: null,
    });
    expect((await threads({ resolved: false })).totalCount).toBe(1);
  });

  it('ask once what a collaborator is to the story', async () => {
    const { id } = await add('editor', { storyId: story.id });
    for (const [operation, variables] of [
      [REPLY, { id, text: 'Yes.' }],
      [UPDATE, { id, text: 'So.' }],
      [RESOLVE, { id }],
      [REOPEN, { id }],
      [DELETE, { id }],
    ] as const) {
      const statements = await talegraph.statements.during(() =>
        clients.editor.get(operation, variables),
      );
      const ofRoles = statements.filter((text) => text.includes('story_collaborators'));
      expect([operation, ofRoles.length]).toEqual([operation, 1]);
    }
  });

  it('are nothing for those who work on the story no longer, their own neither', async () => {
    const { id } = await add('viewer', { storyId: story.id, text: 'Goodbye' });
    await clients.owner.get(
      `mutation ($storyId: ID!, $userId: ID!) { removeCollaborator(storyId: $storyId, userId: $userId) }`,
      { storyId: story.id, userId: people.viewer.id },
    );
    const before = await fingerprint(talegraph.database);
    for (const operation of [UPDATE, REPLY, DELETE, RESOLVE, REOPEN]) {
      expect(await codeOf('viewer', operation, { id, text: 'x' })).toBe('FORBIDDEN');
    }
    expect(await codeOf('viewer', THREADS, { storyId: story.id })).toBe('FORBIDDEN');
    expect(await fingerprint(talegraph.database)).toEqual(before);
    expect((await threads({}, 'editor')).nodes[0].text).toBe('Goodbye');
  });

  it('are at most 10,000 in a story', async () => {
    await talegraph.database.query(
      `INSERT INTO story_comments (story_id, user_id, text) SELECT $1, $2, 'x' FROM generate_series(1, 9999)`,
      [story.storyId, people.owner.viewer.userId],
    );
    const { id } = await add('viewer', { storyId: story.id });
    for (const [operation, variables, path] of [
      [ADD, { input: { storyId: story.id, text: 'x' } }, 'input'],
      [REPLY, { id, text: 'x' }, 'id'],
    ] as const) {
      expect((await clients.viewer.fail(operation, variables)).extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [
          {
            path,
            message: 'this story has 10000 comments, and none may have more; delete some',
          },
        ],
      });
    }
  });
});
