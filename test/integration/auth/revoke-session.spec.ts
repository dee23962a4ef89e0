import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { loggedIn, ME, REFRESH, registered } from './accounts.js';

const LIST = '{ sessions { nodes { id isCurrent } } }';
const REVOKE = 'mutation ($id: ID!) { revokeSession(id: $id) }';

describe('revokeSession', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  it('ends another session of the user at once', async () => {
    const { client } = talegraph;
    const here = await registered(client, 'traveller');
    const there = await loggedIn(client, 'traveller');
    await client.as(there.accessToken).get(ME);
    const { sessions } = await client.as(here.accessToken).get(LIST);
    const [newest] = sessions.nodes;
    expect(newest.isCurrent).toBe(false);

    expect(await client.as(here.accessToken).get(REVOKE, { id: newest.id })).toEqual({
      revokeSession: true,
    });

    expect((await client.as(there.accessToken).fail(ME)).extensions.code).toBe('UNAUTHENTICATED');
    const { extensions } = await client.fail(REFRESH, { refreshToken: there.refreshToken });
    expect(extensions.code).toBe('UNAUTHENTICATED');
    expect(await client.as(here.accessToken).get(ME)).toEqual({ me: here.user });
  });

  it('does not end a session of somebody else', async () => {
    const { client, database, factory } = talegraph;
    const [owner, other, admin] = [
      await factory.newReader(),
      await factory.newReader(),
      await factory.newAdmin(),
    ];
    const before = await fingerprint(database);
    for (const { token } of [other, admin]) {
      const { message, extensions } = await client
        .as(token)
        .fail(REVOKE, { id: `ses_${owner.viewer.sessionId}` });
      expect({ message, extensions }).toEqual({
        message: 'You have no such session.',
        extensions: { code: 'NOT_FOUND' },
      });
    }
    expect(await fingerprint(database)).toEqual(before);
    await client.as(owner.token).get(ME);
  });

  it('ends the session of the request itself', async () => {
    const { client, factory } = talegraph;
    const { token, viewer } = await factory.newReader();
    await client.as(token).get(REVOKE, { id: `ses_${viewer.sessionId}` });
    expect((await client.as(token).fail(ME)).extensions).toEqual({ code: 'UNAUTHENTICATED' });
  });

  it('does not find a session that has ended already', async () => {
    const { client, database } = talegraph;
    const here = await registered(client, 'repeater');
    await loggedIn(client, 'repeater');
    const asHere = client.as(here.accessToken);
    const { sessions } = await asHere.get(LIST);
    const { id } = sessions.nodes[0];
    await asHere.get(REVOKE, { id });
    const before = await fingerprint(database);
    expect((await asHere.fail(REVOKE, { id })).extensions).toEqual({ code: 'NOT_FOUND' });
    expect(await fingerprint(database)).toEqual(before);
  });

  it('is not for the anonymous', async () => {
    const { client, database, factory } = talegraph;
    const { viewer } = await factory.newReader();
    const before = await fingerprint(database);
    const { extensions } = await client.fail(REVOKE, { id: `ses_${viewer.sessionId}` });
    expect(extensions).toEqual({ code: 'UNAUTHENTICATED' });
    expect(await fingerprint(database)).toEqual(before);
  });
});
