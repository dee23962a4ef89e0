import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { withoutDatabase } from '../../support/database.js';

describe('the health of the server', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  const health = async (path: 'live' | 'ready') => {
    const response = await fetch(`${talegraph.url}/health/${path}`);
    return { status: response.status, body: await response.json() };
  };

  const away = (work: () => Promise<void>) => withoutDatabase(process.env.DATABASE_URL!, work);

  const ALIVE = { status: 200, body: { status: 'ok', info: {}, error: {}, details: {} } };
  const READY = {
    status: 200,
    body: {
      status: 'ok',
      info: { database: { status: 'up' } },
      error: {},
      details: { database: { status: 'up' } },
    },
  };

  it('is live and ready while the database answers', async () => {
    expect(await health('live')).toEqual(ALIVE);
    expect(await health('ready')).toEqual(READY);
  });

  it('is live but not ready while the database is away, and ready again after it', async () => {
    const down = { status: 'down', message: 'does not answer' };
    await away(async () => {
      expect(await health('live')).toEqual(ALIVE);
      expect(await health('ready')).toEqual({
        status: 503,
        body: { status: 'error', info: {}, error: { database: down }, details: { database: down } },
      });
    });
    expect(await health('ready')).toEqual(READY);
    expect(await talegraph.client.get('{ stories { totalCount } }')).toEqual({
      stories: { totalCount: 0 },
    });
  });

  it('shows in queries as SERVICE_UNAVAILABLE while the database is away', async () => {
    await away(async () => {
      const { message, extensions } = await talegraph.client.fail('{ stories { totalCount } }');
      expect({ message, extensions }).toEqual({
        message: 'The database is away for a moment. Try again shortly.',
        extensions: { code: 'SERVICE_UNAVAILABLE' },
      });
    });
  });

  it.each(['/stories/sty_5/flow.json', '/media/abc/image', '/s/a-key/card.png'])(
    'shows on routes as SERVICE_UNAVAILABLE while the database is away: %s',
    async (path) => {
      await away(async () => {
        const response = await fetch(talegraph.url + path);
        expect({ status: response.status, body: await response.json() }).toEqual({
          status: 503,
          body: {
            code: 'SERVICE_UNAVAILABLE',
            message: 'The database is away for a moment. Try again shortly.',
          },
        });
      });
    },
  );

  it.each([
    ['GET', '/s/a-key'],
    ['POST', '/confirm-email'],
  ])('shows on a page in words while the database is away: %s %s', async (method, path) => {
    await away(async () => {
      const response = await fetch(talegraph.url + path, {
        method,
        ...(method === 'POST' && { body: new URLSearchParams({ token: 'a-token' }) }),
      });
      expect(response.status).toBe(503);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await response.text()).toContain(
        '<p role="alert">The database is away for a moment. Try again shortly.</p>',
      );
    });
  });
});
