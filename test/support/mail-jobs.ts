import { setTimeout } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

/** The jobs of mails, oldest first. */
export const mailJobs = (database: DataSource): Promise<{ state: string; data: string }[]> =>
  database.query(
    `SELECT state, data::text AS data FROM pgboss.job WHERE name = 'mails' ORDER BY created_on`,
  );

/** Waits until there is a job of a mail, and all of them have one of these states. */
export async function mailJobsAre(database: DataSource, ...states: string[]): Promise<void> {
  for (;;) {
    const jobs = await mailJobs(database);
    if (jobs.length > 0 && jobs.every(({ state }) => states.includes(state))) return;
    await setTimeout(50);
  }
}
