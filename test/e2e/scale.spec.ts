import { chmodSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Cluster, missingForCluster } from '../support/cluster/cluster.js';
import { missingProgram } from '../support/cluster/debian.js';
import { startPooler, type Pooler } from '../support/cluster/pooler.js';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import type { GraphqlClient } from '../support/graphql-client.js';
import { PersistentReader, publishLoop } from '../support/persistent-reader.js';
import { RedisServer } from '../support/redis-server.js';
import { ServerProcess } from '../support/server-process.js';

const READERS = 200;
const INSTANCES = 3;
const WORKERS = 2;

/** Between the choices of a reader, in milliseconds. */
const PAUSE = 2000;
/** How long what was killed stays away, in milliseconds. */
const AWAY = 1500;

/** How old what an anonymous reader is told may be, in seconds: what a replica lags, and what is kept where Redis is away. */
const LAG = 5;
const KEPT = 60;

const missing = missingForCluster() ?? missingProgram(['pgbouncer', 'redis-server']);
if (missing !== undefined) console.warn(`SKIPPED: past one machine: ${missing} is not installed.`);

(missing === undefined ? describe : describe.skip)('past one machine', () => {
  let dataDir: string;
  let cluster: Cluster;
  let pooler: Pooler;
  let redis: RedisServer;
  let sql: DataSource;
  let env: Record<string, string>;
  const instances: ServerProcess[] = [];
  const workers: ServerProcess[] = [];

  const startInstance = async (place: number) => {
    const server = await ServerProcess.spawn(dataDir, { ...env, JOBS: 'elsewhere' });
    instances[place] = await server.ready();
  };
  const startWorker = async (place: number) => {
    workers[place] = await (await ServerProcess.spawnWorker(dataDir, env)).ready();
  };

  beforeAll(async () => {
    dataDir = newDataDir();
    chmodSync(dataDir, 0o777);
    cluster = await Cluster.start(dataDir);
    pooler = await startPooler(dataDir, cluster.url, 20);
    redis = await RedisServer.start();
    sql = await new DataSource({ type: 'postgres', url: cluster.url }).initialize();
    env = {
      DATABASE_URL: pooler.url,
      DATABASE_DIRECT_URL: cluster.url,
      DATABASE_PREPARED: 'false',
      DATABASE_POOL_SIZE: '10',
      DATABASE_REPLICA_URLS: cluster.replicaUrl,
      DATABASE_REPLICA_LAG_SECONDS: String(LAG),
      REDIS_URL: redis.url,
      JWT_SECRET: 's'.repeat(32),
      TRUST_PROXY: '127.0.0.1',
    };
    // The first one makes the tables.
    await startInstance(0);
    await Promise.all([
      ...Array.from({ length: INSTANCES - 1 }, (_, i) => startInstance(i + 1)),
      ...Array.from({ length: WORKERS }, (_, i) => startWorker(i)),
    ]);
  }, 180_000);
  afterAll(async () => {
    await Promise.all([...instances, ...workers].map((server) => server.kill('SIGTERM')));
    await sql.destroy();
    await pooler.stop();
    await redis.kill();
    await cluster.stop();
    removeDataDir(dataDir);
  }, 60_000);

  const anyOf = (servers: readonly ServerProcess[]) =>
    servers[Math.floor(Math.random() * servers.length)]!;
  const client = (): GraphqlClient => anyOf(instances).client;

  it('readers play on while all of it is killed and comes back: nothing is lost, nothing happens twice', async () => {
    const { storyId, token } = await publishLoop(instances[0]!.client);
    const readers: PersistentReader[] = [];
    for (let i = 0; i < READERS; i++)
      readers.push(await PersistentReader.start(client().from(`198.51.100.${i}`), storyId));

    const siegeEnds = new AbortController();
    const isOver = () => siegeEnds.signal.aborted;
    const playing = readers.map((reader) => reader.playOn(client, PAUSE));
    const looking = (async () => {
      for (let i = 0; !isOver(); i++) {
        await readers[i % READERS]!.look(client);
        await setTimeout(20);
      }
    })();

    const titles = new Titles(storyId, token);
    const renaming = titles.rename(client, isOver);
    const reading = titles.read(client, isOver);

    const withoutRedis = () =>
      outage(
        () => redis.kill(),
        () => redis.start(),
      );
    const siege: readonly [string, () => Promise<void>][] = [
      ['instance', () => restart(0, instances, startInstance)],
      ['Redis', withoutRedis],
      ['worker', () => restart(0, workers, startWorker)],
      [
        'replica',
        () =>
          outage(
            () => cluster.replica.kill('SIGQUIT'),
            () => cluster.replica.start(),
          ),
      ],
      ['instance', () => restart(1, instances, startInstance)],
      ['worker', () => restart(1, workers, startWorker)],
      ['instance', () => restart(2, instances, startInstance)],
      ['Redis', withoutRedis],
    ];
    const failed: Record<string, number> = {};
    for (const [what, happen] of siege) {
      const before = titles.failures;
      await happen();
      failed[what] = (failed[what] ?? 0) + titles.failures - before;
      await setTimeout(1000);
    }
    // Where nothing that answers is away, nothing fails.
    expect({ Redis: failed.Redis, replica: failed.replica, worker: failed.worker }).toEqual({
      Redis: 0,
      replica: 0,
      worker: 0,
    });
    siegeEnds.abort();
    for (const reader of readers) reader.stop();
    await Promise.all([...playing, looking, renaming, reading]);

    for (const reader of readers) await reader.expectNothingLost(client());
    // What was made without an answer is made again, and is what it was.
    await Promise.all(readers.map((reader) => reader.leave(client)));
    const acknowledged = readers.reduce((sum, reader) => sum + reader.acknowledged.length, 0);
    while ((await count('play_facts')) > 0) await setTimeout(100);
    const tally = {
      readers: READERS,
      acknowledged,
      stored: await count('progress_steps WHERE choice_id IS NOT NULL'),
      counted: await sum('choices', 'story_days'),
      begun: await count('user_progress'),
      finished: await count('user_progress WHERE is_completed'),
      'counted as finished': await count('story_finishes'),
    };
    const retries = readers.reduce((sum, reader) => sum + reader.retries, 0);
    const longest = Math.round(Math.max(...readers.map((reader) => reader.longest)));
    console.log(
      [
        ...Object.entries(tally).map(([what, figure]) => `${what}: ${figure}`),
        `sent again: ${retries}`,
        `longest wait for a choice: ${longest} ms`,
        `renamed: ${titles.renamed}; titles read: ${titles.answers}, the oldest ${titles.oldest} ms after it was changed`,
        `killed: ${siege.map(([what]) => what).join(', ')}`,
      ].join('\n'),
    );
    expect(tally).toEqual({
      readers: READERS,
      ...{ acknowledged, stored: acknowledged, counted: acknowledged },
      ...{ begun: READERS, finished: READERS, 'counted as finished': READERS },
    });
    expect(acknowledged).toBeGreaterThan(5 * READERS);
    expect(titles.renamed).toBeGreaterThan(10);
    expect(titles.oldest).toBeLessThan((LAG + KEPT) * 1000);
  }, 300_000);

  const count = async (rows: string): Promise<number> => {
    const [row] = await sql.query(`SELECT count(*)::integer AS count FROM ${rows}`);
    return row.count;
  };
  const sum = async (column: string, table: string): Promise<number> => {
    const [row] = await sql.query(`SELECT sum(${column})::integer AS sum FROM ${table}`);
    return row.sum;
  };
});

