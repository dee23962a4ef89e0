import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { createServer } from '../../src/app.server.js';
import { FactCounter } from '../../src/stats/counting/fact-counter.js';
import { newDataDir, removeDataDir } from './data-dir.js';
import { RecentStories } from '../../src/stories/recent-stories.js';
import { newTestDatabase, type TestDatabase } from './database.js';
import { Factory } from './factory.js';
import { GraphqlClient } from './graphql-client.js';
import { StatementCounter } from './statement-counter.js';

/** The real server on a database of its own, listening on a free port. */
export interface TestApp {
  readonly app: NestFastifyApplication;
  /** Such as `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly database: DataSource;
  readonly factory: Factory;
  readonly statements: StatementCounter;
  /** An anonymous client; `as(token)` makes a signed-in one. */
  readonly client: GraphqlClient;
  /** Waits until everything that was played so far is in the statistics. */
  counted(): Promise<void>;
  close(): Promise<void>;
}

/** What executes operations: whoever asks sees no difference. */
export const EXECUTORS = ['jit', 'js'] as const;

/**
 * @param env settings beside those that all tests share
 * @param prepare what to do in the database before the server starts
 */
export async function startApp(
  env: Record<string, string> = {},
  prepare?: (database: TestDatabase) => Promise<void>,
): Promise<TestApp> {
  const database = await newTestDatabase();
  await prepare?.(database);
  const dataDir = newDataDir();
  Object.assign(process.env, {
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '10',
    DATA_DIR: dataDir,
    JWT_SECRET: 'a secret of the tests, long enough to be one',
    LOG_LEVEL: 'silent',
    SEED_SAMPLES: 'false',
    GRAPHQL_EXECUTOR: 'jit',
    ...env,
  });
  const app = await createServer();
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const dataSource = app.get(DataSource);
  return {
    app,
    url,
    database: dataSource,
    factory: new Factory(app),
    statements: new StatementCounter(dataSource, () => app.get(RecentStories).changed()),
    client: new GraphqlClient(url),
    counted: () => app.get(FactCounter).count(),
    async close() {
      await app.close();
      await database.drop();
      removeDataDir(dataDir);
    },
  };
}
