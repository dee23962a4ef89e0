import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Installation } from '../support/installation.js';

describe('the first start', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await Installation.start({ LOG_LEVEL: 'info' });
  }, 60_000);
  afterAll(() => installation.stop());

  it('says neither which routes there are, nor that what never had anything is dropped', async () => {
    const { server, sql } = installation;
    const unused = `SELECT FROM pg_class WHERE relname IN ('progress_steps_000000', 'play_facts_000000')`;
    while ((await sql.query<unknown[]>(unused)).length > 0) await setTimeout(50);
    await server.kill('SIGTERM');
    expect(server.output).toContain('Talegraph is ready.');
    expect(server.output).not.toMatch(/Mapped|Controller|Dropped/);
  }, 60_000);
});
