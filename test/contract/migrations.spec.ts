import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { entities } from '../../src/app.entities.js';
import { projectRoot } from '../../src/config/project-root.js';
import { newDataSource } from '../../src/database/data-source.js';
import { Migrator } from '../../src/database/migrator.js';
import { newTestDatabase, type TestDatabase } from '../support/database.js';

describe('migrations', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let migrator: Migrator;
  beforeAll(async () => {
    database = await newTestDatabase('template0');
    dataSource = newDataSource({
      url: database.url,
      poolSize: 2,
      entities,
      migrations,
      onPoolError: () => undefined,
    });
    await dataSource.initialize();
    migrator = new Migrator(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('are all listed in migrations/index.ts, in the order of their files', () => {
    const files = readdirSync(join(projectRoot, 'migrations')).filter(
      (file) => file !== 'index.ts',
    );
    const names = files.sort().map((file) => file.replace(/^(\d+)-(\w+)\.ts$/, '$2$1'));
    expect(migrations.map(({ name }) => name)).toEqual(names);
  });

  it('make the schema that the entities describe', async () => {
    await migrator.run();
    expect(await migrator.drift()).toEqual({ up: [], down: [] });
  });

  it('are each taken back without a trace', async () => {
    const all = [...dataSource.migrations];
    while ((await migrator.revert()) !== undefined);
    const before = new Map<string, string[]>();
    for (const migration of all) {
      before.set(migration.constructor.name, await objects(dataSource));
      dataSource.migrations.splice(0, Infinity, ...all.slice(0, all.indexOf(migration) + 1));
      expect(await migrator.run()).toEqual([migration.constructor.name]);
    }
    for (const [name, expected] of [...before].reverse()) {
      expect(await migrator.revert()).toBe(name);
      expect({ name, left: await objects(dataSource) }).toEqual({ name, left: expected });
    }
  });

  it('take what has been played into partitions, and back', async () => {
    const all = [...dataSource.migrations];
    const partition = all.findIndex(({ constructor }) =>
      constructor.name.startsWith('PartitionSteps'),
    );
    dataSource.migrations.splice(0, Infinity, ...all.slice(0, partition));
    await migrator.run();
    // Without the readers and stories of the playthroughs, which nothing is asked of here.
    await dataSource.query(`
      SET LOCAL session_replication_role = replica;
      INSERT INTO user_progress (user_id, story_id, version_id, current_node_id, state, seed)
        SELECT 1, 1, 5, 1, '{}', gen_random_uuid() FROM generate_series(1, 40);
      INSERT INTO progress_steps (progress_id, seq, node_id, choice_id, to_node_id, version_id, outcome, is_end, collected)
        SELECT play, seq, seq, CASE seq WHEN 1 THEN NULL ELSE 7 END, seq + 1, 5, '{"answer": "yes"}', seq = 2, '{ending.good}'
        FROM generate_series(1, 40) AS play, generate_series(0, 2) AS seq;
      INSERT INTO play_facts (progress_id, seq) SELECT progress_id, seq FROM progress_steps WHERE choice_id IS NOT NULL`);
    const kept = async () => ({
      steps: await dataSource.query('SELECT * FROM progress_steps ORDER BY progress_id, seq'),
      facts: await dataSource.query('SELECT progress_id, seq FROM play_facts ORDER BY fact_id'),
    });
    const before = await kept();
    expect(before.facts).toHaveLength(80);

    dataSource.migrations.push(all[partition]!);
    await migrator.run();
    expect(await kept()).toEqual(before);
    await migrator.revert();
    expect(await kept()).toEqual(before);

    await dataSource.query('TRUNCATE user_progress CASCADE; TRUNCATE play_facts');
    while ((await migrator.revert()) !== undefined);
    dataSource.migrations.splice(0, Infinity, ...all);
  });

  it('take what was played after they were taken back into partitions again', async () => {
    const all = [...dataSource.migrations];
    const partition = all.findIndex(({ constructor }) =>
      constructor.name.startsWith('PartitionSteps'),
    );
    dataSource.migrations.splice(0, Infinity, ...all.slice(0, partition + 1));
    await migrator.run();
    const ids: number[] = [];
    const goOn = (id: number, seq: number) =>
      dataSource.query(`
        SET LOCAL session_replication_role = replica;
        INSERT INTO progress_steps (progress_id, seq, node_id, choice_id, to_node_id, version_id)
          VALUES (${id}, ${seq}, 1, 7, 2, 5);
        INSERT INTO play_facts (progress_id, seq) VALUES (${id}, ${seq})`);
    const begin = () =>
      dataSource.transaction(async (manager) => {
        await manager.query('SET LOCAL session_replication_role = replica');
        const [begun] = await manager.query<{ id: number }[]>(
          `INSERT INTO user_progress (user_id, story_id, version_id, current_node_id, state, seed)
           VALUES (1, 1, 5, 1, '{}', gen_random_uuid()) RETURNING progress_id AS id`,
        );
        ids.push(begun!.id);
      });
    await begin();
    for (let again = 0; again < 2; again++) {
      await migrator.revert();
      await begin();
      for (const id of ids) await goOn(id, 2 * again);
      expect(await migrator.run()).toHaveLength(1);
      await begin();
      for (const id of ids) await goOn(id, 2 * again + 1);
    }
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    const places = await dataSource.query<{ id: number; isOld: boolean }[]>(
      `SELECT DISTINCT progress_id AS id, tableoid = 'progress_steps_000000'::regclass AS "isOld"
       FROM progress_steps ORDER BY id`,
    );
    expect(places).toEqual(ids.map((id) => ({ id, isOld: id !== ids.at(-1) })));

    await migrator.revert();
    await goOn(1e15, 0);
    await expect(migrator.run()).rejects.toThrow('progress_steps_bound');
    const left = await dataSource.query(
      `SELECT FROM pg_constraint WHERE conname = 'progress_steps_bound'`,
    );
    expect(left).toEqual([]);

    await dataSource.query('TRUNCATE user_progress CASCADE; TRUNCATE play_facts');
    while ((await migrator.revert()) !== undefined);
    dataSource.migrations.splice(0, Infinity, ...all);
  });

  it('take turns when instances start together', async () => {
    const runs = await Promise.all([migrator.run(), new Migrator(dataSource).run()]);
    expect(runs.map(({ length }) => length).sort((a, b) => a - b)).toEqual([0, migrations.length]);
  });
});

/** Every table, column, index, constraint, view and function, as text. */
async function objects(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ object: string }[]>(`
    SELECT format('column %s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) AS object
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migrations'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migrations'
    UNION ALL SELECT format('constraint %s %s', conname, pg_get_constraintdef(oid)) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND conrelid <> coalesce(to_regclass('migrations'), 0)::oid
    UNION ALL SELECT format('function %s', proname) FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace AND probin IS NULL
    ORDER BY object`);
  return rows.map(({ object }) => object);
}
