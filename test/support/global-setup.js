import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { migrations } from '../../dist/migrations/index.js';
import { newDataSource } from '../../dist/src/database/data-source.js';
import { EmbeddedPostgres } from '../../dist/src/database/embedded/embedded-postgres.js';
import { newDataDir } from './data-dir.js';

/** The database that each test file gets a copy of: migrated, and empty. */
const TEMPLATE = 'talegraph_template';

/** Starts one PostgreSQL for all test files, on a new data folder. Runs on the build in `dist`. */
export default async function setup() {
  const folder = newDataDir();
  const postgres = await EmbeddedPostgres.start(folder, {
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  });
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  await admin.end();

  const url = postgres.url.replace(/\/talegraph$/, `/${TEMPLATE}`);
  const dataSource = newDataSource({
    url,
    poolSize: 2,
    entities: [],
    migrations,
    onPoolError: () => undefined,
  });
  await dataSource.initialize();
  await dataSource.runMigrations({ transaction: 'each' });
  await dataSource.destroy();
  // So that no test file has to wait until each of its servers has made the tables of the queues.
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false });
  await boss.start();
  await boss.stop({ graceful: false });

  process.env.TEST_POSTGRES_URL = postgres.url;
  process.env.TEST_TEMPLATE = TEMPLATE;
  globalThis.talegraphTest = { postgres, folder };
}
