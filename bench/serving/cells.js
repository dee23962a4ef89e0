/** Runs cells, each a workload on a server for a while, and checks what the servers answer and record. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { newPlays } from './data.js';
import { Client } from './load.js';
import { cpuOf, cpuOfPostgres } from './measure.js';

/** How long counting may take. */
const SETTLE_MS = 20_000;

/** The process that asks, so that what it uses is not counted as the servers'. */
export class LoadProcess {
  #child = fork(join(import.meta.dirname, 'load.js'));

  /** @param hooks called when what is counted begins, and when it ends */
  run(cell, { onBegin, onEnd }) {
    return new Promise((resolve, reject) => {
      const hear = ({ begun, ended, result, error }) => {
        if (begun) onBegin();
        if (ended) onEnd();
        if (result === undefined && error === undefined) return;
        this.#child.off('message', hear);
        if (error === undefined) resolve(result);
        else reject(new Error(`${cell.server}, ${cell.workload.title}: ${error}`));
      };
      this.#child.on('message', hear);
      this.#child.send(cell);
    });
  }

  stop() {
    this.#child.kill('SIGTERM');
  }
}

const same = (what, one, other) => {
  if (!isDeepStrictEqual(one, other))
    throw new Error(
      `${what} differ:\n${JSON.stringify(one).slice(0, 2000)}\n${JSON.stringify(other).slice(0, 2000)}`,
    );
};

/** Asks all servers of a workload for the same. @throws unless they answer the same */
async function checkReads({ title, servers, sample, asAuthor }, all, tokens) {
  const answersOf = async (server) => {
    const client = await Client.open({ server, port: all[server].port }, tokens[asAuthor ? 0 : 1]);
    const answers = [];
    for (const ask of sample) answers.push(await client.answer(ask));
    client.connection.close();
    return answers;
  };
  const [first, ...rest] = servers;
  const expected = await answersOf(first);
  for (const server of rest)
    same(`${title}: ${first} and ${server}`, expected, await answersOf(server));
}

/** Plays the same choices on all servers. @throws unless they answer the same */
async function checkChoices({ db, asked, readers }, all, tokens) {
  const told = {};
  for (const server of ['uncached', 'shipped', 'postgraphile', 'raw']) {
    const client = await Client.open({ server, port: all[server].port }, tokens[1]);
    const [{ progress, node }] = await newPlays(db, asked.plays, [readers[1].uid]);
    const answers = [];
    for (let at = node, step = 0; step < 20; step++) {
      const way = asked.ways[at][step % asked.ways[at].length];
      const answer = await client.answer({
        op: 'choose',
        progress,
        step,
        node: at,
        choice: way.id,
      });
      answers.push({ ...answer, progressId: answer.progressId === progress });
      at = way.to;
    }
    const begun = await client.answer({ op: 'start', story: asked.plays[0].story });
    answers.push({ ...begun, progressId: undefined });
    told[server] = answers;
    client.connection.close();
  }
  const { uncached, ...others } = told;
  for (const [server, answers] of Object.entries(others))
    same(`Choices: uncached and ${server}`, uncached, answers);
}

/** Asks all servers for a sample of everything. @throws unless they answer the same */
export async function checkAnswers({ data, workloads, all, tokens }) {
  const reads = Object.values(workloads).filter(({ sample }) => sample !== undefined);
  for (const workload of reads) await checkReads(workload, all, tokens);
  await checkChoices(data, all, tokens);
}

/** @throws unless every choice that was acknowledged is recorded, and no other */
async function checkSteps(db, server, made) {
  const acknowledged = made.reduce((sum, { step }) => sum + step, 0);
  const { rows } = await db.query(
    `SELECT (SELECT coalesce(sum(step), 0) FROM user_progress WHERE progress_id = ANY($1))::int AS steps,
            (SELECT count(*) FROM progress_steps WHERE progress_id = ANY($1))::int AS recorded`,
    [made.map(({ progress }) => progress)],
  );
  same(`${server}: acknowledged and recorded choices`, rows[0], {
    steps: acknowledged,
    recorded: acknowledged,
  });
}

const TALEGRAPH = ['uncached', 'shipped'];
const isTalegraph = (server) => TALEGRAPH.includes(server);

/** Waits until what was played is counted in the statistics: that is work of Talegraph, and not of who is measured next. */
export async function settle(db) {
  for (const deadline = Date.now() + SETTLE_MS; Date.now() < deadline; await sleep(100)) {
    const { rows } = await db.query('SELECT count(*)::int AS left FROM play_facts');
    if (rows[0].left === 0) return;
  }
}

/**
 * Runs one cell. @returns its figures, with the microseconds of processor time of the server and of PostgreSQL for a
 * request, and those that counting what was played took afterwards
 */
export async function runCell(
  { data, all, tokens, load },
  { workload, server, seconds, warmSeconds },
) {
  const { prepare, ...told } = workload;
  const { port } = all[server];
  const own = workload.asAuthor ? tokens.map(() => tokens[0]) : tokens.slice(1);
  const cell = {
    ...{ server, port, seconds, warmSeconds, tokens: own },
    workload: { ...told, ...(await prepare?.()) },
  };
  // What is played is counted by both servers of Talegraph, whichever was asked.
  const pids = isTalegraph(server) ? TALEGRAPH.map((name) => all[name].pid) : [all[server].pid];
  const used = () => ({
    server: pids.reduce((sum, pid) => sum + cpuOf(pid), 0),
    postgres: cpuOfPostgres(data.pid),
  });
  const usedByAll = () =>
    Object.values(all).reduce((sum, { pid }) => sum + cpuOf(pid), cpuOfPostgres(data.pid));
  let before;
  let after;
  const { made, ...figures } = await load.run(cell, {
    onBegin: () => (before = used()),
    onEnd: () => (after = used()),
  });
  const each = (spent) => (spent / figures.requests) * 1e6;
  const cpu = {
    cpu: each(after.server - before.server),
    postgresCpu: each(after.postgres - before.postgres),
  };
  if (made.length === 0) return { ...figures, ...cpu };
  const counted = async () => {
    const sofar = usedByAll();
    await settle(data.db);
    return each(usedByAll() - sofar);
  };
  await checkSteps(data.db, server, made);
  const counting = isTalegraph(server) ? { countingCpu: await counted() } : {};
  // What was written is cleared up for whoever is next.
  await data.db.query('VACUUM');
  return { ...figures, ...cpu, ...counting };
}
