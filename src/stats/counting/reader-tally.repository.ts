import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { lookAt } from './in-hand.js';
import { LONGEST_PAUSE, SESSION_GAP } from './pauses.js';
import { SUMS_OF_READERS } from './reader-sums.js';

/** Sums over facts, as the columns of every table that counts them. */
export const SUMS = `
  count(*) FILTER (WHERE choice_id IS NULL)     AS plays,
  count(choice_id)                              AS choices,
  count(*) FILTER (WHERE is_end)                AS finishes,
  count(*) FILTER (WHERE choice_id IS NULL OR gap_ms > ${SESSION_GAP}) AS sessions,
  sum(least(gap_ms, ${LONGEST_PAUSE}))::bigint  AS play_ms`;

/** Adds `SUMS` to a row that there is. */
export const addedTo = (table: string): string =>
  ['plays', 'choices', 'finishes', 'sessions', 'play_ms']
    .map((column) => `${column} = ${table}.${column} + EXCLUDED.${column}`)
    .join(', ');

/** What the facts in hand are, at the latest, the first of: a story begun, a story finished, an ending found. */
const FIRSTS = `
  SELECT DISTINCT ON (user_id, story_id, kind, node_id) user_id, story_id, kind, node_id, at, day FROM (
    SELECT user_id, story_id, 'started' AS kind, 0::bigint AS node_id, at, day FROM facts WHERE choice_id IS NULL
    UNION ALL SELECT user_id, story_id, 'finished', 0, at, day FROM facts WHERE is_end
    UNION ALL SELECT user_id, story_id, 'ending', to_node_id, at, day FROM facts WHERE is_end
  ) AS told ORDER BY user_id, story_id, kind, node_id, at, day`;

const PREPARE = [
  `CREATE TEMPORARY TABLE IF NOT EXISTS days_before (LIKE reader_days) ON COMMIT DROP`,
  `CREATE TEMPORARY TABLE IF NOT EXISTS touched_days (user_id bigint, day date, PRIMARY KEY (user_id, day))
     ON COMMIT DROP`,
  `TRUNCATE days_before, touched_days`,
];

const REMEMBER = `INSERT INTO days_before SELECT reader_days.* FROM reader_days JOIN touched_days USING (user_id, day)`;

const FACTS = [
  `INSERT INTO touched_days
     SELECT user_id, day FROM facts
     UNION SELECT known.user_id, known.day FROM (${FIRSTS}) AS told
       JOIN reader_firsts AS known USING (user_id, story_id, kind, node_id)
       WHERE (told.at, told.day) < (known.at, known.day)`,
  lookAt('touched_days'),
  REMEMBER,
  `INSERT INTO reader_firsts (user_id, story_id, kind, node_id, at, day) ${FIRSTS}
     ON CONFLICT (user_id, story_id, kind, node_id) DO UPDATE SET at = EXCLUDED.at, day = EXCLUDED.day
     WHERE (EXCLUDED.at, EXCLUDED.day) < (reader_firsts.at, reader_firsts.day)`,
  `INSERT INTO reader_days AS known (user_id, day, is_active, plays, choices, finishes, sessions, play_ms)
     SELECT user_id, day, true, ${SUMS} FROM facts GROUP BY user_id, day
     ON CONFLICT (user_id, day) DO UPDATE SET is_active = true, ${addedTo('known')}`,
  `INSERT INTO reader_stories AS known (user_id, story_id, plays, choices, finishes, sessions, play_ms, last_at)
     SELECT user_id, story_id, ${SUMS}, max(at) FROM facts GROUP BY user_id, story_id
     ON CONFLICT (user_id, story_id) DO UPDATE SET
       ${addedTo('known')}, last_at = greatest(known.last_at, EXCLUDED.last_at)`,
];

/** The first of each thing wins: of those at one time, that of the earlier version and day. */
const COLLECTED = `
  INSERT INTO reader_collected AS known (user_id, story_id, kind, key, version_id, at, day)
    SELECT DISTINCT ON (user_id, story_id, item)
           user_id, story_id, split_part(item, '.', 1), split_part(item, '.', 2), version_id, at, day
    FROM facts CROSS JOIN unnest(collected) AS item ORDER BY user_id, story_id, item, at, version_id, day
    ON CONFLICT (user_id, story_id, kind, key) DO UPDATE
    SET version_id = EXCLUDED.version_id, at = EXCLUDED.at, day = EXCLUDED.day
    WHERE (EXCLUDED.at, EXCLUDED.version_id, EXCLUDED.day) < (known.at, known.version_id, known.day)`;

const WANTED = '($1::bigint IS NULL OR correction_id = $1)';

const CORRECTED_DAYS = `INSERT INTO touched_days SELECT DISTINCT user_id, day FROM stats_corrections WHERE ${WANTED}`;

const CORRECTIONS = `
  INSERT INTO reader_days AS known (user_id, day, plays, choices, finishes, sessions, play_ms)
    SELECT user_id, day, sum(plays), sum(choices), sum(finishes), sum(sessions), sum(play_ms)
    FROM stats_corrections WHERE ${WANTED} GROUP BY user_id, day
    ON CONFLICT (user_id, day) DO UPDATE SET ${addedTo('known')}`;

/** Counts the facts in hand for their readers. What comes of it does not depend on the order of the facts. */
@Injectable()
export class ReaderTallyRepository {
  constructor(private readonly database: Database) {}

  async add(): Promise<void> {
    await this.database.run([...PREPARE, ...FACTS, COLLECTED, ...SUMS_OF_READERS]);
  }

  /** Adds a correction; all that there are when none is named. */
  async correct(correctionId?: number): Promise<void> {
    await this.database.run(PREPARE);
    await this.database.query(CORRECTED_DAYS, [correctionId ?? null]);
    await this.database.run([lookAt('touched_days'), REMEMBER]);
    await this.database.query(CORRECTIONS, [correctionId ?? null]);
    await this.database.run(SUMS_OF_READERS);
  }

  /** Which stories are finished by the facts in hand, and when first. */
  finishes(): Promise<{ userId: number; storyId: number; at: Date }[]> {
    return this.database.query(
      `SELECT user_id AS "userId", story_id AS "storyId", min(at) AS at FROM facts
       WHERE is_end GROUP BY user_id, story_id`,
    );
  }

  async clear(): Promise<void> {
    for (const table of [
      'user_stats',
      'reader_periods',
      'reader_stories',
      'reader_days',
      'reader_firsts',
      'reader_collected',
    ])
      await this.database.query(`DELETE FROM ${table}`);
  }
}
