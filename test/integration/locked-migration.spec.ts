import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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

describe('a migration of a table in use', () => {
  let database: TestDatabase;
  let reader: pg.Client;
  let migrator: Migrator;
  const migratorWith = (known: typeof migrations) =>
    new Migrator(
      newDataSource({
        url: database.url,
        poolSize: 2,
        options: MIGRATING,
        entities: [],
        migrations: known,
        onPoolError: () => undefined,
      }),
    );
  beforeAll(async () => {
    database = await newTestDatabase();
    reader = new pg.Client({ connectionString: database.url });
    await reader.connect();
    migrator = migratorWith([...migrations, AddMark1999000000000]);
    await migrator.connect();
  });
  afterAll(async () => {
    await reader.end();
    await migrator.close();
    await database.drop();
  });

  it('lets those behind it get on after some seconds, and is applied when the table is free', async () => {
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
    const older = migratorWith(migrations);
    await older.connect();
    expect(await older.run()).toEqual([]);
    expect((await older.status()).every(({ applied }) => applied)).toBe(true);
    await older.close();
  });
});
