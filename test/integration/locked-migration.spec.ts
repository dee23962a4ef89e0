import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { MIGRATING, newDataSource } from '../../src/database/data-source.js';
import { Migrator } from '../../src/database/migrator.js';
import { newTestDatabase, type TestDatabase } from '../support/database.js';

class AddMark1999000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE stories ADD COLUMN mark text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE stories DROP COLUMN mark');
  }
}

/** Takes two tables in the order in which others do not. */
class LockTables1999000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('LOCK TABLE stories');
    await runner.query('LOCK TABLE users');
  }

  async down(): Promise<void> {
    // Nothing is left of it.
  }
}

class TakeTime1999000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT pg_sleep(0.5)');
  }

  async down(): Promise<void> {
    // Nothing is left of it.
  }
}

/** Sets what holds in its session, and breaks off when it is tried for the first time. */
class SetBounds1999000000003 implements MigrationInterface {
  readonly transaction = false;
  readonly seen: string[] = [];

  async up(runner: QueryRunner): Promise<void> {
    this.seen.push(await lockTimeoutOf(runner));
    await runner.query('SET lock_timeout = 0');
    if (this.seen.length === 1)
      await runner.query(`DO $$ BEGIN RAISE 'locked' USING ERRCODE = 'lock_not_available'; END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    this.seen.push(await lockTimeoutOf(runner));
  }
}

class ReadBounds1999000000004 implements MigrationInterface {
  readonly seen: string[] = [];

  async up(runner: QueryRunner): Promise<void> {
    this.seen.push(await lockTimeoutOf(runner));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('SET lock_timeout = 0');
  }
}

async function lockTimeoutOf(runner: QueryRunner): Promise<string> {
  const [row] = (await runner.query('SHOW lock_timeout')) as [{ lock_timeout: string }];
  return row.lock_timeout;
}

describe('a migration of a table in use', () => {
  let database: TestDatabase;
  let reader: pg.Client;
  let migrator: Migrator;
  const newSource = (known: typeof migrations) =>
    newDataSource({
      url: database.url,
      poolSize: 2,
      options: MIGRATING,
      entities: [],
      migrations: known,
      onPoolError: () => undefined,
    });
  const migratorWith = async (...more: typeof migrations): Promise<Migrator> => {
    migrator = new Migrator(newSource([...migrations, ...more]));
    await migrator.connect();
    return migrator;
  };
  /** Comes back when somebody waits for a table. */
  const somebodyWaits = async () => {
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'relation'`;
    while ((await reader.query(waiting)).rowCount === 0) await setTimeout(10);
  };
  beforeEach(async () => {
    database = await newTestDatabase();
    reader = new pg.Client({ connectionString: database.url });
    await reader.connect();
  });
  afterEach(async () => {
    await reader.end();
    await migrator.close();
    await database.drop();
  });

  it('lets those behind it get on after some seconds, and is applied when the table is free', async () => {
    await migratorWith(AddMark1999000000000);
    await reader.query('BEGIN; SELECT FROM stories');
    const migrated = migrator.run();
    await setTimeout(500);
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    const before = Date.now();
    await other.query('SELECT FROM stories');
    expect(Date.now() - before).toBeLessThan(5000);
    await other.end();
    await reader.query('COMMIT');
    expect(await migrated).toEqual(['AddMark1999000000000']);
  }, 30_000);

  it('does not stop a release that does not know it', async () => {
    await (await migratorWith(AddMark1999000000000)).run();
    await migrator.close();
    const older = await migratorWith();
    expect(await older.run()).toEqual([]);
    expect((await older.status()).every(({ applied }) => applied)).toBe(true);
  });

  it('is tried again after a deadlock', async () => {
    await migratorWith(LockTables1999000000001);
    await reader.query('BEGIN; LOCK TABLE users');
    const migrated = migrator.run();
    await somebodyWaits();
    await reader.query('LOCK TABLE stories');
    await reader.query('COMMIT');
    expect(await migrated).toEqual(['LockTables1999000000001']);
  }, 30_000);

  it('takes the time it needs, however the role is bounded', async () => {
    await reader.query(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET statement_timeout = 200', current_database()); END $$`,
    );
    await migratorWith(TakeTime1999000000002);
    expect(await migrator.run()).toEqual(['TakeTime1999000000002']);
  });

  it('begins with the settings of its session, whatever one before it has set', async () => {
    const source = newSource([...migrations, SetBounds1999000000003, ReadBounds1999000000004]);
    await source.initialize();
    migrator = new Migrator(source);
    const [first, second] = source.migrations.slice(-2) as [
      SetBounds1999000000003,
      ReadBounds1999000000004,
    ];
    expect(await migrator.run()).toHaveLength(2);
    expect([first.seen, second.seen]).toEqual([['3s', '3s'], ['3s']]);
    await migrator.revert();
    await migrator.revert();
    expect(first.seen).toEqual(['3s', '3s', '3s']);
  });

  it.each(['down', 'up'] as const)(
    'waits for old transactions with indexes of playthroughs, and for nothing else (%s)',
    async (way) => {
      await migratorWith();
      const source = newSource(migrations);
      await source.initialize();
      const migration = source.migrations.find(({ constructor }) =>
        constructor.name.startsWith('WritePlaythroughsInPlace'),
      )!;
      if (way === 'up') await migration.down(source.createQueryRunner());
      const runner = source.createQueryRunner();
      await runner.query(`SET lock_timeout = '100ms'`);
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
      const moved = migration[way](runner);
      await setTimeout(500);
      await reader.query('COMMIT');
      await moved;
      expect(await lockTimeoutOf(runner)).toBe('3s');
      await source.destroy();
    },
  );

  it('takes the tables of what is played in the order in which a choice does', async () => {
    await migratorWith();
    while (!(await migrator.revert())!.startsWith('PartitionSteps'));
    await reader.query('BEGIN; UPDATE user_progress SET step = step + 1');
    const migrated = migrator.run();
    await somebodyWaits();
    await reader.query(`SET LOCAL lock_timeout = '500ms'`);
    await reader.query('INSERT INTO progress_steps SELECT * FROM progress_steps');
    await reader.query('INSERT INTO play_facts (progress_id, seq) VALUES (1, 0)');
    await reader.query('COMMIT');
    expect((await migrated)[0]).toMatch(/^PartitionSteps/);
    expect((await reader.query('SELECT FROM play_facts')).rowCount).toBe(1);
  }, 30_000);

  it('loses nothing that is played while partitions are taken back', async () => {
    await migratorWith();
    while (!(await migrator.newest())!.startsWith('PartitionSteps')) await migrator.revert();
    await reader.query('BEGIN; INSERT INTO play_facts (progress_id, seq) VALUES (1, 0)');
    const reverted = migrator.revert();
    await somebodyWaits();
    await reader.query('COMMIT');
    expect(await reverted).toMatch(/^PartitionSteps/);
    expect((await reader.query('SELECT FROM play_facts')).rowCount).toBe(1);
  }, 30_000);
});
