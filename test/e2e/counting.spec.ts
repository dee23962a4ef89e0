import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countedTables } from '../support/counted-tables.js';
import { Installation } from '../support/installation.js';
import { RestlessReader, publishMaze } from '../support/restless-reader.js';

const ROUNDS = 20;
const READERS = 6;

/** How long a server lives in each round, in milliseconds: between these. */
const LIFE = [200, 1200] as const;

describe('statistics of a server that is killed again and again', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await Installation.start();
  }, 60_000);
  afterAll(() => installation.stop());

  it('come to what the steps come to, counted anew: nothing is lost, and nothing counted twice', async () => {
    const storyId = await publishMaze(installation.server.client);
    const readers = await Promise.all(
      Array.from({ length: READERS }, () =>
        RestlessReader.register(() => installation.server.client, storyId),
      ),
    );
    const playing = readers.map((reader) => reader.playOn());
    for (let round = 0; round < ROUNDS; round++) {
      await setTimeout(LIFE[0] + Math.random() * (LIFE[1] - LIFE[0]));
      expect(await installation.server.kill('SIGKILL')).toBe('SIGKILL');
      await installation.next();
    }
    for (const reader of readers) reader.stop();
    await Promise.all(playing);
    await allCounted();

    const counted = await countedTables(installation.sql);
    for (const rows of Object.values(counted)) expect(rows.length).toBeGreaterThan(0);
    const [{ choices }] = await installation.sql.query(
      'SELECT sum(total_choices_made)::integer AS choices FROM user_stats',
    );
    const acknowledged = readers.reduce((sum, reader) => sum + reader.acknowledged, 0);
    expect(choices).toBeGreaterThanOrEqual(acknowledged);
    // Of each reader, one choice for each crash may have been made without an answer.
    expect(choices).toBeLessThanOrEqual(acknowledged + READERS * ROUNDS);

    expect(await installation.command('stats', 'rebuild')).toContain('Counted everything anew.');
    expect(await countedTables(installation.sql)).toEqual(counted);

    // Achievements are kept; awarded anew they are the same, on the same days.
    await installation.sql.query('DELETE FROM user_achievements');
    await installation.command('stats', 'rebuild');
    expect(await countedTables(installation.sql)).toEqual(counted);
  }, 300_000);

  /** Waits until the outbox is empty. What a killed server left is counted when the next one has started. */
  async function allCounted(): Promise<void> {
    const waiting = 'SELECT 1 FROM play_facts LIMIT 1';
    while ((await installation.sql.query<unknown[]>(waiting)).length > 0) await setTimeout(200);
  }
});
