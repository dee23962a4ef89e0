/**
 * What readers and authors wait for among a million readers with ten million steps, on the built server with its
 * embedded PostgreSQL: leaderboards, analytics, the feed, statistics, and choices that come to an ending. For each, the
 * median time of several rounds in which all take turns, and what the plans of its statements read.
 * Run with `npm run bench:readers`, and `-- --users 10000 --steps 100000` for less; `--data FOLDER` keeps the database,
 * `--rebuild` counts all of it anew.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { EmbeddedPostgres } from '../dist/src/database/embedded/embedded-postgres.js';
import { Asker, endAtOnce, newMeasures } from './readers-asks.js';
import { derive } from './readers-derive.js';
import { fill, storiesOf } from './readers-fill.js';
import { plansOf, prepare, told } from './readers-plans.js';
import { Server, median } from './server.js';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '1000000' },
    steps: { type: 'string', default: '10000000' },
    stories: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '7' },
    data: { type: 'string' },
    rebuild: { type: 'boolean' },
  },
});
const [USERS, STEPS, STORIES, ROUNDS] = ['users', 'steps', 'stories', 'rounds'].map((name) =>
  Number(values[name]),
);
const PASSWORD = 'correct horse battery';
const log = (line) => console.log(line);
const ms = (time) => `${time < 100 ? time.toFixed(1) : Math.round(time)} ms`;

const isEmpty = async (db, table) =>
  (await db.query(`SELECT FROM ${table} LIMIT 1`)).rowCount === 0;

async function connect(server) {
  const db = new pg.Client({ connectionString: await EmbeddedPostgres.attach(server.dataDir) });
  await db.connect();
  await db.query('SET statement_timeout = 0');
  return db;
}

/** An author with all stories, published; the first one twice. */
async function publishStories(server, db) {
  const { register } = await server.ask(
    `mutation { register(input: { username: "bench", email: "bench@example.org", password: "${PASSWORD}" }) { accessToken } }`,
  );
  server.token = register.accessToken;
  const ids = [];
  for (let from = 0; from < STORIES; from += 100)
    ids.push(...(await server.importStories(storiesOf(from, Math.min(100, STORIES - from)))));
  const publish = (id) =>
    server.ask(`mutation ($id: ID!) { publishStory(id: $id) { id } }`, { id });
  for (const id of ids) await publish(id);
  await db.query(
    `UPDATE story_nodes SET content = content || ' Again.' WHERE story_id = (SELECT min(story_id) FROM stories)`,
  );
  await publish(ids[0]);
  await db.query(`UPDATE users SET role = 'admin'`);
}

/** Runs `talegraph stats rebuild` beside the server. */
async function rebuild(server) {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '..', 'dist', 'src', 'cli.js'), 'stats', 'rebuild'],
    { env: { ...env, DATA_DIR: server.dataDir }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  let peak = 0;
  const watch = setInterval(() => {
    const status = `/proc/${child.pid}/status`;
    if (existsSync(status))
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0));
  }, 500);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`stats rebuild ended with ${code}.`);
  log(
    `stats rebuild: ${((performance.now() - began) / 1000).toFixed(0)} s, at most ${Math.round(peak / 1024)} MB of its process`,
  );
}

const SIZES = `
  SELECT relname AS name, reltuples::bigint AS rows, pg_table_size(oid) AS heap, pg_indexes_size(oid) AS indexes
  FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_total_relation_size(oid) > 100000
  ORDER BY pg_total_relation_size(oid) DESC`;

async function tellSizes(db) {
  const { rows } = await db.query(SIZES);
  const steps = Number(rows.find(({ name }) => name === 'progress_steps').rows);
  log(`\n${'table'.padEnd(20)}       rows  a step    table  indexes  bytes a step`);
  for (const { name, rows: count, heap, indexes } of rows.slice(0, 20))
    log(
      [
        name.padEnd(20),
        String(count).padStart(10),
        (count / steps).toFixed(2).padStart(6),
        `${Math.round(heap / 2 ** 20)} MB`.padStart(8),
        `${Math.round(indexes / 2 ** 20)} MB`.padStart(8),
        String(Math.round((Number(heap) + Number(indexes)) / steps)).padStart(8),
      ].join('  '),
    );
}

/** One line for each statement that took a while, or the longest. */
function tellPlans(plans) {
  const all = plans.map(told).toSorted((one, other) => other.time - one.time);
  const total = all.reduce((sum, { time }) => sum + time, 0);
  log(`    ${all.length} statements, ${ms(total)} in PostgreSQL with its timing on`);
  for (const { text, time, buffers, reads } of all
    .filter((plan, i) => i < 2 || plan.time > 5)
    .slice(0, 8)) {
    log(`    ${ms(time)}, ${buffers} buffers: ${text.slice(0, 110)}`);
    log(`      ${reads.slice(0, 5).join('; ')}`);
  }
}

async function measure(server, db) {
  const asker = await Asker.open(server, db, { password: PASSWORD });
  const measures = await newMeasures(asker);
  const times = new Map(measures.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS + 1; round++) {
    for (const { name, before, ask } of measures) {
      const prepared = await before?.();
      const began = performance.now();
      await ask(prepared);
      // The first round warms up.
      if (round > 0) times.get(name).push(performance.now() - began);
    }
  }
  log(`\nMedians of ${ROUNDS} rounds, with the most of any; then the plans`);
  for (const { name, before, ask } of measures) {
    log(
      `\n${name.padEnd(44)} ${ms(median(times.get(name)))}  (${ms(Math.max(...times.get(name)))})`,
    );
    const prepared = await before?.();
    tellPlans(await plansOf(db, () => ask(prepared)));
  }
  const waits = await endAtOnce(asker, { readers: 32, rounds: ROUNDS });
  log(
    `\n32 readers come to an ending at once: median ${ms(median(waits))}, at most ${ms(Math.max(...waits))}`,
  );
}

/** Starts a server on the data for a while. */
async function withServer(work) {
  const server = await Server.start(dataDir);
  const db = await connect(server);
  try {
    await work(server, db);
  } finally {
    await db.end();
    await server.stop();
  }
}

const dataDir = values.data ?? mkdtempSync(join(tmpdir(), 'talegraph-bench-'));
try {
  await withServer(async (server, db) => {
    await prepare(db);
    if (await isEmpty(db, 'stories')) await publishStories(server, db);
    if (await isEmpty(db, 'user_progress')) await fill(db, { users: USERS, steps: STEPS, log });
    if (await isEmpty(db, 'counting WHERE rebuilt_at IS NOT NULL')) await derive(db, log);
    if (values.rebuild) await rebuild(server);
    await db.query('VACUUM ANALYZE');
  });
  await withServer(async (server, db) => {
    await tellSizes(db);
    await measure(server, db);
  });
} finally {
  if (values.data === undefined) rmSync(dataDir, { recursive: true, force: true });
}
