import { newDataDir, removeDataDir } from './data-dir.js';
import { newTestDatabase } from './database.js';
import { ServerProcess } from './server-process.js';

/** Servers, each a process of its own, on one database. */
export interface Instances {
  readonly servers: readonly ServerProcess[];
  close(): Promise<void>;
}

/** @param env settings that all of them get */
export async function startInstances(
  count: number,
  env: Record<string, string>,
): Promise<Instances> {
  const database = await newTestDatabase();
  const dataDir = newDataDir();
  const servers = await Promise.all(
    Array.from({ length: count }, () =>
      ServerProcess.spawn(dataDir, {
        DATABASE_URL: database.url,
        DATABASE_POOL_SIZE: '5',
        JWT_SECRET: 'a secret of the tests, long enough to be one',
        ...env,
      }),
    ),
  );
  await Promise.all(servers.map((server) => server.ready()));
  return {
    servers,
    async close() {
      await Promise.all(servers.map((server) => server.kill('SIGTERM')));
      await database.drop();
      removeDataDir(dataDir);
    },
  };
}
