import { setTimeout } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

/** Comes back when so many statements on a database wait for transactions of others to end. */
export async function untilSomeWait(database: DataSource, count = 1): Promise<void> {
  const waiting = `SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while ((await database.query<unknown[]>(waiting)).length < count) await setTimeout(10);
}
