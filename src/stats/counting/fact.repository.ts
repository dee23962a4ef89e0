import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { START } from '../../progress/playthroughs/play-fact.entity.js';
import { lookAt } from './in-hand.js';

/** What is being counted in this transaction, one row for each beginning and each choice. */
const FACTS = `CREATE TEMPORARY TABLE IF NOT EXISTS facts (
  progress_id bigint, seq integer, user_id bigint, story_id bigint, version_id bigint,
  node_id bigint, choice_id bigint, to_node_id bigint, is_end boolean,
  at timestamptz, day date, gap_ms bigint, collected text[]
) ON COMMIT DROP`;

/**
 * The choices that `steps` (rows of progress_id and seq) names, each with the time in milliseconds since what the reader
 * did before it in the playthrough. A choice that was made offline took an unknown time, which counts as none. Each row is
 * looked up by itself: expecting more of them than there are, PostgreSQL would read all playthroughs for a few.
 */
export const choicesOf = (steps: string): string => `
  SELECT step.progress_id, step.seq, user_id, story_id, step.version_id, node_id, choice_id, to_node_id, is_end,
         step.at, step.day,
         CASE WHEN outcome ? 'offline' THEN 0
              ELSE greatest(0, round(extract(epoch FROM step.at - coalesce(before.at, start_time)) * 1000))::bigint
         END AS gap_ms, step.collected
  FROM (${steps}) AS named
  CROSS JOIN LATERAL (
    SELECT * FROM progress_steps WHERE progress_id = named.progress_id AND seq = named.seq OFFSET 0
  ) AS step
  CROSS JOIN LATERAL (
    SELECT user_id, story_id, start_time FROM user_progress WHERE progress_id = named.progress_id OFFSET 0
  ) AS play
  LEFT JOIN LATERAL (
    SELECT at FROM progress_steps AS earlier
    WHERE earlier.progress_id = step.progress_id AND earlier.seq < step.seq
      AND NOT coalesce(earlier.outcome ? 'moved', false)
    ORDER BY seq DESC LIMIT 1
  ) AS before ON true
  WHERE choice_id IS NOT NULL`;

/** The beginnings of the playthroughs that `steps` (rows of progress_id and seq) names. */
const beginningsOf = (steps: string): string => `
  SELECT play.progress_id, ${START}, user_id, story_id, coalesce(first_version_id, play.version_id), NULL::bigint,
         NULL::bigint, coalesce(first.node_id, current_node_id), step = 0 AND is_completed, start_time, start_day,
         0::bigint, play.collected
  FROM (${steps}) AS named
  CROSS JOIN LATERAL (SELECT * FROM user_progress WHERE progress_id = named.progress_id OFFSET 0) AS play
  LEFT JOIN progress_steps AS first ON first.progress_id = play.progress_id AND first.seq = 0
  WHERE named.seq = ${START}`;

/** The facts of the play path: those that wait in the outbox, and all that there ever were. */
@Injectable()
export class FactRepository {
  constructor(private readonly database: Database) {}

  /**
   * Makes those who count take turns until the transaction ends; call it first in that.
   * @param patience how long to wait for others, in milliseconds; without end when left out
   */
  async takeTurn(patience?: number): Promise<void> {
    if (patience !== undefined) await this.database.query(`SET LOCAL lock_timeout = ${patience}`);
    await this.database.query('LOCK TABLE counting IN SHARE ROW EXCLUSIVE MODE');
    await this.database.query(FACTS);
  }

  /** Lets the transaction have the time and the memory that counting everything takes. */
  async takeTime(): Promise<void> {
    await this.database.run(['SET LOCAL statement_timeout = 0', `SET LOCAL work_mem = '64MB'`]);
  }

  /** Moves up to `limit` facts from the outbox into the table of those in hand. @returns how many */
  take(limit: number): Promise<number> {
    return this.#take(
      'fact_id IN (SELECT fact_id FROM play_facts ORDER BY fact_id LIMIT $1)',
      limit,
    );
  }

  /** As {@link take}, those of some playthroughs. */
  takeOf(progressIds: readonly number[]): Promise<number> {
    return this.#take('progress_id = ANY ($1)', progressIds);
  }

  /**
   * Puts all facts of up to `limit` playthroughs into the table of those in hand, in place of those before.
   * @param after the id of the last playthrough before them
   * @returns the id of the last of them, or undefined where there are no more
   */
  async takeAll(limit: number, after: number): Promise<number | undefined> {
    await this.database.query('TRUNCATE facts');
    const [row] = await this.database.query<{ last: number | null }>(
      `SELECT max(progress_id) AS last FROM (
         SELECT progress_id FROM user_progress WHERE progress_id > $1 ORDER BY progress_id LIMIT $2
       ) AS page`,
      [after, limit],
    );
    const last = row?.last ?? undefined;
    if (last === undefined) return undefined;
    const steps = `SELECT progress_id, seq FROM progress_steps WHERE progress_id > $1 AND progress_id <= $2`;
    const begun = `SELECT progress_id, ${START} AS seq FROM user_progress WHERE progress_id > $1 AND progress_id <= $2`;
    await this.database.query(
      `INSERT INTO facts ${choicesOf(steps)} UNION ALL ${beginningsOf(begun)}`,
      [after, last],
    );
    await this.database.query(lookAt('facts'));
    return last;
  }

  async noteRebuilt(): Promise<void> {
    await this.database.query('UPDATE counting SET rebuilt_at = now()');
  }

  async #take(which: string, parameter: unknown): Promise<number> {
    const [row] = await this.database.query<{ taken: number }>(
      `WITH taken AS (
         DELETE FROM play_facts WHERE ${which} RETURNING progress_id, seq
       ), told AS (
         INSERT INTO facts ${choicesOf('SELECT * FROM taken')} UNION ALL ${beginningsOf('SELECT * FROM taken')}
       )
       SELECT count(*) AS taken FROM taken`,
      [parameter],
    );
    await this.database.query(lookAt('facts'));
    return row?.taken ?? 0;
  }
}
