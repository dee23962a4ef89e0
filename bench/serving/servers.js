/** Starts the servers, each one process on a port of its own, with the same database, key and kind of log. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server, freePort } from '../server.js';

const root = join(import.meta.dirname, '..', '..');
const START_MS = 60_000;

/** The key that all servers verify tokens by. */
export const JWT_SECRET = 'the benchmark signs its tokens by this';

/** Talegraph keeps no answers as bytes, so that each read is worked out. */
const WITHOUT_KEPT_ANSWERS = { ANSWER_CACHE_MB: '0' };

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    setTimeout(() => socket.destroy(), 1000).unref();
  });

/** Runs a script, with its log into nothing, until it takes connections. */
async function start(name, script, settings, execArgv = []) {
  const port = await freePort();
  const log = openSync('/dev/null', 'w');
  const child = spawn(execPath, [...execArgv, script], {
    cwd: root,
    env: {
      ...{ ...env, ...settings, JWT_SECRET, NODE_ENV: 'production' },
      ...{ PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` },
    },
    stdio: ['ignore', log, 'inherit'],
  });
  closeSync(log);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (const deadline = Date.now() + START_MS; !(await answers(port)); await sleep(100)) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`The server "${name}" did not start.`);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { name, port, pid: child.pid, url: `http://127.0.0.1:${port}`, stop };
}

/** Talegraph as it is shipped; it brings its tables up to date first. */
export async function startTalegraph(databaseUrl, dataDir, settings = {}, execArgv = []) {
  const script = join(root, 'dist', 'src', 'main.js');
  const defaults = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, SEED_SAMPLES: 'false' };
  const server = await start('talegraph', script, { ...defaults, ...settings }, execArgv);
  return Object.assign(new Server(), server);
}

/** A peer, with so many connections to PostgreSQL. */
export const startPeer = (name, databaseUrl, poolSize, settings = {}) =>
  start(name, join(import.meta.dirname, `${name}-server.js`), {
    ...{ DATABASE_URL: databaseUrl, POOL_SIZE: String(poolSize), GRAPHILE_ENV: 'production' },
    ...settings,
  });

/** @returns all servers by name */
export async function startAll({ url, asked }, { dataDir, pools, execArgv }) {
  const started = await Promise.all([
    startTalegraph(url, dataDir, WITHOUT_KEPT_ANSWERS, execArgv),
    startTalegraph(url, dataDir, {}, execArgv),
    startPeer('postgraphile', url, pools.postgraphile),
    startPeer('raw', url, pools.raw),
    startPeer('memory', url, 1, { NODES: asked.nodes.join() }),
  ]);
  const [uncached, shipped, postgraphile, raw, memory] = started;
  return { uncached, shipped, postgraphile, raw, memory };
}