async function restart(
  place: number,
  servers: readonly ServerProcess[],
  start: (place: number) => Promise<void>,
): Promise<void> {
  await outage(
    () => servers[place]!.kill('SIGKILL'),
    () => start(place),
  );
}

async function outage(end: () => Promise<unknown>, begin: () => Promise<unknown>): Promise<void> {
  await end();
  await setTimeout(AWAY);
  await begin();
}

/** A story that is renamed again and again, and how old the titles are that others are told. */
class Titles {
  renamed = 0;
  answers = 0;
  failures = 0;
  /** How long a title was told after it had been changed, at most, in milliseconds. */
  oldest = 0;
  /** When each title had given way to the next. */
  readonly #changedAt: number[] = [];

  constructor(
    private readonly storyId: string,
    private readonly token: string,
  ) {}

  async rename(client: () => GraphqlClient, isOver: () => boolean): Promise<void> {
    let revision: number | undefined;
    while (!isOver()) {
      const author = client().as(this.token);
      revision ??= (await this.#ask(author, '{ revision }'))?.revision as number | undefined;
      const answer =
        revision !== undefined &&
        (await author
          .send(
            `mutation ($id: ID!, $input: UpdateStoryInput!) { updateStory(id: $id, input: $input) { revision } }`,
            { id: this.storyId, input: { title: `Title ${this.renamed + 1}`, revision } },
          )
          .catch(() => undefined));
      // Without an answer it may have been done: the revision tells.
      revision = answer ? (answer.data?.updateStory?.revision as number | undefined) : undefined;
      if (revision !== undefined) {
        this.#changedAt[this.renamed] = Date.now();
        this.renamed += 1;
      }
      await setTimeout(400);
    }
  }

  async read(client: () => GraphqlClient, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const asked = Date.now();
      const story = await this.#ask(client(), '{ title }');
      if (story === undefined) this.failures += 1;
      else {
        this.answers += 1;
        const number = Number(/^Title (\d+)$/.exec(String(story.title))?.[1] ?? 0);
        this.oldest = Math.max(this.oldest, asked - (this.#changedAt[number] ?? asked));
      }
      await setTimeout(10);
    }
  }

  async #ask(client: GraphqlClient, what: string): Promise<Record<string, unknown> | undefined> {
    const answer = await client
      .send(`query ($id: ID!) { story(id: $id) ${what} }`, { id: this.storyId })
      .catch(() => undefined);
    return (answer?.data?.story ?? undefined) as Record<string, unknown> | undefined;
  }
}
