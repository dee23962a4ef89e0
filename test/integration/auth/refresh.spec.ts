import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../support/app.js';
import { atOnce, dataOf } from '../../support/at-once.js';
import { fingerprint } from '../../support/fingerprint.js';
import { LOGIN, loggedIn, ME, REFRESH, refreshed, registered } from './accounts.js';

const OVER = {
  message: 'This session is over. Sign in again.',
  extensions: { code: 'UNAUTHENTICATED' },
};

describe('refreshTokens', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  const refuse = async (refreshToken: string) => {
    const error = await talegraph.client.fail(REFRESH, { refreshToken });
    expect(error).toMatchObject(OVER);
  };
  const refuseAccess = async (accessToken: string) => {
    const error = await talegraph.client.as(accessToken).fail(ME);
    expect(error).toMatchObject(OVER);
  };

  it('exchanges a token for the next pair of the same session', async () => {
    const { client } = talegraph;
    const first = await registered(client, 'rotating');
    const second = await refreshed(client, first.refreshToken);
    expect(second).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      expiresIn: 900,
      user: first.user,
    });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    const { sessions } = await client
      .as(second.accessToken)
      .get('{ sessions { totalCount nodes { isCurrent } } }');
    expect(sessions).toEqual({ totalCount: 1, nodes: [{ isCurrent: true }] });
    expect((await refreshed(client, second.refreshToken)).user).toEqual(first.user);
  });

  it('ends the whole session when a token is used again', async () => {
    const { client } = talegraph;
    const first = await registered(client, 'robbed');
    const elsewhere = await loggedIn(client, 'robbed');
    const second = await refreshed(client, first.refreshToken);
    expect(await client.as(first.accessToken).get(ME)).toEqual({ me: first.user });
    expect(await client.as(second.accessToken).get(ME)).toEqual({ me: first.user });

    await refuse(first.refreshToken);

    await refuse(first.refreshToken);
    await refuse(second.refreshToken);
    await refuseAccess(first.accessToken);
    await refuseAccess(second.accessToken);
    expect(await client.as(elsewhere.accessToken).get(ME)).toEqual({ me: first.user });
    expect((await refreshed(client, elsewhere.refreshToken)).user).toEqual(first.user);
  });

  it('lets one of several that use a token at once succeed', async () => {
    const { client, database } = talegraph;
    const { refreshToken, user } = await registered(client, 'raced');
    const answers = await atOnce(client, 6, REFRESH, () => ({ refreshToken }));
    expect(dataOf(answers)).toHaveLength(1);
    expect(answers.flatMap(({ errors }) => errors)).toMatchObject(Array(5).fill(OVER));
    const tokens = await database.query(
      `SELECT 1 FROM refresh_tokens JOIN sessions USING (session_id) WHERE user_id = $1`,
      [user.id.slice('usr_'.length)],
    );
    expect(tokens).toHaveLength(2);
  });

  it('ends the session of the winner too when several use a token at once', async () => {
    const { client } = talegraph;
    const { refreshToken } = await registered(client, 'raced-again');
    const answers = await atOnce(client, 3, REFRESH, () => ({ refreshToken }));
    const [winner] = dataOf(answers);
    await refuseAccess(winner.refreshTokens.accessToken);
    await refuse(winner.refreshTokens.refreshToken);
  });

  it('keeps hashes alone: the token itself is nowhere in the database', async () => {
    const { client, database } = talegraph;
    const first = await registered(client, 'hashed');
    const second = await refreshed(client, first.refreshToken);
    const stored = JSON.stringify(await everyRow(database));
    for (const { refreshToken, accessToken } of [first, second]) {
      expect(stored).not.toContain(refreshToken);
      expect(stored).not.toContain(accessToken);
      expect(stored).toContain(createHash('sha256').update(refreshToken).digest('base64url'));
    }
  });

  it.each([
    ['made-up', 'A'.repeat(43)],
    ['empty', ''],
    ['enormous', 'A'.repeat(100_000)],
  ])('refuses a token that is %s, and changes nothing', async (_, refreshToken) => {
    const { database } = talegraph;
    const before = await fingerprint(database);
    await refuse(refreshToken);
    expect(await fingerprint(database)).toEqual(before);
  });

  it('refuses an access token in its place', async () => {
    const { accessToken } = await registered(talegraph.client, 'mixed-up');
    await refuse(accessToken);
  });

  it('refuses the tokens of a session that has expired', async () => {
    const { client, database } = talegraph;
    const { user, accessToken, refreshToken } = await registered(client, 'sleeper');
    await database.query(
      `UPDATE sessions SET expires_at = now() - interval '1 second' WHERE user_id = $1`,
      [user.id.slice('usr_'.length)],
    );
    const sessions = () => database.query('SELECT * FROM sessions ORDER BY session_id');
    const before = await sessions();
    await refuse(refreshToken);
    await refuseAccess(accessToken);
    expect(await sessions()).toEqual(before);
  });

  it('puts the end of the session off', async () => {
    const { client, database } = talegraph;
    const { user, refreshToken } = await registered(client, 'regular');
    const userId = user.id.slice('usr_'.length);
    await database.query(
      `UPDATE sessions SET expires_at = now() + interval '1 minute' WHERE user_id = $1`,
      [userId],
    );
    await refreshed(client, refreshToken);
    const [row] = await database.query(
      `SELECT expires_at > now() + interval '59 days' AS "isPutOff" FROM sessions WHERE user_id = $1`,
      [userId],
    );
    expect(row).toEqual({ isPutOff: true });
  });

  it('needs no password, so a log-in that is throttled leaves it open', async () => {
    const { client } = talegraph;
    const { refreshToken, user } = await registered(client, 'besieged');
    for (let i = 0; i < 11; i++)
      await client.send(LOGIN, { input: { identifier: 'besieged', password: 'guess' } });
    expect((await refreshed(client, refreshToken)).user).toEqual(user);
  });
});

/** All rows of all tables. */
async function everyRow(database: DataSource): Promise<unknown[]> {
  const tables = await database.query<{ name: string }[]>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  return Promise.all(tables.map(({ name }) => database.query(`SELECT * FROM ${name}`)));
}
