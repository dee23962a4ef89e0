/**
 * The statement that records a choice, alone and as Talegraph has it: by `pg` in a process of its own, named, and by pgbench,
 * prepared. Both take turns on the same connections' worth of playthroughs.
 */
import { execFile, execFileSync, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { promisify } from 'node:util';
import pg from 'pg';
import { ChoiceRecorder } from '../../dist/src/progress/playthroughs/choice.recorder.js';
import { median } from '../server.js';
import { newPlays } from './data.js';

const CLIENTS = 16;

/** What Talegraph sends for the first step of a playthrough that it knows: the statement, and what it is told of the choice. */
async function sentFor({ progress, user, version, rowVersion, node, choice, state }) {
  let sent;
  const database = {
    together: (_, ask) => async (key) => (await ask([key]))[0],
    prepared: (statement, values) => {
      sent = { ...statement, row: JSON.parse(values[0])[0] };
      return Promise.resolve([]);
    },
  };
  await new ChoiceRecorder(database, { tell: () => undefined }).advance(
    {
      ...{ progressId: progress, step: 0, userId: user, versionId: version },
      ...{ currentNodeId: node, rowVersion },
    },
    { choiceId: choice, outcome: null, collected: null, state, isCompleted: false, ending: null },
  );
  return sent;
}

/** As the process that {@link byNode} forks: `pg` alone. @returns statements a second */
async function advanceAll({ url, plays, seconds }) {
  const until = performance.now() + seconds * 1000;
  const began = performance.now();
  const counts = await Promise.all(
    plays.map(async (play) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const { name, text, row } = await sentFor(play);
      let step = 0;
      for (; performance.now() < until; step++) {
        const values = [JSON.stringify([{ ...row, step }])];
        const { rows } = await client.query({ name, text, values });
        if (rows.length !== 1) throw new Error(`Step ${step} was not made.`);
        row.row_version = rows[0].rowVersion;
      }
      await client.end();
      return step;
    }),
  );
  const lasted = (performance.now() - began) / 1000;
  return counts.reduce((sum, count) => sum + count, 0) / lasted;
}

async function byNode(message) {
  const child = fork(import.meta.filename);
  child.send(message);
  const [{ rate, error }] = await new Promise((resolve) =>
    child.once('message', (...told) => resolve(told)),
  );
  if (error) throw new Error(error);
  return rate;
}

/** The same by pgbench: which playthrough, step and version of the row are its variables, the rest stands in the statement. */
async function byPgbench({ url, plays, seconds }) {
  const { text, row } = await sentFor(plays[0]);
  const marked = JSON.stringify([{ ...row, progress_id: '%s', step: '%s', row_version: '%s' }])
    // Or pgbench takes what comes after for the name of a variable.
    .replaceAll('":', '": ');
  const json = `format('${marked}', :progress::text, :step::text, :rowVersion::text)::json`;
  const sql = text.replace('$1', json).replaceAll(/\s+/g, ' ');
  const folder = mkdtempSync(join(tmpdir(), 'talegraph-pgbench-'));
  const file = join(folder, 'choice.sql');
  writeFileSync(
    file,
    `\\set progress ${plays[0].progress} + :client_id\n${sql} \\gset\n\\set step :step + 1\n`,
  );
  try {
    const { stdout } = await promisify(execFile)('pgbench', [
      ...['-n', '-M', 'prepared', '-c', String(plays.length), '-j', '1', '-T', String(seconds)],
      ...['-D', 'step=0', '-D', `rowVersion=${plays[0].rowVersion}`, '-f', file, url],
    ]);
    return Number(/tps = ([\d.]+)/.exec(stdout)[1]);
  } catch ({ stderr, message }) {
    // Without the command, in which the password stands.
    throw new Error(`pgbench failed: ${stderr || message.split('\n')[0]}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pgbenchVersion() {
  try {
    return execFileSync('pgbench', ['--version']).toString().trim();
  } catch {
    return undefined;
  }
}

/** @returns medians of statements a second; undefined, loudly, without pgbench */
export async function measureStatement({ data, log }, { rounds, seconds }) {
  const version = pgbenchVersion();
  if (version === undefined) {
    log(
      'SKIPPED the statement alone: there is no pgbench here (postgresql-contrib, or the client, has it).',
    );
    return undefined;
  }
  const { db, url, asked, readers } = data;
  const seen = { node: [], pgbench: [] };
  for (let round = 0; round < rounds; round++)
    for (const [name, run] of Object.entries({ node: byNode, pgbench: byPgbench })) {
      const template = [asked.plays[0]];
      const users = Array(CLIENTS).fill(readers[1].uid);
      const plays = (await newPlays(db, template, users)).map((play) => ({
        ...{ ...play, choice: asked.ways[play.node][0].id, state: { node: play.node } },
      }));
      seen[name].push(await run({ url, plays, seconds }));
      // What nobody has played is not to be counted.
      await db.query('DELETE FROM user_progress WHERE progress_id = ANY($1)', [
        plays.map(({ progress }) => progress),
      ]);
    }
  await db.query('TRUNCATE play_facts');
  await db.query('VACUUM ANALYZE user_progress, progress_steps');
  return { node: median(seen.node), pgbench: median(seen.pgbench), version, clients: CLIENTS };
}

if (argv[1] === import.meta.filename)
  process.once('message', (message) => {
    advanceAll(message).then(
      (rate) => process.send({ rate }, () => process.disconnect()),
      (error) => process.send({ error: error.stack }, () => process.disconnect()),
    );
  });
