import type { DataSource } from 'typeorm';

/** Every table that play facts are counted into, with the columns that name a row. */
export const COUNTED = {
  user_stats: 'user_id',
  reader_days: 'user_id, day',
  reader_stories: 'user_id, story_id',
  reader_collected: 'user_id, story_id, kind, key',
  reader_firsts: 'user_id, story_id, kind, node_id',
  story_days: 'story_id, day, version_id',
  version_readers: 'version_id, day, user_id',
  place_readers: 'place_id, day, user_id',
  node_days: 'version_id, day, node_id',
  choice_days: 'version_id, day, choice_id, node_id',
  story_finishes: 'progress_id, seq',
  story_bests: 'story_id, user_id',
  reader_periods: 'period, starts, user_id',
  standings: 'metric, period, starts, value',
  user_achievements: 'user_id, achievement_key, story_id, points, day',
};

/** Achievements are kept when the rest is counted anew; what tells them of a step is that of the first count. */
const OF_AWARDS: string = COUNTED.user_achievements;

/** All that has been counted, to the digit. */
export async function countedTables(database: DataSource): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const [table, key] of Object.entries(COUNTED))
    tables[table] = await database.query(
      `SELECT ${key === OF_AWARDS ? key : '*'} FROM ${table} ORDER BY ${key}`,
    );
  return tables;
}
