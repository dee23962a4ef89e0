import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Installation } from '../support/installation.js';

describe('a job that is done with', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await Installation.start();
  }, 60_000);
  afterAll(() => installation.stop());

  it('is told of in the log where it failed', async () => {
    const { server, sql } = installation;
    await sql.query('ALTER TABLE counting RENAME TO hidden');
    await sql.query(`INSERT INTO pgboss.job (name, data) VALUES ('count-plays', '{}')`);
    await server.printed('A job failed.');
    await sql.query('ALTER TABLE hidden RENAME TO counting');
    expect(server.output).toContain('relation \\"counting\\" does not exist');
  }, 30_000);

  it('is kept for an hour', async () => {
    const { sql } = installation;
    const old = `SELECT FROM pgboss.job
      WHERE name LIKE 'sweep-%' AND completed_on < now() - interval '1 hour'`;
    const areOld = async () => (await sql.query<unknown[]>(old)).length > 0;
    while (!(await areOld())) {
      await setTimeout(50);
      await sql.query(`UPDATE pgboss.job SET completed_on = completed_on - interval '2 hours'`);
    }
    // When they were looked for last.
    await sql.query(`UPDATE pgboss.queue SET maintain_on = now() - interval '11 minutes'`);
    while (await areOld()) await setTimeout(50);
  }, 60_000);
});
