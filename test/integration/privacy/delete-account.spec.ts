import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Storage } from '../../../src/media/storage/storage.js';
import { FollowService } from '../../../src/social/follows/follow.service.js';
import { FactCounter } from '../../../src/stats/counting/fact-counter.js';
import { startApp, type TestApp } from '../../support/app.js';
import { countedTables } from '../../support/counted-tables.js';
import type { Person } from '../../support/factory.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { Player } from '../../support/player.js';

const REGISTER = `mutation ($input: RegisterInput!) {
  register(input: $input) { accessToken refreshToken user { id username } }
}`;
const LOGIN = `mutation ($identifier: String!, $password: String!) {
  login(input: { identifier: $identifier, password: $password }) { accessToken }
}`;
const DELETE = 'mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) }';
const PASSWORD = 'a lantern in the fog';

describe('deleteAccount', () => {
  let talegraph: TestApp;
  let count = 0;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  /** Somebody who has registered, with their user’s number. */
  async function registered() {
    const username = `leaver-${++count}`;
    const input = { username, email: `${username}@example.org`, password: PASSWORD };
    const { register } = await talegraph.client.get(REGISTER, { input });
    const userId = Number(register.user.id.split('_')[1]);
    const client = talegraph.client.as(register.accessToken);
    const viewer = { userId, role: 'user', sessionId: 0 } as const;
    const person: Person = {
      ...{ id: register.user.id, username, token: register.accessToken, viewer },
    };
    return { ...input, client, person, userId };
  }

  async function erased(client: GraphqlClient, input: object): Promise<void> {
    expect(await client.get(DELETE, { input })).toEqual({ deleteAccount: true });
    await allErased();
  }

  /** Does at once what waits until every server has forgotten the sessions. */
  async function allErased(): Promise<void> {
    await talegraph.database.query(
      `UPDATE pgboss.job SET start_after = now() WHERE name = 'erase-account'`,
    );
    const waiting = `SELECT 1 FROM pgboss.job WHERE name = 'erase-account' AND state <> 'completed'`;
    while ((await talegraph.database.query(waiting)).length > 0) await setTimeout(50);
  }

  it('asks for the name and the password, and changes nothing where one is wrong', async () => {
    const { client, username } = await registered();
    for (const [input, path] of [
      [{ username: 'leaver', currentPassword: PASSWORD }, 'input.username'],
      [{ username, currentPassword: 'not it' }, 'input.currentPassword'],
      [{ username }, 'input.currentPassword'],
    ] as const) {
      const { extensions } = await client.fail(DELETE, { input });
      expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
    }
    expect((await client.get('{ me { username } }')).me).toEqual({ username });
  });

  it('is not for administrators', async () => {
    const admin = await talegraph.factory.newAdmin();
    const client = talegraph.client.as(admin.token);
    const { extensions } = await client.fail(DELETE, { input: { username: admin.username } });
    expect(extensions.code).toBe('CONFLICT');
  });

  it('signs out everywhere at once, and frees name and address', async () => {
    const { client, username, email, person } = await registered();
    await talegraph.client.get(LOGIN, { identifier: email, password: PASSWORD });
    await erased(client, { username, currentPassword: PASSWORD });
    expect((await client.fail('{ me { username } }')).extensions.code).toBe('UNAUTHENTICATED');
    const refused = await talegraph.client.fail(LOGIN, { identifier: email, password: PASSWORD });
    expect(refused.extensions.code).toBe('UNAUTHENTICATED');
    const input = { username, email, password: PASSWORD };
    const { register } = await talegraph.client.get(REGISTER, { input });
    expect(register.user.id).not.toBe(person.id);
  });

  it('takes what another server still wrote that had not forgotten the session', async () => {
    const { client, username, person, userId } = await registered();
    const other = await talegraph.factory.newReader();
    await client.get(DELETE, { input: { username, currentPassword: PASSWORD } });
    // Jobs that do not wait are done within a second.
    await setTimeout(2500);
    await talegraph.app.get(FollowService).follow(person.viewer, other.viewer.userId);
    await allErased();
    const follows = await talegraph.database.query('SELECT FROM follows WHERE follower_id = $1', [
      userId,
    ]);
    expect(follows).toEqual([]);
  });

  it('is done again and again while the files of the account cannot be reached', async () => {
    const { client, username, userId } = await registered();
    const storage = talegraph.app.get(Storage);
    const remove = storage.delete.bind(storage);
    let calls = 0;
    try {
      storage.delete = () => {
        calls += 1;
        return Promise.reject(new Error('The storage is away.'));
      };
      await client.get('mutation { requestDataExport { id } }');
      await client.get(DELETE, { input: { username, currentPassword: PASSWORD } });
      await talegraph.database.query(
        `UPDATE pgboss.job SET start_after = now(), retry_count = 4 WHERE name = 'erase-account'`,
      );
      while (calls === 0) await setTimeout(50);
    } finally {
      storage.delete = remove;
    }
    await setTimeout(500);
    await allErased();
    const exports = 'SELECT FROM data_exports WHERE user_id = $1';
    expect(await talegraph.database.query(exports, [userId])).toEqual([]);
  });

  it('takes a guest without a password', async () => {
    const guest = await talegraph.factory.newGuest();
    await erased(talegraph.client.as(guest.token), { username: guest.username });
  });

  it('leaves no name, address or word behind, and every figure of others as it was', async () => {
    const { factory, client: anybody, database } = talegraph;
    const leaver = await registered();
    const { person } = leaver;
    const story = await factory.newStory(await factory.newAuthor(), {
      nodes: { a: ['b', 'c'], b: [], c: [] },
    });
    const player = new Player(anybody, person, story);
    const { id } = await player.start();
    await player.choose(id, 0, ['a', 'b']);
    await talegraph.counted();
    const text = 'words that nobody else wrote';
    await anybody.as((await factory.newAdmin()).token).get(
      `mutation ($userId: ID!, $input: UpdateUserStatsInput!) {
         updateUserStats(userId: $userId, input: $input) { xp } }`,
      { userId: person.id, input: { reason: text, totalChoicesMade: 1 } },
    );
    const figures = unranked(await countedTables(database));
    await leaver.client.get(
      `mutation ($input: CreateStoryInput!) { createStory(input: $input) { id } }`,
      {
        input: {
          ...{ title: text, description: text, category: 'fantasy', difficultyLevel: 'EASY' },
        },
      },
    );
    await database.query(
      `UPDATE progress_steps SET outcome = jsonb_build_object('answer', $2::text, 'set', jsonb_build_object('name', $2::text))
       WHERE progress_id = $1`,
      [Number(id.split('_')[1]), text],
    );

    await erased(leaver.client, { username: leaver.username, currentPassword: PASSWORD });

    const tables: { table: string }[] = await database.query(
      `SELECT quote_ident(relname) AS table FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    );
    for (const { table } of tables) {
      const found = await database.query(
        `SELECT '${table}' AS table, row_to_json(${table})::text AS row FROM ${table}
         WHERE row_to_json(${table})::text LIKE ANY($1)`,
        [[`%${leaver.username}%`, `%${text}%`]],
      );
      expect(found).toEqual([]);
    }
    const left = unranked(await countedTables(database));
    expect(left).toEqual(figures);
    await talegraph.app.get(FactCounter).rebuild(() => undefined);
    const rebuilt = unranked(await countedTables(database));
    // A step that set variables by hand was aided: that is told of the finish, and stays so.
    expect({ ...rebuilt, story_finishes: undefined }).toEqual({
      ...left,
      story_finishes: undefined,
      story_bests: [],
    });
  });

  it('gives stories to whoever edits them, keeps what is published, and deletes other drafts', async () => {
    const { factory, client: anybody } = talegraph;
    const leaver = await registered();
    const editor = await factory.newAuthor();
    const viewer = await factory.newAuthor();
    const shared = await factory.newStory(leaver.person, { published: false });
    await factory.share(leaver.person, shared, viewer, 'viewer');
    await factory.share(leaver.person, shared, editor, 'editor');
    const kept = await factory.newStory(leaver.person);
    const draft = await factory.newStory(leaver.person, { published: false });

    await erased(leaver.client, { username: leaver.username, currentPassword: PASSWORD });

    const STORY = 'query ($id: ID!) { story(id: $id) { author { username } } }';
    const look = (client: GraphqlClient, { id }: { id: string }) => client.get(STORY, { id });
    expect((await look(anybody.as(editor.token), shared)).story.author.username).toBe(
      editor.username,
    );
    expect((await look(anybody.as(viewer.token), shared)).story.author.username).toBe(
      editor.username,
    );
    expect((await look(anybody, kept)).story.author.username).toMatch(/^deleted-/);
    const admin = await factory.newAdmin();
    const gone = await anybody.as(admin.token).fail(STORY, { id: draft.id });
    expect(gone.extensions.code).toBe('NOT_FOUND');
  });

  it('takes published stories out of sight where asked, and lets readers go on', async () => {
    const { factory, client: anybody } = talegraph;
    const leaver = await registered();
    const story = await factory.newStory(leaver.person, { nodes: { a: ['b'], b: [] } });
    const player = new Player(anybody, await factory.newReader(), story);
    const { id } = await player.start();
    await erased(leaver.client, {
      ...{ username: leaver.username, currentPassword: PASSWORD, publishedStories: 'UNPUBLISH' },
    });
    const hidden = await anybody.fail('query ($id: ID!) { story(id: $id) { id } }', {
      id: story.id,
    });
    expect(hidden.extensions.code).toBe('NOT_FOUND');
    expect(await player.choose(id, 0, ['a', 'b'])).toBeDefined();
  });

  it('takes the words of reviews, replies and votes, and leaves the stars', async () => {
    const { client, person, username } = await registered();
    const { factory } = talegraph;
    const [reader, author] = [await factory.newReader(), await factory.newAuthor()];
    const story = await factory.newStory(author);
    const own = await factory.newStory(person);
    const id = await factory.review(story, person, 4, 'I was here.');
    const other = await factory.review(own, reader, 5, 'Good.');
    const reply =
      'mutation ($id: ID!, $text: String!) { replyToReview(id: $id, text: $text) { id } }';
    await talegraph.client.as(author.token).get(reply, { id, text: `Thanks, ${username}.` });
    await client.get(reply, { id: other, text: 'Thanks.' });
    await client.get('mutation ($id: ID!) { markReviewHelpful(id: $id) { id } }', { id: other });
    await erased(client, { username, currentPassword: PASSWORD, publishedStories: 'KEEP' });

    const query = `query ($id: ID!) { story(id: $id) { rating { average count }
      reviews { nodes { text helpfulCount reply { text } } } } }`;
    expect((await talegraph.client.get(query, { id: story.id })).story).toEqual({
      rating: { average: 4, count: 1 },
      reviews: { nodes: [] },
    });
    expect((await talegraph.client.get(query, { id: own.id })).story.reviews.nodes).toEqual([
      { text: 'Good.', helpfulCount: 0, reply: null },
    ]);
  });
});

/** Figures without who is ranked by them: who has left is not. */
function unranked({ standings: _, ...tables }: Record<string, unknown[]>) {
  return JSON.parse(
    JSON.stringify(tables, (key, value) => (key === 'is_ranked' ? undefined : value)),
  );
}
