import type { DataSource } from 'typeorm';

/** Every table that play facts are counted into, with the columns that name a row. */
export const COUNTED = {
  user_stats: 'user_id',
  reader_days: 'user_id, day',
  reader_stories: 'user_id, story_id',
  reader_firsts: 'user_id, story_id, kind, node_id',
  story_days: 'story_id, day, version_id',
  story_readers: 'story_id, day, user_id',
  node_days: 'version_id, day, node_id',
  choice_days: 'version_id, day, choice_id, node_id',
  story_finishes: 'progress_id, seq',
};

/** All that has been counted, to the digit. */
export async function countedTables(database: DataSource): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const [table, key] of Object.entries(COUNTED))
    tables[table] = await database.query(`SELECT * FROM ${table} ORDER BY ${key}`);
  return tables;
}
