import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { LONGEST_PAUSE, SESSION_GAP } from './pauses.js';

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

/** In this order. The days that change are looked at before and after: everything about a reader is a sum over them. */
const STATEMENTS = [
  `CREATE TEMPORARY TABLE IF NOT EXISTS days_before (LIKE reader_days) ON COMMIT DELETE ROWS`,
  `CREATE TEMPORARY TABLE IF NOT EXISTS touched_days (user_id bigint, day date, PRIMARY KEY (user_id, day))
     ON COMMIT DELETE ROWS`,
  `TRUNCATE days_before, touched_days`,
  `INSERT INTO touched_days
     SELECT user_id, day FROM facts
     UNION SELECT known.user_id, known.day FROM (${FIRSTS}) AS told
       JOIN reader_firsts AS known USING (user_id, story_id, kind, node_id)
       WHERE (told.at, told.day) < (known.at, known.day)`,
  `INSERT INTO days_before SELECT reader_days.* FROM reader_days JOIN touched_days USING (user_id, day)`,
  `INSERT INTO reader_firsts (user_id, story_id, kind, node_id, at, day) ${FIRSTS}
     ON CONFLICT (user_id, story_id, kind, node_id) DO UPDATE SET at = EXCLUDED.at, day = EXCLUDED.day
     WHERE (EXCLUDED.at, EXCLUDED.day) < (reader_firsts.at, reader_firsts.day)`,
  `INSERT INTO reader_days AS known (user_id, day, plays, choices, finishes, sessions, play_ms)
     SELECT user_id, day, ${SUMS} FROM facts GROUP BY user_id, day
     ON CONFLICT (user_id, day) DO UPDATE SET ${addedTo('known')}`,
  `UPDATE reader_days
     SET stories_started = started, stories_finished = finished, endings_found = endings
     FROM (
       SELECT user_id, touched_days.day, count(*) FILTER (WHERE kind = 'started') AS started,
              count(*) FILTER (WHERE kind = 'finished') AS finished,
              count(*) FILTER (WHERE kind = 'ending') AS endings
       FROM touched_days LEFT JOIN reader_firsts USING (user_id, day) GROUP BY user_id, touched_days.day
     ) AS firsts
     WHERE reader_days.user_id = firsts.user_id AND reader_days.day = firsts.day`,
  `INSERT INTO user_stats AS known (user_id, stories_started, stories_completed, endings_found, total_choices_made,
       plays, finishes, sessions, play_ms)
     SELECT user_id, sum(stories_started), sum(stories_finished), sum(endings_found), sum(choices), sum(plays),
            sum(finishes), sum(sessions), sum(play_ms)
     FROM (
       SELECT user_id, stories_started, stories_finished, endings_found, choices, plays, finishes, sessions, play_ms
       FROM reader_days JOIN touched_days USING (user_id, day)
       UNION ALL
       SELECT user_id, -stories_started, -stories_finished, -endings_found, -choices, -plays, -finishes, -sessions,
              -play_ms
       FROM days_before
     ) AS changes GROUP BY user_id
     ON CONFLICT (user_id) DO UPDATE SET
       stories_started = known.stories_started + EXCLUDED.stories_started,
       stories_completed = known.stories_completed + EXCLUDED.stories_completed,
       endings_found = known.endings_found + EXCLUDED.endings_found,
       total_choices_made = known.total_choices_made + EXCLUDED.total_choices_made,
       plays = known.plays + EXCLUDED.plays, finishes = known.finishes + EXCLUDED.finishes,
       sessions = known.sessions + EXCLUDED.sessions, play_ms = known.play_ms + EXCLUDED.play_ms`,
  // Only readers with a new day: the streaks of the others stay.
  `UPDATE user_stats SET streak = length, last_day = last, longest_streak = longest
     FROM (
       SELECT DISTINCT ON (user_id) user_id, length, last, max(length) OVER (PARTITION BY user_id) AS longest
       FROM (
         SELECT user_id, count(*) AS length, max(day) AS last
         FROM (
           SELECT user_id, day, day - row_number() OVER (PARTITION BY user_id ORDER BY day)::integer AS run
           FROM reader_days WHERE user_id IN (
             SELECT user_id FROM touched_days LEFT JOIN days_before USING (user_id, day)
             WHERE days_before.day IS NULL
           )
         ) AS days GROUP BY user_id, run
       ) AS runs ORDER BY user_id, last DESC
     ) AS streaks WHERE streaks.user_id = user_stats.user_id`,
  `INSERT INTO reader_stories AS known (user_id, story_id, plays, choices, finishes, sessions, play_ms, last_at)
     SELECT user_id, story_id, ${SUMS}, max(at) FROM facts GROUP BY user_id, story_id
     ON CONFLICT (user_id, story_id) DO UPDATE SET
       ${addedTo('known')}, last_at = greatest(known.last_at, EXCLUDED.last_at)`,
];

/** Counts the facts in hand for their readers. What comes of it does not depend on the order of the facts. */
@Injectable()
export class ReaderTallyRepository {
  constructor(private readonly database: Database) {}

  async add(): Promise<void> {
    for (const statement of STATEMENTS) await this.database.query(statement);
  }

  async clear(): Promise<void> {
    for (const table of ['user_stats', 'reader_stories', 'reader_days', 'reader_firsts'])
      await this.database.query(`DELETE FROM ${table}`);
  }
}
