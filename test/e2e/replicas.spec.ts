import { chmodSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Cluster, missingForCluster } from '../support/cluster/cluster.js';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { publishMaze } from '../support/restless-reader.js';
import { ServerProcess } from '../support/server-process.js';

const LIST = '{ stories { totalCount nodes { id title } } }';

/** How old what is read may be, in seconds. */
const LAG = 2;

const missing = missingForCluster();
if (missing !== undefined) console.warn(`Skipped: ${missing} is not installed here.`);

(missing === undefined ? describe : describe.skip)('a server with a streaming replica', () => {
  let dataDir: string;
  let cluster: Cluster;
  let server: ServerProcess;
  let replica: DataSource;

  const connected = () =>
    new DataSource({ type: 'postgres', url: cluster.replicaUrl }).initialize();

  beforeAll(async () => {
    dataDir = newDataDir();
    chmodSync(dataDir, 0o777);
    cluster = await Cluster.start(dataDir);
    const env = {
      DATABASE_URL: cluster.url,
      DATABASE_REPLICA_URLS: cluster.replicaUrl,
      DATABASE_REPLICA_LAG_SECONDS: String(LAG),
      JWT_SECRET: 's'.repeat(32),
    };
    server = await (await ServerProcess.spawn(dataDir, env)).ready();
    replica = await connected();
    await publishMaze(server.client);
    await setTimeout(LAG * 1000 + 1500);
  }, 90_000);
  afterAll(async () => {
    await server.kill('SIGTERM');
    if (replica.isInitialized) await replica.destroy();
    await cluster.stop();
    removeDataDir(dataDir);
  }, 60_000);

  const listed = async (client = server.client) => (await client.get(LIST)).stories.totalCount;

  /** Whether the replica looks into the table of stories while `ask` is done. */
  const readsFromReplica = async (ask: () => Promise<unknown>): Promise<boolean> => {
    const calls = async (): Promise<number> => {
      await setTimeout(1500);
      const [row] = await replica.query(
        `SELECT seq_scan + coalesce(idx_scan, 0) AS scans FROM pg_stat_user_tables WHERE relname = 'stories'`,
      );
      return Number(row.scans);
    };
    const before = await calls();
    for (let i = 0; i < 20; i++) await ask();
    return (await calls()) > before;
  };

  /** What `/metrics` tells of it. */
  const figures = async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const { host } = new URL(cluster.replicaUrl);
    const valueOf = (name: string) =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${name}{replica="${host}"} `))
          ?.split(' ')[1],
      );
    return {
      lag: valueOf('talegraph_replica_lag_seconds'),
      inUse: valueOf('talegraph_replica_in_use'),
    };
  };

  it('tells in its metrics that it is used, and how far behind it is', async () => {
    const { lag, inUse } = await figures();
    expect(inUse).toBe(1);
    expect(lag).toBeGreaterThanOrEqual(0);
    expect(lag).toBeLessThanOrEqual(LAG);
  });

  it('lists stories from it for those who have not signed in', async () => {
    expect(await readsFromReplica(() => listed())).toBe(true);
    expect(await listed()).toBe(1);
  }, 30_000);

  it('lists them from the primary for those who have', async () => {
    const { login } = await server.client.get(
      'mutation { login(input: { identifier: "author", password: "ink and paper" }) { accessToken } }',
    );
    const author = server.client.as(login.accessToken);
    expect(await readsFromReplica(() => listed(author))).toBe(false);
  }, 30_000);

  it('leaves it where it is further behind than it may be', async () => {
    await replica.query('SELECT pg_wal_replay_pause()');
    const primary = await new DataSource({ type: 'postgres', url: cluster.url }).initialize();
    await primary.query('UPDATE stories SET is_published = false');
    await setTimeout(LAG * 1000 + 1500);
    expect(await listed()).toBe(0);
    const behind = await figures();
    expect(behind.inUse).toBe(0);
    expect(behind.lag).toBeGreaterThan(LAG);
    await primary.query('UPDATE stories SET is_published = true');
    await primary.destroy();
    await replica.query('SELECT pg_wal_replay_resume()');
    await setTimeout(1500);
    expect(await readsFromReplica(() => listed())).toBe(true);
  }, 30_000);

  it('goes on without it when it is killed, and uses it again when it is back', async () => {
    await replica.destroy();
    const stop = new AbortController();
    const asking = (async () => {
      let answered = 0;
      for (; !stop.signal.aborted; answered++) expect(await listed()).toBe(1);
      return answered;
    })();
    await setTimeout(500);
    await cluster.replica.kill('SIGKILL');
    await setTimeout(2000);
    expect((await figures()).inUse).toBe(0);
    await cluster.replica.start();
    await setTimeout(4000);
    stop.abort();
    expect(await asking).toBeGreaterThan(0);
    replica = await connected();
    expect(await readsFromReplica(() => listed())).toBe(true);
    expect((await figures()).inUse).toBe(1);
  }, 60_000);
});
