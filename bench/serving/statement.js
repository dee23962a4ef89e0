/**
 * The statement that records a choice, alone and as Talegraph has it: by `pg` in a process of its own, named, each choice by itself
 * and as Talegraph records those of as many readers, together; and by pgbench, prepared. They take turns on as many playthroughs.
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

/** What a recorder is given for the first step of a playthrough that it knows. */
const firstStep = ({ progress, user, version, rowVersion, node, choice, state }) => [
  {
    ...{ progressId: progress, step: 0, userId: user, versionId: version },
    ...{ currentNodeId: node, rowVersion },
  },
  { choiceId: choice, outcome: null, collected: null, state, isCompleted: false, ending: null },
];

const NOBODY = { tell: () => undefined };

/** What Talegraph sends for that step: the statement, and what it is told of the choice. */
async function sentFor(play) {
  let sent;
  const database = {
    together: (_lanes, _most, ask) => async (key) => (await ask([key]))[0],
    prepared: (statement, values) => {
      sent = { ...statement, row: JSON.parse(values[0])[0] };
      return Promise.resolve([]);
    },
  };
  await new ChoiceRecorder(database, NOBODY).advance(...firstStep(play));
  return sent;
}

/** Makes choices in each of some playthroughs by a connection of its own. @returns how many in each, once the time is up */
function advanceAlone({ url, plays }, isTime) {
  return Promise.all(
    plays.map(async (play) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const { name, text, row } = await sentFor(play);
      let step = 0;
      for (; isTime(); step++) {
        const values = [JSON.stringify([{ ...row, step }])];
        const { rows } = await client.query({ name, text, values });
        if (rows.length !== 1) throw new Error(`Step ${step} was not made.`);
        row.row_version = rows[0].rowVersion;
      }
      await client.end();
      return step;
    }),
  );
}

/** The same by Talegraph's recorder. */
async function advanceTogether({ url, plays }, isTime) {
  const pool = new pg.Pool({ connectionString: url });
  const database = {
    together: (lanes, most, ask) => {
      const loader = lanes.loader(most, ask);
      return (key) => loader.load(key);
    },
    prepared: async (statement, values) => (await pool.query({ ...statement, values })).rows,
  };
  const recorder = new ChoiceRecorder(database, NOBODY);
  const counts = await Promise.all(
    plays.map(async (play) => {
      let [progress, choice] = firstStep(play);
      while (isTime()) {
        const made = await recorder.advance(progress, choice);
        if (made === undefined) throw new Error(`Step ${progress.step} was not made.`);
        ({ progress } = made);
      }
      return progress.step;
    }),
  );
  await pool.end();
  return counts;
}

/** As the process that {@link byNode} forks. @returns choices a second */
async function advanceAll({ isTogether, seconds, ...asked }) {
  const began = performance.now();
  const isTime = () => performance.now() < began + seconds * 1000;
  const counts = await (isTogether ? advanceTogether : advanceAlone)(asked, isTime);
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

const RUNS = {
  node: byNode,
  together: (asked) => byNode({ ...asked, isTogether: true }),
  pgbench: byPgbench,
};

/** @returns medians of choices a second; undefined, loudly, without pgbench */
export async function measureStatement({ data, log }, { rounds, seconds }) {
  const version = pgbenchVersion();
  if (version === undefined) {
    log(
      'SKIPPED the statement alone: there is no pgbench here (postgresql-contrib, or the client, has it).',
    );
    return undefined;
  }
  const { db, url, asked, readers } = data;
  const seen = { node: [], together: [], pgbench: [] };
  for (let round = 0; round < rounds; round++)
    for (const [name, run] of Object.entries(RUNS)) {
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
  const [node, together, pgbench] = [seen.node, seen.together, seen.pgbench].map(median);
  return { node, together, pgbench, version, clients: CLIENTS };
}

if (argv[1] === import.meta.filename)
  process.once('message', (message) => {
    advanceAll(message).then(
      (rate) => process.send({ rate }, () => process.disconnect()),
      (error) => process.send({ error: error.stack }, () => process.disconnect()),
    );
  });
