import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { ME, PASSWORD, registered } from './accounts.js';

const UPDATE = `mutation ($input: UpdateProfileInput!) {
  updateProfile(input: $input) { id username email role timezone }
}`;

describe('the profile', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
    await talegraph.factory.newReader('everybodys');
  });
  afterAll(() => talegraph.close());

  const stored = () => fingerprint(talegraph.database);

  it('is the account of whoever asks', async () => {
    const { client, factory } = talegraph;
    const reader = await factory.newReader('plain-reader');
    await factory.newReader();
    const time = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
    expect(
      await client
        .as(reader.token)
        .get('{ me { id username email role timezone createdAt lastActive } }'),
    ).toEqual({
      me: {
        id: reader.id,
        username: 'plain-reader',
        email: 'plain-reader@example.org',
        role: 'USER',
        timezone: 'UTC',
        createdAt: time,
        lastActive: time,
      },
    });
  });

  it('is there for guests, and not for the anonymous', async () => {
    const { client, factory } = talegraph;
    const guest = await factory.newGuest();
    expect((await client.as(guest.token).get(ME)).me).toMatchObject({
      id: guest.id,
      email: null,
      role: 'GUEST',
    });
    const { message, extensions } = await client.fail(ME);
    expect({ message, extensions }).toEqual({
      message: 'Sign in first: send "Authorization: Bearer <accessToken>".',
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });

  it('changes name, address and time zone together', async () => {
    const { client } = talegraph;
    const { accessToken, user } = await registered(client, 'renaming');
    const changed = {
      id: user.id,
      username: 'Renamed',
      email: 'renamed@example.org',
      role: 'USER',
      timezone: 'Europe/Oslo',
    };
    const { username, email, timezone } = changed;
    const input = { username, email, timezone, currentPassword: PASSWORD };
    expect(await client.as(accessToken).get(UPDATE, { input })).toEqual({ updateProfile: changed });
    expect(await client.as(accessToken).get(ME)).toEqual({ me: changed });
  });

  it.each([
    ['without the password in force', {}, 'is needed to change the e-mail address'],
    ['with a wrong one', { currentPassword: 'a guess' }, 'is not the password in force'],
  ])('takes no other address %s', async (how, password, message) => {
    const { client } = talegraph;
    const { accessToken } = await registered(client, how.replaceAll(' ', '-'));
    const before = await stored();
    const input = { email: 'thief@example.org', timezone: 'Asia/Tokyo', ...password };
    const { extensions } = await client.as(accessToken).fail(UPDATE, { input });
    expect(extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.currentPassword', message }],
    });
    expect(await stored()).toEqual(before);
  });

  it('keeps what an update leaves out', async () => {
    const { client, factory } = talegraph;
    const reader = await factory.newReader('steady');
    const kept = { id: reader.id, username: 'steady', email: 'steady@example.org', role: 'USER' };
    const asReader = client.as(reader.token);
    expect(await asReader.get(UPDATE, { input: { timezone: 'Asia/Tokyo' } })).toEqual({
      updateProfile: { ...kept, timezone: 'Asia/Tokyo' },
    });
    expect(await asReader.get(UPDATE, { input: {} })).toEqual({
      updateProfile: { ...kept, timezone: 'Asia/Tokyo' },
    });
  });

  it('lets users change the case of their own name', async () => {
    const { client, factory } = talegraph;
    const reader = await factory.newReader('lowercase');
    const { updateProfile } = await client
      .as(reader.token)
      .get(UPDATE, { input: { username: 'LowerCase' } });
    expect(updateProfile.username).toBe('LowerCase');
  });

  it.each([
    ['Nowhere/Land'],
    ['Oslo'],
    [''],
    ['+05:00'],
    ["UTC'; DROP TABLE users"],
    ['Europe/Oslo\u0000'],
  ])('refuses the time zone %j', async (timezone) => {
    const { client, factory } = talegraph;
    const reader = await factory.newReader();
    const before = await stored();
    const { extensions } = await client.as(reader.token).fail(UPDATE, { input: { timezone } });
    expect(extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [
        { path: 'input.timezone', message: 'must be an IANA time zone, such as Europe/Oslo' },
      ],
    });
    expect(await stored()).toEqual(before);
  });

  it('refuses null for each field by its name', async () => {
    const { client, factory } = talegraph;
    const reader = await factory.newReader();
    const before = await stored();
    const { extensions } = await client
      .as(reader.token)
      .fail(UPDATE, { input: { username: null, email: null, timezone: null } });
    expect(extensions.code).toBe('BAD_USER_INPUT');
    const fields = extensions.fields as { path: string }[];
    expect([...new Set(fields.map(({ path }) => path))]).toEqual([
      'input.username',
      'input.email',
      'input.timezone',
    ]);
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['username', { username: 'EVERYBODYS' }],
    ['email', { email: 'Everybodys@example.org' }],
  ])('refuses a taken %s', async (field, input) => {
    const { client } = talegraph;
    const { accessToken } = await registered(client, `wants-${field}`);
    const before = await stored();
    const { extensions } = await client
      .as(accessToken)
      .fail(UPDATE, { input: { ...input, currentPassword: PASSWORD } });
    expect(extensions).toEqual({
      code: 'CONFLICT',
      fields: [{ path: `input.${field}`, message: expect.any(String) }],
    });
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['a guest', 'FORBIDDEN', async () => (await talegraph.factory.newGuest()).token],
    ['the anonymous', 'UNAUTHENTICATED', () => Promise.resolve(undefined)],
  ])('cannot be changed by %s', async (_, code, tokenOf) => {
    const token = await tokenOf();
    const before = await stored();
    const { extensions } = await talegraph.client
      .as(token)
      .fail(UPDATE, { input: { username: 'somebody' } });
    expect(extensions).toEqual({ code });
    expect(await stored()).toEqual(before);
  });
});
