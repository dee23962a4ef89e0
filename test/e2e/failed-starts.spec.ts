import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { newTestDatabase, type TestDatabase } from '../support/database.js';
import { freePort, ServerProcess } from '../support/server-process.js';

const KINDS = ['server', 'worker', 'command'] as const;
type Kind = (typeof KINDS)[number];

describe('what cannot start ends with status 1 and says why:', () => {
  let dataDir: string;
  let database: TestDatabase;
  let nothing: string;
  let started: ServerProcess | undefined;
  beforeAll(async () => {
    dataDir = newDataDir();
    database = await newTestDatabase();
    nothing = `127.0.0.1:${await freePort()}`;
  });
  afterEach(async () => {
    await started?.kill('SIGKILL');
  });
  afterAll(async () => {
    await database.drop();
    removeDataDir(dataDir);
  });

  const spawn = (kind: Kind, env: Record<string, string>): Promise<ServerProcess> => {
    if (kind === 'server') return ServerProcess.spawn(dataDir, env);
    if (kind === 'worker') return ServerProcess.spawnWorker(dataDir, env);
    return ServerProcess.spawnCommand(['story', 'validate', 'a-story'], dataDir, env);
  };

  /** How it ended, with what it said. */
  async function ending(kind: Kind, env: Record<string, string>): Promise<[unknown, string]> {
    started = await spawn(kind, { JWT_SECRET: 's'.repeat(32), ...env });
    const status = await started.ended();
    return [status, started.output.trim().replace('Talegraph could not start. ', '')];
  }

  it.each(KINDS)(
    'a %s whose database is away, with a Redis or without',
    async (kind) => {
      const DATABASE_URL = `postgresql://me:secret@${nothing}/tales`;
      const said = `PostgreSQL at ${nothing}/tales cannot be used (connect ECONNREFUSED ${nothing}). Look at DATABASE_URL, and whether PostgreSQL runs there.`;
      expect(await ending(kind, { DATABASE_URL })).toEqual([1, said]);
      const REDIS_URL = `redis://${nothing}`;
      expect(await ending(kind, { DATABASE_URL, REDIS_URL })).toEqual([1, said]);
    },
    60_000,
  );

  it('a server whose database the way past its pooler does not lead to', async () => {
    const DATABASE_DIRECT_URL = `postgresql://${nothing}/tales`;
    const [status, said] = await ending('server', {
      DATABASE_URL: database.url,
      DATABASE_DIRECT_URL,
    });
    expect(status).toBe(1);
    expect(said).toContain('Look at DATABASE_DIRECT_URL,');
  }, 60_000);

  it('a command whose database there is not', async () => {
    const url = new URL(database.url);
    url.pathname = '/nodb';
    expect(await ending('command', { DATABASE_URL: url.href })).toEqual([
      1,
      `PostgreSQL at ${url.host}/nodb cannot be used (database "nodb" does not exist). Make that database, or name another one in DATABASE_URL.`,
    ]);
  }, 60_000);

  describe('where its port is taken,', () => {
    let taker: Server;
    let port: number;
    beforeAll(async () => {
      taker = createServer();
      await new Promise<void>((resolve) => taker.listen(0, '127.0.0.1', resolve));
      ({ port } = taker.address() as AddressInfo);
    });
    afterAll(() => {
      taker.close();
    });

    it.each(['server', 'worker'] as const)(
      'a %s',
      async (kind) => {
        const env = { DATABASE_URL: database.url, PORT: String(port), LOG_LEVEL: 'silent' };
        expect(await ending(kind, env)).toEqual([
          1,
          `listen EADDRINUSE: address already in use 127.0.0.1:${port}. Something listens there already. Stop it, or set PORT to another port.`,
        ]);
      },
      60_000,
    );
  });
});
