import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { newTestDatabase, type TestDatabase } from '../support/database.js';
import { draftOfManyStates, MANY_STATES } from '../support/many-states.js';
import { publishMaze, RestlessReader } from '../support/restless-reader.js';
import { ServerProcess } from '../support/server-process.js';

const LOOK = `query ($id: ID!) { storyProof(storyId: $id) { status states isComplete isSafe } }`;
const READERS = 4;

describe('a server that leaves jobs to workers', () => {
  let dataDir: string;
  let database: TestDatabase;
  let env: Record<string, string>;
  let sql: DataSource;
  let server: ServerProcess;
  const workers: ServerProcess[] = [];

  const startWorker = async () =>
    workers.push(await (await ServerProcess.spawnWorker(dataDir, env)).ready());

  beforeAll(async () => {
    dataDir = newDataDir();
    database = await newTestDatabase();
    sql = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    env = { DATABASE_URL: database.url, JWT_SECRET: 's'.repeat(32) };
    server = await (await ServerProcess.spawn(dataDir, { ...env, JOBS: 'elsewhere' })).ready();
  }, 60_000);
  afterAll(async () => {
    await Promise.all([server, ...workers].map((one) => one.kill('SIGTERM')));
    await sql.destroy();
    await database.drop();
    removeDataDir(dataDir);
  }, 60_000);

  const waiting = async (): Promise<number> => {
    const [row] = await sql.query('SELECT count(*)::integer AS count FROM play_facts');
    return row.count;
  };

  it('queues them and works on none', async () => {
    const storyId = await publishMaze(server.client);
    const { continueAsGuest } = await server.client.get(
      'mutation { continueAsGuest { accessToken } }',
    );
    await server.client
      .as(continueAsGuest.accessToken)
      .get('mutation ($storyId: ID!) { startStory(storyId: $storyId) { id } }', { storyId });
    const queued = `SELECT state FROM pgboss.job WHERE name = 'count-plays'`;
    while ((await sql.query<unknown[]>(queued)).length === 0) await setTimeout(50);
    // Longer than a worker takes until it looks.
    await setTimeout(2500);
    expect(new Set((await sql.query<{ state: string }[]>(queued)).map((job) => job.state))).toEqual(
      new Set(['created']),
    );
    expect(await waiting()).toBe(1);
  }, 30_000);

  it('has all that is played counted once by two of them', async () => {
    await Promise.all([startWorker(), startWorker()]);
    const [{ story_id: storyId }] = await sql.query('SELECT story_id FROM stories');
    const { stories } = await server.client.get('{ stories(first: 1) { nodes { id } } }');
    const before = await stepsOf(sql, storyId);
    const readers = await Promise.all(
      Array.from({ length: READERS }, () =>
        RestlessReader.register(() => server.client, stories.nodes[0].id),
      ),
    );
    const playing = readers.map((reader) => reader.playOn());
    await setTimeout(4000);
    for (const reader of readers) reader.stop();
    await Promise.all(playing);
    while ((await waiting()) > 0) await setTimeout(50);
    const made = readers.reduce((sum, reader) => sum + reader.acknowledged, 0);
    expect(made).toBeGreaterThan(0);
    expect((await stepsOf(sql, storyId)) - before).toBe(made);
    const [counted] = await sql.query('SELECT sum(choices)::integer AS choices FROM story_days');
    expect(counted.choices).toBe(made);
  }, 60_000);

  const proving = async (): Promise<{ state: string; retries: number }> => {
    const [job] = await sql.query(
      `SELECT state, retry_count AS retries FROM pgboss.job WHERE name = 'prove-story'`,
    );
    return job;
  };

  it('has what a worker that is killed had in hand done by the other one', async () => {
    const { register } = await server.client.get(
      `mutation { register(input: { username: "prover", email: "p@example.org", password: "ink and paper" }) { accessToken } }`,
    );
    const author = server.client.as(register.accessToken);
    const id = await draftOfManyStates(author);
    const proof = async () => (await author.get(LOOK, { id })).storyProof;
    const [one, other] = workers;
    // Held still, so that it is the other one that has the proof in hand.
    void other!.kill('SIGSTOP');
    await author.get(`mutation ($id: ID!) { proveStory(storyId: $id) { id } }`, { id });
    while ((await proving()).state !== 'active') await setTimeout(20);
    await one!.kill('SIGKILL');
    const leftBehind = await proving();
    void other!.kill('SIGCONT');
    expect(leftBehind).toEqual({ state: 'active', retries: 0 });
    let last = await proof();
    while (/QUEUED|RUNNING/.test(last.status)) {
      await setTimeout(200);
      last = await proof();
    }
    expect(last).toEqual({ status: 'DONE', states: MANY_STATES, isComplete: true, isSafe: true });
    while ((await proving()).state === 'active') await setTimeout(20);
    expect(await proving()).toEqual({ state: 'completed', retries: 1 });
  }, 90_000);

  it('has workers that answer for their health and nothing else, and end cleanly', async () => {
    await startWorker();
    const worker = workers.at(-1)!;
    const status = async (path: string) => (await fetch(`${worker.url}${path}`)).status;
    expect(await status('/health/live')).toBe(200);
    expect(await status('/health/ready')).toBe(200);
    expect(await status('/metrics')).toBe(200);
    expect(await status('/graphql?query={__typename}')).toBe(404);
    expect(await worker.kill('SIGTERM')).toBe('SIGTERM');
  }, 60_000);

  it('cannot have one on an embedded database', async () => {
    const worker = await ServerProcess.spawnWorker(dataDir, {});
    expect(await worker.ended()).toBe(1);
    expect(worker.output).toContain('A worker needs DATABASE_URL');
  }, 30_000);
});

async function stepsOf(sql: DataSource, storyId: number): Promise<number> {
  const [row] = await sql.query(
    `SELECT count(*)::integer AS count FROM progress_steps JOIN user_progress USING (progress_id)
     WHERE story_id = $1 AND choice_id IS NOT NULL`,
    [storyId],
  );
  return row.count;
}
