/** All that a benchmark of the servers needs, set up: the data, the servers, readers who are signed in, and the process that asks. */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoadProcess, checkAnswers, runCell, settle } from './cells.js';
import { openData } from './data.js';
import { cpuOfPostgres } from './measure.js';
import { JWT_SECRET, startAll, startPeer } from './servers.js';
import { signToken } from './tokens.js';
import { workloadsOf } from './workloads.js';

const TOKEN_SECONDS = 12 * 3600;
const POOLS = [8, 16, 20];
const IDLE_SECONDS = 3;

/** Seconds of processor time in a second that PostgreSQL takes at rest, at most, and how long it may take to come to it. */
const CALM = 0.03;
const CALM_MS = 120_000;

export const SIZES = {
  small: { stories: 40, large: [1000], users: 2000, steps: 20_000 },
  full: { stories: 200, large: [10_000], users: 100_000, steps: 1_000_000 },
};

export const folderFor = (name) => join(tmpdir(), `talegraph-bench-${name}`);

export class Stand {
  /** The data alone, without any server yet. */
  static async open(size, dataDir, { connections, log, autovacuum }) {
    mkdirSync(dataDir, { recursive: true });
    const stand = Object.assign(new Stand(), { dataDir, log });
    for (const signal of ['SIGINT', 'SIGTERM'])
      process.once(signal, () => void stand.close().finally(() => process.exit(1)));
    try {
      stand.data = await openData(dataDir, size, { connections, log, autovacuum });
      stand.tokens = stand.data.readers.map((claims) =>
        signToken(claims, TOKEN_SECONDS, JWT_SECRET),
      );
      stand.workloads = workloadsOf(stand.data, connections);
      stand.load = new LoadProcess();
      return stand;
    } catch (error) {
      await stand.close();
      throw error;
    }
  }

  /** Starts the servers. @param options `pools` by peer are tried out when left out; `execArgv` go to Talegraph */
  async start({ pools, execArgv } = {}) {
    const { data, dataDir } = this;
    this.pools = pools ?? (await this.#tune());
    this.startedAt = performance.now();
    this.all = await startAll(data, { ...{ dataDir, execArgv }, pools: this.pools });
    await checkAnswers(this);
    this.log('All servers answer the same.');
    await settle(data.db);
    await this.#calm();
  }

  /** Waits until the jobs that servers begin with are done: PostgreSQL has nothing to do. */
  async #calm() {
    await this.data.db.query('VACUUM ANALYZE');
    for (const deadline = Date.now() + CALM_MS; Date.now() < deadline;)
      if ((await this.idle()) < CALM) return;
    this.log('PostgreSQL has not come to rest.');
  }

  /** Runs one cell. @see runCell */
  run(name, server, times) {
    return runCell(this, { ...{ workload: this.workloads[name], server }, ...times });
  }

  /** Seconds of processor time that PostgreSQL takes in a second while nobody asks for anything. */
  async idle() {
    const before = cpuOfPostgres(this.data.pid);
    await sleep(IDLE_SECONDS * 1000);
    return (cpuOfPostgres(this.data.pid) - before) / IDLE_SECONDS;
  }

  async close() {
    this.load?.stop();
    for (const server of Object.values(this.all ?? {})) await server.stop();
    await this.data?.close();
  }

  /** Tries how many connections to PostgreSQL serve each peer best. */
  async #tune() {
    const best = {};
    for (const peer of ['postgraphile', 'raw']) {
      const scores = new Map();
      for (const pool of POOLS) {
        this.all = { [peer]: await startPeer(peer, this.data.url, pool) };
        const times = { seconds: 1.5, warmSeconds: 1 };
        const { perSecond: reads } = await this.run('read', peer, times);
        const { perSecond: choices } = await this.run('choose', peer, times);
        this.log(
          `${peer} with ${pool} connections: ${Math.round(reads)} reads/s, ${Math.round(choices)} choices/s`,
        );
        scores.set(pool, Math.sqrt(reads * choices));
        await this.all[peer].stop();
        this.all = undefined;
      }
      best[peer] = POOLS.toSorted((one, other) => scores.get(other) - scores.get(one))[0];
    }
    return best;
  }
}
