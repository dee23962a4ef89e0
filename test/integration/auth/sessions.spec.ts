import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SessionRepository } from '../../../src/auth/sessions/session.repository.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { Person } from '../../support/factory.js';
import { postGraphql } from '../../support/http.js';
import { everyPage } from '../../support/pages.js';
import { COME_AS_GUEST } from './accounts.js';

const LIST = `query ($first: Int! = 20, $after: String) {
  sessions(first: $first, after: $after) {
    totalCount
    nodes { id userAgent address createdAt lastUsed isCurrent }
    pageInfo { hasNextPage endCursor }
  }
}`;
const REVOKE = 'mutation ($id: ID!) { revokeSession(id: $id) }';

describe('sessions', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  /** Signs the person in on so many more devices. @returns their session ids, oldest first */
  async function signInOn(devices: readonly string[], { viewer }: Person): Promise<string[]> {
    const ids: string[] = [];
    for (const userAgent of devices) {
      const { sessionId } = await talegraph.app.get(SessionRepository).insert({
        userId: viewer.userId,
        userAgent,
        address: '192.0.2.1',
        expiresAt: new Date(Date.now() + 3_600_000),
      });
      ids.push(`ses_${sessionId}`);
    }
    return ids;
  }

  it('are listed page by page, the newest first', async () => {
    const { client, factory } = talegraph;
    const person = await factory.newReader();
    await signInOn(['someone else'], await factory.newReader());
    const others = await signInOn(['phone', 'tablet', 'desk', 'car'], person);
    const asPerson = client.as(person.token);
    const expected = [...others.reverse(), `ses_${person.viewer.sessionId}`];

    const pages = await everyPage(asPerson, LIST, { first: 2 });
    expect(pages.map((page) => page.map(({ id }) => id))).toEqual([
      expected.slice(0, 2),
      expected.slice(2, 4),
      expected.slice(4),
    ]);
    const { sessions } = await asPerson.get(LIST, { first: 2 });
    expect(sessions.totalCount).toBe(5);
  });

  it('tell their device and address, and which is the current one', async () => {
    const { client, factory } = talegraph;
    const person = await factory.newReader();
    const [phone] = await signInOn(['phone'], person);
    const { sessions } = await client.as(person.token).get(LIST);
    const time = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
    expect(sessions.nodes).toEqual([
      {
        id: phone,
        userAgent: 'phone',
        address: '192.0.2.1',
        createdAt: time,
        lastUsed: time,
        isCurrent: false,
      },
      {
        id: `ses_${person.viewer.sessionId}`,
        userAgent: 'test',
        address: '127.0.0.1',
        createdAt: time,
        lastUsed: time,
        isCurrent: true,
      },
    ]);
  });

  it('note the user agent that signed in', async () => {
    const { client, url } = talegraph;
    const { body } = await postGraphql(
      url,
      { query: COME_AS_GUEST },
      { 'user-agent': 'Reader/1.0 '.repeat(50) },
    );
    const { sessions } = await client.as(body.data.continueAsGuest.accessToken).get(LIST);
    expect(sessions.nodes).toMatchObject([
      { userAgent: 'Reader/1.0 '.repeat(50).slice(0, 300), address: '127.0.0.1' },
    ]);
  });

  it('leave out those revoked and expired', async () => {
    const { client, database, factory } = talegraph;
    const person = await factory.newReader();
    const [revoked, expired] = await signInOn(['revoked', 'expired'], person);
    await client.as(person.token).get(REVOKE, { id: revoked });
    await database.query(
      `UPDATE sessions SET expires_at = now() - interval '1 second' WHERE session_id = $1`,
      [expired!.slice('ses_'.length)],
    );
    const { sessions } = await client.as(person.token).get(LIST);
    expect(sessions.totalCount).toBe(1);
    expect(sessions.nodes).toMatchObject([{ isCurrent: true }]);
  });

  it('are not for the anonymous', async () => {
    expect((await talegraph.client.fail(LIST)).extensions).toEqual({ code: 'UNAUTHENTICATED' });
  });
});
