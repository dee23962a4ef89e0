import { chmodSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { missingProgram } from '../support/cluster/debian.js';
import { startPooler, type Pooler } from '../support/cluster/pooler.js';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { newTestDatabase, type TestDatabase } from '../support/database.js';
import { publishMaze, RestlessReader } from '../support/restless-reader.js';
import { ServerProcess } from '../support/server-process.js';

const READERS = 12;

/** Fewer than the connections of either server. */
const POOL = 3;

const missing = missingProgram(['pgbouncer']);
if (missing !== undefined) console.warn(`Skipped: ${missing} is not installed here.`);

(missing === undefined ? describe : describe.skip)('behind PgBouncer in transaction mode', () => {
  let dataDir: string;
  let database: TestDatabase;
  let pooler: Pooler;
  let sql: DataSource;
  let servers: ServerProcess[];

  beforeAll(async () => {
    dataDir = newDataDir();
    chmodSync(dataDir, 0o755);
    // Empty, so that migrations and the tables of the queues are made through it too.
    database = await newTestDatabase('template0');
    sql = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    pooler = await startPooler(dataDir, database.url, POOL);
    const env = {
      DATABASE_URL: pooler.url,
      DATABASE_DIRECT_URL: database.url,
      DATABASE_PREPARED: 'false',
      DATABASE_POOL_SIZE: '10',
      JWT_SECRET: 's'.repeat(32),
    };
    servers = await Promise.all([
      ServerProcess.spawn(dataDir, env),
      ServerProcess.spawn(dataDir, env),
    ]);
    await Promise.all(servers.map((server) => server.ready()));
  }, 90_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.kill('SIGTERM')));
    await pooler.stop();
    await sql.destroy();
    await database.drop();
    removeDataDir(dataDir);
  }, 60_000);

  it('servers play, search, write drafts and count at the same time, and nothing goes wrong', async () => {
    const [one, other] = servers.map(({ client }) => client);
    const storyId = await publishMaze(one!);
    const readers = await Promise.all(
      Array.from({ length: READERS }, (_, i) =>
        RestlessReader.register(() => (i % 2 === 0 ? one! : other!), storyId),
      ),
    );
    const playing = readers.map((reader) => reader.playOn());
    const { login } = await other!.get(
      `mutation { login(input: { identifier: "author", password: "ink and paper" }) { accessToken } }`,
    );
    const author = other!.as(login.accessToken);
    // Taken for a misspelling by the server's own threshold, and not by PostgreSQL's, which is 0.6.
    const [{ alike }] = await sql.query(`SELECT word_similarity('mazre', 'Maze Round.') AS alike`);
    expect(alike).toBeLessThan(0.6);
    const until = Date.now() + 5000;
    let drafts = 0;
    while (Date.now() < until) {
      const { stories } = await one!.get('{ stories(filter: { query: "mazre" }) { totalCount } }');
      expect(stories.totalCount).toBe(1);
      await author.get(
        `mutation ($id: ID!, $title: String!) { addNode(storyId: $id, input: { title: $title, content: "More.", type: CHOICE }) { id } }`,
        { id: storyId, title: `Room ${drafts++}` },
      );
    }
    for (const reader of readers) reader.stop();
    await Promise.all(playing);
    const [{ nodes }] = await sql.query(`SELECT count(*)::integer - 4 AS nodes FROM story_nodes`);
    expect(nodes).toBe(drafts);
    const made = readers.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
    expect(made).toBeGreaterThan(0);
    const waiting = 'SELECT FROM play_facts LIMIT 1';
    while ((await sql.query<unknown[]>(waiting)).length > 0) await setTimeout(50);
    const [{ choices }] = await sql.query(
      'SELECT sum(choices)::integer AS choices FROM story_days',
    );
    expect(choices).toBe(made);
    for (const server of servers) expect(server.output).not.toContain('"level":50');
  }, 60_000);
});
