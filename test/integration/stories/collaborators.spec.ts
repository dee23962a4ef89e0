import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';

const STORY = `query ($id: ID!) {
  story(id: $id) { myRole draft { nodes { totalCount } } collaborators { role user { username } addedBy { username } }
    invitations { email } publishedVersion { publishedBy { username } validation { isValid } } }
}`;
const SET_ROLE = `mutation ($storyId: ID!, $userId: ID!, $role: CollaboratorRole!) {
  setCollaboratorRole(storyId: $storyId, userId: $userId, role: $role) { role user { id } }
}`;
const REMOVE = `mutation ($storyId: ID!, $userId: ID!) { removeCollaborator(storyId: $storyId, userId: $userId) }`;
const UPDATE = `mutation ($id: ID!, $title: String!, $revision: Int!) {
  updateNode(id: $id, input: { title: $title, revision: $revision }) { revision }
}`;

describe('collaborators', () => {
  let talegraph: TestApp;
  let people: Readonly<Record<'owner' | 'editor' | 'viewer' | 'stranger', Person>>;
  let clients: Readonly<Record<keyof typeof people, GraphqlClient>>;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    const { factory, client } = talegraph;
    people = {
      owner: await factory.newAuthor(),
      editor: await factory.newAuthor(),
      viewer: await factory.newAuthor(),
      stranger: await factory.newAuthor(),
    };
    clients = {
      owner: client.as(people.owner.token),
      editor: client.as(people.editor.token),
      viewer: client.as(people.viewer.token),
      stranger: client.as(people.stranger.token),
    };
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    const { factory } = talegraph;
    story = await factory.newStory(people.owner, { spoilerGuard: true });
    await factory.share(people.owner, story, people.editor, 'editor');
    await factory.share(people.owner, story, people.viewer, 'viewer');
  });

  it.each([
    ['owner', 'OWNER', []],
    ['editor', 'EDITOR', null],
    ['viewer', 'VIEWER', null],
  ] as const)('the %s sees the draft and who works on it', async (who, myRole, invitations) => {
    expect((await clients[who].get(STORY, { id: story.id })).story).toEqual({
      myRole,
      draft: { nodes: { totalCount: 2 } },
      collaborators: [
        {
          role: 'EDITOR',
          user: { username: people.editor.username },
          addedBy: { username: people.owner.username },
        },
        {
          role: 'VIEWER',
          user: { username: people.viewer.username },
          addedBy: { username: people.owner.username },
        },
      ],
      invitations,
      publishedVersion: {
        publishedBy: { username: people.owner.username },
        validation: { isValid: true },
      },
    });
  });

  it('strangers see none of it', async () => {
    expect((await clients.stranger.get(STORY, { id: story.id })).story).toEqual({
      myRole: null,
      draft: null,
      collaborators: null,
      invitations: null,
      publishedVersion: { publishedBy: null, validation: null },
    });
  });

  it('are not held up by the spoiler guard, as readers are', async () => {
    const query = `query ($id: ID!) { story(id: $id) { nodes { nodes { key } } } }`;
    const keys = async (client: GraphqlClient) =>
      (await client.get(query, { id: story.id })).story.nodes.nodes.map(({ key }: any) => key);
    expect(await keys(clients.viewer)).toEqual(['start', 'end']);
    expect(await keys(clients.stranger)).toEqual([]);
  });

  it('cost the readers of published stories nothing', async () => {
    const { id } = await talegraph.factory.newStory(people.owner);
    await clients.stranger.get('{ me { id } }');
    const statements = await talegraph.statements.during(() =>
      clients.stranger.get(`query ($id: ID!) { story(id: $id) { title startNode { key } } }`, {
        id,
      }),
    );
    expect(statements).not.toEqual([]);
    expect(statements.filter((sql) => sql.includes('story_collaborators'))).toEqual([]);
  });

  it('find the stories of others that they work on, published or not', async () => {
    const { factory, client } = talegraph;
    const newcomer = await factory.newAuthor();
    const list = `{ myStories { totalCount nodes { id isPublished } }
      sharedStories { totalCount nodes { id myRole isPublished } } draftStories { totalCount } }`;
    const draft = await factory.newStory(people.owner, { published: false });
    await factory.share(people.owner, draft, newcomer, 'viewer');
    await factory.share(people.owner, story, newcomer, 'editor');
    const own = await factory.newStory(newcomer);
    expect(await client.as(newcomer.token).get(list)).toEqual({
      myStories: { totalCount: 1, nodes: [{ id: own.id, isPublished: true }] },
      sharedStories: {
        totalCount: 2,
        nodes: [
          { id: draft.id, myRole: 'VIEWER', isPublished: false },
          { id: story.id, myRole: 'EDITOR', isPublished: true },
        ],
      },
      draftStories: { totalCount: 0 },
    });
  });

  it('lose what they might do at once when they are removed, though their session lives', async () => {
    const change = { id: story.node('start'), title: 'By the editor', revision: 1 };
    await clients.editor.get(UPDATE, change);
    await clients.owner.get(REMOVE, { storyId: story.id, userId: people.editor.id });
    const before = await fingerprint(talegraph.database);
    const { extensions } = await clients.editor.fail(UPDATE, { ...change, revision: 2 });
    expect(extensions).toEqual({ code: 'FORBIDDEN' });
    expect((await clients.editor.get(STORY, { id: story.id })).story.draft).toBeNull();
    expect((await clients.editor.get('{ me { id } }')).me.id).toBe(people.editor.id);
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('may write from the moment at which they become editors, and no longer when they become viewers', async () => {
    const change = { id: story.node('end'), title: 'By the viewer', revision: 1 };
    expect((await clients.viewer.fail(UPDATE, change)).extensions.code).toBe('FORBIDDEN');
    const viewer = { storyId: story.id, userId: people.viewer.id };
    expect(await clients.owner.get(SET_ROLE, { ...viewer, role: 'EDITOR' })).toEqual({
      setCollaboratorRole: { role: 'EDITOR', user: { id: people.viewer.id } },
    });
    expect((await clients.viewer.get(UPDATE, change)).updateNode.revision).toBe(2);
    await clients.owner.get(SET_ROLE, { ...viewer, role: 'VIEWER' });
    expect((await clients.viewer.fail(UPDATE, change)).extensions.code).toBe('FORBIDDEN');
  });

  it('may leave, and take nobody with them', async () => {
    const remove = (who: keyof typeof clients, whom: keyof typeof people) =>
      clients[who].send(REMOVE, { storyId: story.id, userId: people[whom].id });
    expect((await remove('editor', 'viewer')).errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await remove('viewer', 'viewer')).data).toEqual({ removeCollaborator: true });
    expect((await remove('viewer', 'viewer')).errors[0]?.extensions.code).toBe('FORBIDDEN');
    const { collaborators } = (await clients.owner.get(STORY, { id: story.id })).story;
    expect(collaborators.map(({ role }: any) => role)).toEqual(['EDITOR']);
  });

  it.each([
    ['setCollaboratorRole', SET_ROLE],
    ['removeCollaborator', REMOVE],
  ])('%s refuses who is none, the owner among them', async (_, mutation) => {
    const before = await fingerprint(talegraph.database);
    for (const { id } of [people.stranger, people.owner]) {
      const { extensions } = await clients.owner.fail(mutation, {
        storyId: story.id,
        userId: id,
        ...(mutation === SET_ROLE && { role: 'EDITOR' }),
      });
      expect(extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [
          {
            path: 'userId',
            message: 'must be a collaborator of the story, as Story.collaborators lists them',
          },
        ],
      });
    }
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('acknowledge findings only as editors', async () => {
    const acknowledge = `mutation ($id: ID!) {
      acknowledgeFinding(storyId: $id, findingId: "x", isAcknowledged: false) { isValid }
    }`;
    expect((await clients.viewer.fail(acknowledge, story)).extensions.code).toBe('FORBIDDEN');
    expect(await clients.editor.get(acknowledge, story)).toEqual({
      acknowledgeFinding: { isValid: true },
    });
  });
});
