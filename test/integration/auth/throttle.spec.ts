import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { LOGIN, loggedIn, PASSWORD, registered } from './accounts.js';

// Each try to log in hashes a password, which is slow on purpose.
jest.setTimeout(90_000);

describe('the throttle of log-ins', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  const stored = () => fingerprint(talegraph.database);

  /** The codes of one try after the other. */
  async function tries(identifiers: readonly string[], password: string): Promise<string[]> {
    const codes: string[] = [];
    for (const identifier of identifiers) {
      const { errors } = await talegraph.client.send(LOGIN, { input: { identifier, password } });
      codes.push(errors[0]?.extensions.code ?? 'signed in');
    }
    return codes;
  }

  async function changePassword(accessToken: string, currentPassword: string): Promise<string> {
    const { errors } = await talegraph.client
      .as(accessToken)
      .send('mutation ($input: ChangePasswordInput!) { changePassword(input: $input) }', {
        input: { currentPassword, newPassword: 'battery staple' },
      });
    return errors[0]?.extensions.code ?? 'changed';
  }

  it('refuses the 11th try on one account, even with the right password', async () => {
    const { client } = talegraph;
    await registered(client, 'target');
    await registered(client, 'bystander');
    expect(await tries(Array<string>(10).fill('target'), 'wrong password')).toEqual(
      Array(10).fill('UNAUTHENTICATED'),
    );
    const before = await stored();
    const { message, extensions } = await client.fail(LOGIN, {
      input: { identifier: 'target', password: PASSWORD },
    });
    expect(extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    expect(extensions.retryAfter).toBeGreaterThan(840);
    expect(extensions.retryAfter).toBeLessThanOrEqual(900);
    expect(message).toBe(
      `Too many attempts. Try again in ${String(extensions.retryAfter)} seconds.`,
    );
    expect(await stored()).toEqual(before);

    expect((await loggedIn(client, 'bystander')).user.username).toBe('bystander');
  });

  it('counts the spellings of one name together', async () => {
    const spellings = ['spelt', 'SPELT', ' Spelt', 'spelt ', 'sPELT'];
    await registered(talegraph.client, 'spelt');
    expect(await tries([...spellings, ...spellings], 'wrong password')).toEqual(
      Array(10).fill('UNAUTHENTICATED'),
    );
    expect(await tries(['spelT'], PASSWORD)).toEqual(['RATE_LIMITED']);
  });

  it('counts the name and the address of one account together', async () => {
    await registered(talegraph.client, 'twofold');
    await tries(Array<string>(5).fill('twofold'), 'wrong password');
    await tries(Array<string>(5).fill('twofold@example.org'), 'wrong password');
    const before = await stored();
    expect(await tries(['twofold', 'twofold@example.org'], PASSWORD)).toEqual([
      'RATE_LIMITED',
      'RATE_LIMITED',
    ]);
    expect(await stored()).toEqual(before);
  });

  it('counts every log-in of a request that sends several', async () => {
    const { client } = talegraph;
    await registered(client, 'many');
    const fields = Array.from(
      { length: 12 },
      (_, i) =>
        `try${i}: login(input: { identifier: "many", password: "${PASSWORD}" }) { expiresIn }`,
    );
    const { path, extensions } = await client.fail(`mutation { ${fields.join(' ')} }`);
    expect(extensions.code).toBe('RATE_LIMITED');
    expect(path).toEqual(['try10']);
  });

  it('counts the tries to change a password, which could be guesses too', async () => {
    const { accessToken } = await registered(talegraph.client, 'unattended');
    for (let i = 0; i < 10; i++)
      expect(await changePassword(accessToken, `guess ${i}`)).toBe('BAD_USER_INPUT');
    const before = await stored();
    expect(await changePassword(accessToken, PASSWORD)).toBe('RATE_LIMITED');
    expect(await stored()).toEqual(before);
  });

  it('does not take a log-in under a number for one of the user with that id', async () => {
    const { accessToken, user } = await registered(talegraph.client, 'numbered');
    await tries(Array<string>(10).fill(user.id.slice('usr_'.length)), 'wrong password');
    expect(await changePassword(accessToken, PASSWORD)).toBe('changed');
  });
});
