import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { LOGIN, loggedIn, ME, PASSWORD, REFRESH, refreshed, registered } from './accounts.js';

const CHANGE = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) }';

describe('changePassword', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  const stored = () => fingerprint(talegraph.database);

  it('ends every other session and keeps this one', async () => {
    const { client } = talegraph;
    const here = await registered(client, 'careful');
    const there = await loggedIn(client, 'careful');
    await client.as(there.accessToken).get(ME);

    const changed = await client
      .as(here.accessToken)
      .get(CHANGE, { input: { currentPassword: PASSWORD, newPassword: 'battery staple' } });
    expect(changed).toEqual({ changePassword: true });

    expect((await client.as(there.accessToken).fail(ME)).extensions.code).toBe('UNAUTHENTICATED');
    const { extensions } = await client.fail(REFRESH, { refreshToken: there.refreshToken });
    expect(extensions.code).toBe('UNAUTHENTICATED');
    expect(await client.as(here.accessToken).get(ME)).toEqual({ me: here.user });
    expect((await refreshed(client, here.refreshToken)).user).toEqual(here.user);

    const old = await client.fail(LOGIN, { input: { identifier: 'careful', password: PASSWORD } });
    expect(old.extensions.code).toBe('UNAUTHENTICATED');
    expect((await loggedIn(client, 'careful', 'battery staple')).user).toEqual(here.user);
  });

  it('leaves the sessions of others alone', async () => {
    const { client, factory } = talegraph;
    const other = await factory.newReader();
    const { accessToken } = await registered(client, 'neighbour');
    await client
      .as(accessToken)
      .get(CHANGE, { input: { currentPassword: PASSWORD, newPassword: 'battery staple' } });
    expect((await client.as(other.token).get(ME)).me.id).toBe(other.id);
  });

  it('names the field of a wrong current password, and changes nothing', async () => {
    const { client } = talegraph;
    const { accessToken } = await registered(client, 'forgetful');
    await loggedIn(client, 'forgetful');
    const before = await stored();
    const { extensions } = await client
      .as(accessToken)
      .fail(CHANGE, { input: { currentPassword: 'not it', newPassword: 'battery staple' } });
    expect(extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.currentPassword', message: 'is not the password in force' }],
    });
    expect(await stored()).toEqual(before);
  });

  it('holds the new password to the rules', async () => {
    const { client } = talegraph;
    const { accessToken } = await registered(client, 'hasty');
    const before = await stored();
    const { extensions } = await client
      .as(accessToken)
      .fail(CHANGE, { input: { currentPassword: PASSWORD, newPassword: 'x'.repeat(73) } });
    expect(extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [
        {
          path: 'input.newPassword',
          message: 'must have 8 characters or more, and at most 72 bytes',
        },
      ],
    });
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['a guest', 'FORBIDDEN', async () => (await talegraph.factory.newGuest()).token],
    ['the anonymous', 'UNAUTHENTICATED', () => Promise.resolve(undefined)],
  ])('refuses %s', async (_, code, tokenOf) => {
    const token = await tokenOf();
    const before = await stored();
    const { extensions } = await talegraph.client
      .as(token)
      .fail(CHANGE, { input: { currentPassword: PASSWORD, newPassword: 'battery staple' } });
    expect(extensions).toEqual({ code });
    expect(await stored()).toEqual(before);
  });
});
