import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { COME_AS_GUEST, LOGIN, loggedIn, PASSWORD, registered, REGISTER } from './accounts.js';

// Each try to log in hashes a password, which is slow on purpose.
jest.setTimeout(90_000);

describe('login', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  const stored = () => fingerprint(talegraph.database);
  const refusal = async (identifier: string, password: string) => {
    const { message, extensions } = await talegraph.client.fail(LOGIN, {
      input: { identifier, password },
    });
    return { message, extensions };
  };

  it.each([
    ['name', 'by-name', 'by-name'],
    ['e-mail address', 'by-mail', 'by-mail@example.org'],
    ['name in another case', 'by-case', 'BY-Case'],
    ['e-mail address in another case', 'by-mail-case', 'By-Mail-Case@Example.ORG'],
    ['name with white space around it', 'by-space', '  by-space '],
  ])('signs in by %s', async (_, username, identifier) => {
    const { client } = talegraph;
    const { user } = await registered(client, username);
    expect(await loggedIn(client, identifier)).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      expiresIn: 900,
      user,
    });
  });

  it('tells a wrong password and an unknown user apart in nothing', async () => {
    await registered(talegraph.client, 'known');
    const before = await stored();
    const expected = {
      message: 'There is no account with this name and password.',
      extensions: { code: 'UNAUTHENTICATED' },
    };
    expect(await refusal('known', 'wrong password')).toEqual(expected);
    expect(await refusal('unknown', PASSWORD)).toEqual(expected);
    expect(await refusal('unknown@example.org', PASSWORD)).toEqual(expected);
    expect(await stored()).toEqual(before);
  });

  it('refuses a guest, who has no password, in the same words', async () => {
    const { continueAsGuest } = await talegraph.client.get(COME_AS_GUEST);
    const before = await stored();
    expect(await refusal(continueAsGuest.user.username, '')).toEqual(
      await refusal('nobody-at-all', ''),
    );
    expect(await stored()).toEqual(before);
  });

  it('minds the case of the password, and the white space around it', async () => {
    await registered(talegraph.client, 'exact');
    const before = await stored();
    expect((await refusal('exact', PASSWORD.toUpperCase())).extensions.code).toBe(
      'UNAUTHENTICATED',
    );
    expect((await refusal('exact', ` ${PASSWORD}`)).extensions.code).toBe('UNAUTHENTICATED');
    expect(await stored()).toEqual(before);
  });

  it('refuses a longer password that begins with the right 72 bytes', async () => {
    const password = 'p'.repeat(72);
    await talegraph.client.get(REGISTER, {
      input: { username: 'longest', email: 'longest@example.org', password },
    });
    const before = await stored();
    expect((await refusal('longest', `${password}!`)).extensions.code).toBe('UNAUTHENTICATED');
    expect(await stored()).toEqual(before);
  });

  it('takes as long for an unknown user as for a wrong password', async () => {
    const { client } = talegraph;
    await registered(client, 'timed');
    const times: Record<string, number[]> = { timed: [], untimed: [] };
    for (let i = 0; i < 5; i++) {
      for (const [identifier, taken] of Object.entries(times)) {
        const begun = performance.now();
        await refusal(identifier, 'wrong password');
        taken.push(performance.now() - begun);
      }
    }
    const ratio = median(times.timed!) / median(times.untimed!);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it('is refused by a password that is replaced while it is looked at', async () => {
    const { client, database } = talegraph;
    const { user } = await registered(client, 'replacing');
    const userId = Number(user.id.split('_')[1]);
    const sessions = 'SELECT session_id FROM sessions WHERE user_id = $1 ORDER BY session_id';
    const before = await database.query(sessions, [userId]);
    const replacing = database.createQueryRunner();
    await replacing.startTransaction();
    await replacing.query(`UPDATE users SET password_hash = 'another' WHERE user_id = $1`, [
      userId,
    ]);
    const answer = client.send(LOGIN, { input: { identifier: 'replacing', password: PASSWORD } });
    // Longer than it takes to look at a password.
    await setTimeout(2000);
    await replacing.commitTransaction();
    await replacing.release();
    const { errors } = await answer;
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    expect(await database.query(sessions, [userId])).toEqual(before);
  });
});

const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
