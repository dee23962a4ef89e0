import type { DataSource } from 'typeorm';

/** Every row of the tables, for a test that nothing of them has changed. */
export async function rowsOf(database: DataSource, ...tables: string[]): Promise<unknown[]> {
  return Promise.all(
    tables.map((table) => database.query(`SELECT * FROM ${table} AS t ORDER BY t::text`)),
  );
}
