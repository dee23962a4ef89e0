import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { newTestDatabase, withoutDatabase, type TestDatabase } from '../support/database.js';
import { ServerProcess } from '../support/server-process.js';

describe('a worker that loses its database', () => {
  let dataDir: string;
  let database: TestDatabase;
  let worker: ServerProcess;
  beforeAll(async () => {
    dataDir = newDataDir();
    database = await newTestDatabase();
    const env = { DATABASE_URL: database.url, JWT_SECRET: 's'.repeat(32), LOG_LEVEL: 'info' };
    worker = await (await ServerProcess.spawnWorker(dataDir, env)).ready();
  }, 60_000);
  afterAll(async () => {
    await worker.kill('SIGTERM');
    await database.drop();
    removeDataDir(dataDir);
  }, 60_000);

  /** What it said of the queue of jobs. */
  const said = (): string[] =>
    worker.output
      .split('\n')
      .filter((line) => line.includes('"Jobs"'))
      .map((line) => (JSON.parse(line) as { msg: string }).msg);

  it('says so once, and once that it is back', async () => {
    await withoutDatabase(database.url, () => setTimeout(4000));
    await worker.printed('The job queue is back.');
    // Whoever looks twice would do so by now.
    await setTimeout(2000);
    expect(said()).toEqual([
      expect.stringMatching(/^The job queue is away: ./),
      'The job queue is back.',
    ]);
  }, 60_000);
});
