import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Partitions } from '../../../src/progress/partitions/partitions.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { keyOf, Player } from '../../support/player.js';

/** The third of the month that is `months` after this one. */
const inMonth = (months: number): Date => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 3));
};

/** As the names of partitions tell it: 202611. */
const named = (month: Date): string => month.toISOString().slice(0, 7).replace('-', '');

describe('partitions of what is played', () => {
  let talegraph: TestApp;
  let author: Person;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    author = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(author, {
      nodes: { hall: ['room', 'end'], room: ['hall'], end: [] },
    });
  });
  afterAll(() => talegraph.close());

  const keep = (now: Date) => talegraph.app.get(Partitions).keep(now);

  const newPlay = async () => {
    const player = new Player(talegraph.client, await talegraph.factory.newReader(), story);
    const { id } = (await player.start()) as { id: string };
    return { player, id };
  };

  const partitions = async (table: string): Promise<string[]> => {
    const rows: { name: string }[] = await talegraph.database.query(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = $1::regclass ORDER BY name`,
      [table],
    );
    return rows.map(({ name }) => name.replace(`${table}_`, ''));
  };

  /** Which partition the steps of a playthrough lie in. */
  const placeOf = async (id: string): Promise<string[]> => {
    const rows: { place: string }[] = await talegraph.database.query(
      'SELECT DISTINCT tableoid::regclass::text AS place FROM progress_steps WHERE progress_id = $1',
      [keyOf(id)],
    );
    return rows.map(({ place }) => place);
  };

  it('are made for the months to come', async () => {
    for (const table of ['progress_steps', 'play_facts']) {
      expect(await partitions(table)).toEqual(
        expect.arrayContaining([0, 1, 2].map((month) => named(inMonth(month)))),
      );
      expect(await partitions(table)).not.toContain(named(inMonth(3)));
    }
    await keep(inMonth(1));
    for (const table of ['progress_steps', 'play_facts'])
      expect(await partitions(table)).toContain(named(inMonth(3)));
  });

  it('have what began in their month, and go on with it in the next', async () => {
    const { player, id } = await newPlay();
    await player.choose(id, 0, ['hall', 'room']);
    const [place] = await placeOf(id);
    await keep(inMonth(2));

    await player.choose(id, 1, ['room', 'hall']);
    expect(await placeOf(id)).toEqual([place]);

    const later = await newPlay();
    await later.player.choose(later.id, 0, ['hall', 'room']);
    expect(await placeOf(later.id)).toEqual([`progress_steps_${named(inMonth(2))}`]);
    expect(keyOf(later.id)).toBeGreaterThan(keyOf(id));

    await talegraph.counted();
    const { user } = await later.player.client.get<{ user: { totalChoicesMade: number } }>(
      '{ user: userStats { totalChoicesMade } }',
    );
    expect(user.totalChoicesMade).toBe(1);
  });

  it('give no id out twice when a month begins while readers do', async () => {
    const readers = await Promise.all(
      Array.from({ length: 20 }, () => talegraph.factory.newReader()),
    );
    const begun = readers.map((reader) => new Player(talegraph.client, reader, story).start());
    const months = [keep(inMonth(3)), ...begun];
    const ids = (await Promise.all(months)).slice(1).map((play) => (play as { id: string }).id);
    expect(new Set(ids).size).toBe(20);
    await keep(inMonth(3));
    const { id } = await newPlay();
    expect(Math.floor(keyOf(id) / 1e9)).toBe(Number(named(inMonth(3))));
  });

  it('go when their month is over and nothing can come to them, and stay with what was played', async () => {
    const { player, id } = await newPlay();
    await talegraph.counted();
    await keep(inMonth(4));
    await keep(inMonth(6));
    const ofSteps = await partitions('progress_steps');
    expect(ofSteps).toContain(named(inMonth(3)));
    expect(ofSteps).not.toContain(named(inMonth(5)));
    expect(await partitions('play_facts')).toEqual([6, 7, 8].map((month) => named(inMonth(month))));

    // It had no step before its month was over.
    await player.choose(id, 0, ['hall', 'room']);
    expect(await placeOf(id)).toEqual([`progress_steps_${named(inMonth(3))}`]);
  });

  it('are looked at one by one: the others cost a playthrough nothing', async () => {
    const runner = talegraph.database.createQueryRunner();
    try {
      await runner.query('SET plan_cache_mode = force_generic_plan');
      await runner.query(
        'PREPARE steps AS SELECT * FROM progress_steps WHERE progress_id = $1 AND seq = $2',
      );
      const { id } = await newPlay();
      const plan: { 'QUERY PLAN': string }[] = await runner.query(
        `EXPLAIN (ANALYZE, COSTS OFF) EXECUTE steps (${keyOf(id)}, 0)`,
      );
      const lines = plan.map((row) => row['QUERY PLAN']);
      expect(lines.filter((line) => line.includes('Scan'))).toHaveLength(1);
    } finally {
      await runner.query('RESET ALL');
      await runner.query('DEALLOCATE ALL');
      await runner.release();
    }
  });
});
