import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { postGraphql } from '../../support/http.js';
import { COME_AS_GUEST } from './accounts.js';

describe('the throttle of one address', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  it('refuses the 101st sign-in, whatever address it claims to come from', async () => {
    const { client, database, url } = talegraph;
    for (let i = 0; i < 100; i++) await client.get(COME_AS_GUEST);
    const before = await fingerprint(database);

    const { extensions } = await client.fail(COME_AS_GUEST);
    expect(extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });

    const { body } = await postGraphql(
      url,
      { query: COME_AS_GUEST },
      { 'x-forwarded-for': '203.0.113.7' },
    );
    expect(body.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);

    expect(await fingerprint(database)).toEqual(before);
  });

  it('leaves everything but signing in open', async () => {
    expect(await talegraph.client.get('{ stories { totalCount } }')).toEqual({
      stories: { totalCount: 0 },
    });
  });
});
