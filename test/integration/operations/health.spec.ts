import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startApp, type TestApp } from '../../support/app.js';

describe('the health of the server', () => {
  let talegraph: TestApp;
  let administration: pg.Client;
  let name: string;
  beforeAll(async () => {
    talegraph = await startApp();
    const [row] = await talegraph.database.query('SELECT current_database() AS name');
    name = row.name;
    administration = new pg.Client({ connectionString: process.env.TEST_POSTGRES_URL });
    await administration.connect();
  });
  afterAll(async () => {
    await administration.end();
    await talegraph.close();
  });

  const health = async (path: 'live' | 'ready') => {
    const response = await fetch(`${talegraph.url}/health/${path}`);
    return { status: response.status, body: await response.json() };
  };

  /** Breaks the connections of the server to its database, and refuses new ones until the work is done. */
  async function withoutDatabase(work: () => Promise<void>): Promise<void> {
    await administration.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    try {
      await administration.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1',
        [name],
      );
      await work();
    } finally {
      await administration.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    }
  }

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
    await withoutDatabase(async () => {
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
    await withoutDatabase(async () => {
      const { message, extensions } = await talegraph.client.fail('{ stories { totalCount } }');
      expect({ message, extensions }).toEqual({
        message: 'The database is away for a moment. Try again shortly.',
        extensions: { code: 'SERVICE_UNAVAILABLE' },
      });
    });
  });
});
