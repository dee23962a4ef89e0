import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrations } from '../../../migrations/index.js';
import { newDataSource } from '../../../src/database/data-source.js';
import { Migrator } from '../../../src/database/migrator.js';
import {
  PartitionRepository,
  type PartitionedTable,
} from '../../../src/progress/partitions/partition.repository.js';
import { Partitions } from '../../../src/progress/partitions/partitions.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { keyOf, Player } from '../../support/player.js';

const STEPS = { name: 'progress_steps', key: 'progress_id', numberedBy: 'user_progress' };
const FACTS = { name: 'play_facts', key: 'fact_id', numberedBy: 'play_facts' };

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

  /** Drops the partition of a month, if it is unused, while a statement is not committed, until that is waited for. */
  const dropBeside = async (table: PartitionedTable, month: Date, sql: string) => {
    const repository = talegraph.app.get(PartitionRepository);
    const partition = (await repository.find(table)).find(({ name }) =>
      name.endsWith(named(month)),
    )!;
    const runner = talegraph.database.createQueryRunner();
    await runner.startTransaction();
    await runner.query(sql);
    const dropped = repository.dropUnused(table, partition);
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'relation'`;
    for (let looked = 0; looked < 100; looked++) {
      if ((await talegraph.database.query<object[]>(waiting)).length > 0) break;
      await setTimeout(5);
    }
    await runner.commitTransaction();
    await runner.release();
    return dropped;
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

  it('stay with a fact that is not committed yet', async () => {
    await keep(inMonth(7));
    await talegraph.counted();
    const told = 'INSERT INTO play_facts (progress_id, seq) VALUES (0, 0)';
    expect(await dropBeside(FACTS, inMonth(7), told)).toBe(false);
    expect(await partitions('play_facts')).toContain(named(inMonth(7)));
  });

  it('stay with a playthrough whose start is not committed yet', async () => {
    const { player } = await newPlay();
    await keep(inMonth(9));
    const begun = `INSERT INTO user_progress
        (user_id, story_id, version_id, current_node_id, state, seed, start_time, last_updated)
      SELECT user_id, story_id, version_id, current_node_id, state, gen_random_uuid(), now(), now()
      FROM user_progress ORDER BY progress_id DESC LIMIT 1`;
    expect(await dropBeside(STEPS, inMonth(9), begun)).toBe(false);
    const { id } = (await player.start()) as { id: string };
    await player.choose(id, 0, ['hall', 'room']);
    expect(await placeOf(id)).toEqual([`progress_steps_${named(inMonth(9))}`]);
  });

  it('stay for another time where somebody reads them for long', async () => {
    await keep(inMonth(12));
    await talegraph.counted();
    const runner = talegraph.database.createQueryRunner();
    await runner.startTransaction();
    await runner.query('SELECT FROM progress_steps, play_facts');
    await keep(inMonth(14));
    await runner.commitTransaction();
    await runner.release();
    for (const table of ['progress_steps', 'play_facts']) {
      expect(await partitions(table)).toContain(named(inMonth(13)));
      expect(await partitions(table)).toContain(named(inMonth(16)));
    }
    await keep(inMonth(14));
    for (const table of ['progress_steps', 'play_facts'])
      expect(await partitions(table)).not.toContain(named(inMonth(13)));
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

describe('partitions that were taken back and made again', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp({}, async ({ url }) => {
      const migrator = new Migrator(
        newDataSource({ url, poolSize: 1, entities: [], migrations, onPoolError: () => undefined }),
      );
      await migrator.connect();
      while (!(await migrator.revert())!.startsWith('PartitionSteps'));
      await migrator.run();
      await migrator.close();
    });
  });
  afterAll(() => talegraph.close());

  it('begin behind the ids there are, and those of later months are made', async () => {
    await talegraph.app.get(Partitions).keep(inMonth(0));
    await talegraph.app.get(Partitions).keep(inMonth(2));
    const bounds: { bound: string }[] = await talegraph.database.query(
      `SELECT pg_get_expr(relpartbound, oid) AS bound FROM pg_class WHERE relname = $1`,
      [`progress_steps_${named(inMonth(4))}`],
    );
    expect(bounds).toHaveLength(1);
  });
});
