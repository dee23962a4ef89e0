import { chmodSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { Config } from '../../src/config/config.js';
import { Database } from '../../src/database/database.js';
import { connectReplica, newDataSource } from '../../src/database/data-source.js';
import type { Replicas } from '../../src/database/replicas.js';
import { missingProgram } from '../support/cluster/debian.js';
import { startPooler } from '../support/cluster/pooler.js';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { newTestDatabase, type TestDatabase } from '../support/database.js';

/** How long a statement may take, in milliseconds. */
const PATIENCE = 500;
const SLOW = 'SELECT pg_sleep(3)';

/** What has each read done on this replica, whatever state it is in. */
const all = (replica: DataSource): Pick<Replicas, 'read'> => ({ read: (work) => work(replica) });

describe('a read on a replica that takes too long', () => {
  let database: TestDatabase;
  let onlooker: pg.Client;
  let replica: DataSource;
  beforeAll(async () => {
    database = await newTestDatabase();
    onlooker = new pg.Client({ connectionString: database.url });
    await onlooker.connect();
  });
  afterAll(async () => {
    await onlooker.end();
    await database.drop();
  });

  const newReplica = (url: string) =>
    newDataSource({
      ...{ url, poolSize: 1, patience: PATIENCE },
      ...{ entities: [], migrations: [], onPoolError: () => undefined },
    });

  const stillRuns = async () => {
    const { rows } = await onlooker.query(
      `SELECT query FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'active' AND query = $1`,
      [SLOW],
    );
    return rows.length > 0;
  };

  const answersAgain = async () => {
    for (let i = 0; i < 4; i++)
      expect(await replica.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  };

  describe('that is connected directly', () => {
    beforeEach(async () => {
      replica = newReplica(database.url);
      await connectReplica(replica);
    });
    afterEach(() => replica.destroy());

    it('is ended by the server, and its connection serves the next one', async () => {
      const [before] = await replica.query('SELECT pg_backend_pid() AS pid');
      await expect(replica.query(SLOW)).rejects.toThrow('due to statement timeout');
      expect(await stillRuns()).toBe(false);
      expect(await replica.query('SELECT pg_backend_pid() AS pid')).toEqual([before]);
    });

    it('has its connection closed where the server does not end it', async () => {
      await replica.query('SET statement_timeout = 0');
      await expect(replica.query(SLOW)).rejects.toThrow('Query read timeout');
      await answersAgain();
    });

    it('is given up as early where it is prepared', async () => {
      await replica.query('SET statement_timeout = 0');
      const reads = new Database(
        newReplica(database.url),
        Config.from({}),
        all(replica) as Replicas,
      );
      const read = reads.onReplica(() => reads.prepared({ name: 'slow', text: SLOW }, []));
      await expect(read).rejects.toThrow('Query read timeout');
      await answersAgain();
    });
  });

  const missing = missingProgram(['pgbouncer']);
  if (missing !== undefined) console.warn(`SKIPPED: behind a pooler: ${missing} is not installed.`);

  (missing === undefined ? it : it.skip)(
    'has its connection closed behind a pooler that takes no settings',
    async () => {
      const folder = newDataDir();
      chmodSync(folder, 0o777);
      const pooler = await startPooler(folder, database.url, 2);
      replica = newReplica(pooler.url);
      await connectReplica(replica);
      await expect(replica.query(SLOW)).rejects.toThrow('Query read timeout');
      await answersAgain();
      await replica.destroy();
      await pooler.stop();
      removeDataDir(folder);
    },
    30_000,
  );
});
