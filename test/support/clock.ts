import pg from 'pg';
import type { DataSource } from 'typeorm';
import type { TestDatabase } from './database.js';

/**
 * Puts a clock into a database that the test sets: what asks it for `now()` gets that time, the defaults of columns too, as
 * the app makes all tables anew beside the clock. Call it before the app starts.
 */
export async function installClock({ url }: TestDatabase): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`
      DROP SCHEMA public CASCADE;
      CREATE SCHEMA public;
      CREATE SCHEMA clock;
      CREATE TABLE clock.moment (at timestamptz);
      CREATE FUNCTION clock.now() RETURNS timestamptz STABLE LANGUAGE sql
        RETURN coalesce((SELECT at FROM clock.moment), pg_catalog.now());
      DO $$ BEGIN
        EXECUTE format('ALTER DATABASE %I SET search_path = clock, pg_catalog, public', current_database());
      END $$`);
  } finally {
    await client.end();
  }
}

/** @param at such as `2026-03-29T00:30:00Z` */
export async function setClock(database: DataSource, at: string): Promise<void> {
  await database.query('DELETE FROM clock.moment');
  await database.query('INSERT INTO clock.moment VALUES ($1)', [at]);
}
