import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { atOnce, codesOf } from '../../support/at-once.js';
import type { Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { untilSomeWait } from '../../support/locks.js';

const change = (operation: string) =>
  `mutation ($id: ID!) { ${operation}(userId: $id) { id isFollowed isBlocked } }`;
const FOLLOW = change('followUser');
const UNFOLLOW = change('unfollowUser');
const BLOCK = change('blockUser');
const UNBLOCK = change('unblockUser');
const PROFILE = `query ($id: ID!) { user(id: $id) {
  id username isFollowed isBlocked
  followers { totalCount nodes { username } } following { totalCount nodes { username } }
} }`;
const BLOCKED = '{ blockedUsers { totalCount nodes { username isBlocked } } }';

describe('follows', () => {
  let talegraph: TestApp;
  let ada: Person;
  let ben: Person;
  let asAda: GraphqlClient;
  let asBen: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    ada = await talegraph.factory.newReader();
    ben = await talegraph.factory.newAuthor();
    asAda = talegraph.client.as(ada.token);
    asBen = talegraph.client.as(ben.token);
  });

  const profile = async ({ id }: Person, client = asAda) =>
    (await client.get(PROFILE, { id })).user;
  const stored = () =>
    talegraph.database.query<unknown[]>(
      `SELECT user_id FROM follow_counts
       WHERE followers <> (SELECT count(*) FROM follows WHERE followed_id = user_id)
          OR following <> (SELECT count(*) FROM follows WHERE follower_id = user_id)`,
    );

  it('stand on both sides, for all to see, once however often they are made', async () => {
    for (let i = 0; i < 2; i++) {
      expect((await asAda.get(FOLLOW, ben)).followUser).toEqual({
        id: ben.id,
        isFollowed: true,
        isBlocked: false,
      });
    }
    expect(await profile(ben)).toEqual({
      id: ben.id,
      username: ben.username,
      isFollowed: true,
      isBlocked: false,
      followers: { totalCount: 1, nodes: [{ username: ada.username }] },
      following: { totalCount: 0, nodes: [] },
    });
    expect(await profile(ada, talegraph.client)).toMatchObject({
      isFollowed: false,
      following: { totalCount: 1, nodes: [{ username: ben.username }] },
    });
    for (let i = 0; i < 2; i++) {
      expect((await asAda.get(UNFOLLOW, ben)).unfollowUser.isFollowed).toBe(false);
    }
    expect((await profile(ben)).followers).toEqual({ totalCount: 0, nodes: [] });
  });

  it('come in pages, the latest first', async () => {
    const others = [];
    for (let i = 0; i < 5; i++) {
      others.push(await talegraph.factory.newReader());
      await asAda.get(FOLLOW, others[i]);
    }
    const page = async (after?: string) =>
      (
        await asAda.get(
          `query ($id: ID!, $after: String) { user(id: $id) { following(first: 2, after: $after) {
             nodes { id } pageInfo { hasNextPage endCursor } } } }`,
          { id: ada.id, after },
        )
      ).user.following;
    const seen: string[] = [];
    for (let after: string | undefined, more = true; more;) {
      const { nodes, pageInfo } = await page(after);
      seen.push(...nodes.map(({ id }: { id: string }) => id));
      ({ hasNextPage: more, endCursor: after } = pageInfo);
    }
    expect(seen).toEqual(others.map(({ id }) => id).reverse());
  });

  it('are counted exactly while many come and go at once, both ways', async () => {
    const fans = [];
    for (let i = 0; i < 6; i++) fans.push(await talegraph.factory.newReader());
    await Promise.all(
      fans.flatMap((fan) => {
        const asFan = talegraph.client.as(fan.token);
        return [
          atOnce(asFan, 3, FOLLOW, () => ben),
          atOnce(asBen, 3, FOLLOW, () => fan),
          atOnce(asFan, 2, UNFOLLOW, () => ben),
        ];
      }),
    );
    expect(await stored()).toEqual([]);
    for (const fan of fans) await talegraph.client.as(fan.token).get(FOLLOW, ben);
    expect(await profile(ben)).toMatchObject({
      followers: { totalCount: 6 },
      following: { totalCount: 6 },
    });
  });

  it('are 5,000 at most, also of calls that come at once', async () => {
    await talegraph.database.query(
      `WITH people AS (
         INSERT INTO users (username, role) SELECT 'crowd-' || i, 'user' FROM generate_series(1, 4999) AS i
         RETURNING user_id
       ), followed AS (INSERT INTO follows (follower_id, followed_id) SELECT $1, user_id FROM people)
       INSERT INTO follow_counts (user_id, followers, following)
       SELECT user_id, 1, 0 FROM people UNION ALL SELECT $1, 0, 4999`,
      [ada.viewer.userId],
    );
    const others = [ben, await talegraph.factory.newReader(), await talegraph.factory.newReader()];
    expect(codesOf(await atOnce(asAda, 3, FOLLOW, (i) => others[i]!))).toEqual([
      'CONFLICT',
      'CONFLICT',
    ]);
    expect((await profile(ada)).following.totalCount).toBe(5000);
    expect(await stored()).toEqual([]);
  });

  it('are refused of oneself, of nobody, of guests, and by guests, and nothing changes', async () => {
    const guest = await talegraph.factory.newGuest();
    const before = await fingerprint(talegraph.database);
    const { extensions } = await asAda.fail(FOLLOW, ada);
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'userId' }] });
    for (const id of ['usr_999999', guest.id]) {
      expect((await asAda.fail(FOLLOW, { id })).extensions.code).toBe('NOT_FOUND');
      expect((await asAda.fail(PROFILE, { id })).extensions.code).toBe('NOT_FOUND');
    }
    const asGuest = talegraph.client.as(guest.token);
    expect((await asGuest.fail(FOLLOW, ben)).extensions.code).toBe('FORBIDDEN');
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('end where one blocks the other, and do not begin anew until that is taken back', async () => {
    await asAda.get(FOLLOW, ben);
    await asBen.get(FOLLOW, ada);
    expect((await asBen.get(BLOCK, ada)).blockUser).toEqual({
      id: ada.id,
      isFollowed: false,
      isBlocked: true,
    });
    await asBen.get(BLOCK, ada);
    for (const person of [ada, ben]) {
      expect(await profile(person)).toMatchObject({
        followers: { totalCount: 0, nodes: [] },
        following: { totalCount: 0, nodes: [] },
      });
    }
    expect((await asAda.fail(FOLLOW, ben)).extensions.code).toBe('FORBIDDEN');
    expect((await asBen.fail(FOLLOW, ada)).extensions.code).toBe('CONFLICT');
    expect((await asBen.get(BLOCKED)).blockedUsers).toEqual({
      totalCount: 1,
      nodes: [{ username: ada.username, isBlocked: true }],
    });
    // Who is kept away is not told so by any list.
    expect((await asAda.get(BLOCKED)).blockedUsers.totalCount).toBe(0);
    expect((await profile(ben)).isBlocked).toBe(false);
    expect((await asBen.get(UNBLOCK, ada)).unblockUser.isBlocked).toBe(false);
    expect((await asAda.get(FOLLOW, ben)).followUser.isFollowed).toBe(true);
  });

  it('never stand beside a block, though both are made at once', async () => {
    for (let i = 0; i < 10; i++) {
      await Promise.all([atOnce(asAda, 2, FOLLOW, () => ben), atOnce(asBen, 2, BLOCK, () => ada)]);
      expect((await profile(ben)).followers.totalCount).toBe(0);
      await asBen.get(UNBLOCK, ada);
    }
    expect(await stored()).toEqual([]);
  });

  it('are none of somebody who deletes their account meanwhile', async () => {
    const { userId } = ben.viewer;
    const leaving = talegraph.database.createQueryRunner();
    await leaving.startTransaction();
    await leaving.query(`UPDATE users SET role = 'guest' WHERE user_id = $1`, [userId]);
    const refused = asAda.fail(FOLLOW, ben);
    await untilSomeWait(talegraph.database);
    await leaving.commitTransaction();
    await leaving.release();
    expect((await refused).extensions.code).toBe('NOT_FOUND');
    const follows = 'SELECT FROM follows WHERE followed_id = $1';
    expect(await talegraph.database.query(follows, [userId])).toEqual([]);
  });

  it('find people by name too, in any case of letters, never by address', async () => {
    const find = `query ($username: String) { user(username: $username) { id } }`;
    expect(
      (await talegraph.client.get(find, { username: ben.username.toUpperCase() })).user,
    ).toEqual({ id: ben.id });
    const address = { username: `${ben.username}@example.org` };
    expect((await talegraph.client.fail(find, address)).extensions.code).toBe('NOT_FOUND');
    expect((await talegraph.client.fail(find)).extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'id' }],
    });
  });
});
