import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { atOnce, codesOf, dataOf } from '../../support/at-once.js';
import { fingerprint } from '../../support/fingerprint.js';
import { COME_AS_GUEST, loggedIn, ME, registered, REGISTER } from './accounts.js';

describe('register', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
    await talegraph.factory.newReader('taken');
  });
  afterAll(() => talegraph.close());

  const stored = () => fingerprint(talegraph.database);

  it('makes an account and signs it in', async () => {
    const { client } = talegraph;
    const signedIn = await registered(client, 'Newcomer');
    expect(signedIn).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      expiresIn: 900,
      user: {
        id: expect.stringMatching(/^usr_\d+$/),
        username: 'Newcomer',
        email: 'Newcomer@example.org',
        role: 'USER',
        timezone: 'UTC',
      },
    });
    expect(await client.as(signedIn.accessToken).get(ME)).toEqual({ me: signedIn.user });
  });

  it('keeps the password as a bcrypt hash of cost 12', async () => {
    const { client, database } = talegraph;
    await registered(client, 'hashed');
    const [row] = await database.query(`SELECT password_hash FROM users WHERE username = 'hashed'`);
    expect(row.password_hash).toMatch(/^\$2b\$12\$.{53}$/);
  });

  it('takes away the white space around name and address', async () => {
    const { register } = await talegraph.client.get(REGISTER, {
      input: { username: '  Spacious ', email: ' spacious@example.org\n', password: 'long enough' },
    });
    expect(register.user).toMatchObject({ username: 'Spacious', email: 'spacious@example.org' });
  });

  it('reports every wrong field at once', async () => {
    const before = await stored();
    const { extensions } = await talegraph.client.fail(REGISTER, {
      input: { username: 'a b', email: 'nobody', password: 'short' },
    });
    expect(extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [
        { path: 'input.username', message: 'must have 3 to 30 letters (a-z), digits, _ or -' },
        { path: 'input.email', message: 'must be an e-mail address' },
        {
          path: 'input.password',
          message: 'must have 8 characters or more, and at most 72 bytes',
        },
      ],
    });
    expect(await stored()).toEqual(before);
  });

  it.each(['x', `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(66)}.org`, ''])(
    'reports an address that is none once: %j',
    async (email) => {
      const { extensions } = await talegraph.client.fail(REGISTER, {
        input: { username: 'addressless', email, password: 'long enough' },
      });
      expect(extensions.fields).toEqual([
        { path: 'input.email', message: 'must be an e-mail address' },
      ]);
    },
  );

  it.each([
    ['name', { username: 'TAKEN', email: 'free@example.org' }, 'input.username'],
    ['address', { username: 'free', email: 'Taken@EXAMPLE.org' }, 'input.email'],
  ])('refuses a taken %s, whatever its case', async (_, names, path) => {
    const { client } = talegraph;
    const before = await stored();
    const { extensions } = await client.fail(REGISTER, {
      input: { ...names, password: 'long enough' },
    });
    expect(extensions).toEqual({
      code: 'CONFLICT',
      fields: [{ path, message: expect.stringMatching(/^is taken|^has an account already/) }],
    });
    expect(await stored()).toEqual(before);
  });

  it('gives a name that several ask for at once to one of them', async () => {
    const { client, database } = talegraph;
    const answers = await atOnce(client, 3, REGISTER, (i) => ({
      input: { username: 'wanted', email: `wanted-${i}@example.org`, password: 'long enough' },
    }));
    expect(dataOf(answers)).toHaveLength(1);
    expect(codesOf(answers)).toEqual(['CONFLICT', 'CONFLICT']);
    expect(await database.query(`SELECT 1 FROM users WHERE username = 'wanted'`)).toHaveLength(1);
  });

  it('makes a second account for a user who registers again', async () => {
    const { client } = talegraph;
    const first = await registered(client, 'first-account');
    const second = await registered(client.as(first.accessToken), 'second-account');
    expect(second.user.id).not.toBe(first.user.id);
    expect(await client.as(first.accessToken).get(ME)).toEqual({ me: first.user });
  });

  it('makes a guest who does not register', async () => {
    const { client } = talegraph;
    const { continueAsGuest } = await client.get(COME_AS_GUEST);
    expect(continueAsGuest.user).toEqual({
      id: expect.stringMatching(/^usr_\d+$/),
      username: expect.stringMatching(/^guest-[0-9a-f-]{13}$/),
      email: null,
      role: 'GUEST',
      timezone: 'UTC',
    });
    await client.as(continueAsGuest.accessToken).get(ME);
  });

  it('lets the new account log in by its password', async () => {
    const { client } = talegraph;
    const { user } = await registered(client, 'returning');
    expect((await loggedIn(client, 'returning')).user).toEqual(user);
  });
});
