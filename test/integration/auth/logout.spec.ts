import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { loggedIn, ME, REFRESH, registered } from './accounts.js';

describe('logout', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  it('ends the access token and the refresh token at once', async () => {
    const { client } = talegraph;
    const here = await registered(client, 'leaver');
    const there = await loggedIn(client, 'leaver');
    await client.as(here.accessToken).get(ME);

    expect(await client.as(here.accessToken).get('mutation { logout }')).toEqual({ logout: true });

    expect((await client.as(here.accessToken).fail(ME)).extensions.code).toBe('UNAUTHENTICATED');
    const { extensions } = await client.fail(REFRESH, { refreshToken: here.refreshToken });
    expect(extensions.code).toBe('UNAUTHENTICATED');
    expect(await client.as(there.accessToken).get(ME)).toEqual({ me: here.user });
  });

  it('is not for the anonymous', async () => {
    const { extensions } = await talegraph.client.fail('mutation { logout }');
    expect(extensions).toEqual({ code: 'UNAUTHENTICATED' });
  });
});
