import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { ACHIEVEMENTS } from '../achievements/definitions.js';
import { METRICS, type MetricKey } from '../achievements/metrics.js';
import { utcDay } from '../days.js';
import { lookAt } from './in-hand.js';
import { EXPERIENCE_OF_DAYS, RANKED } from './reader-sums.js';

const PREPARE = [
  `CREATE TEMPORARY TABLE IF NOT EXISTS watched (
     user_id bigint PRIMARY KEY, day date, has_finished boolean, has_collected boolean, is_author boolean, is_asked boolean
   ) ON COMMIT DROP`,
  `CREATE TEMPORARY TABLE IF NOT EXISTS due (
     user_id bigint, key text, metric text, threshold integer, points integer, earned date
   ) ON COMMIT DROP`,
  `CREATE TEMPORARY TABLE IF NOT EXISTS award_days (user_id bigint, day date, PRIMARY KEY (user_id, day))
     ON COMMIT DROP`,
  `TRUNCATE watched, due, award_days`,
];

/** Whose achievements may have changed, and from which day on. */
const WATCH = `
  WITH checks AS (DELETE FROM achievement_checks RETURNING user_id)
  INSERT INTO watched
  SELECT user_id, min(day), bool_or(has_finished), bool_or(has_collected), bool_or(is_author), bool_or(is_asked)
  FROM (
    SELECT user_id, day, false AS has_finished, false AS has_collected, false AS is_author, false AS is_asked
      FROM touched_days
    UNION ALL SELECT user_id, day, is_end, collected IS NOT NULL, false, false
      FROM facts WHERE is_end OR collected IS NOT NULL
    UNION ALL SELECT author_id, ${utcDay('at')}, false, false, true, false
      FROM facts JOIN stories USING (story_id) WHERE choice_id IS NULL AND author_id <> user_id
    UNION ALL SELECT user_id, 'infinity', false, false, true, true FROM checks
  ) AS changes GROUP BY user_id`;

/** The newest versions of the stories in which something was collected. */
const NEWEST = `
  SELECT DISTINCT ON (story_id) story_id, version_id FROM story_versions
  WHERE story_id IN (SELECT story_id FROM facts WHERE collected IS NOT NULL)
  ORDER BY story_id, number DESC`;

const GOALS = `
  INSERT INTO version_goals (version_id, endings, achievements)
  SELECT version_id, ARRAY(
           SELECT (node ->> 'id')::bigint FROM jsonb_array_elements(snapshot -> 'nodes') AS node
           WHERE node ->> 'type' = 'ending'
         ), snapshot #> '{schema,achievements}'
  FROM story_versions
  WHERE version_id IN (
    SELECT version_id FROM facts WHERE is_end UNION SELECT version_id FROM (${NEWEST}) AS newest
    EXCEPT SELECT version_id FROM version_goals
  )`;

/**
 * What authors give to those who have collected all that it takes, by the newest version. It is looked at whenever one of
 * them collects something, so that it can be earned by what was collected before it was there. The cause is the last step
 * in hand that collected something.
 */
const GIVEN = `
  INSERT INTO user_achievements (user_id, achievement_key, story_id, points, day, earned_at, progress_id, seq)
  SELECT user_id, given ->> 'key', story_id, 0, day, at, progress_id, seq
  FROM (
    SELECT DISTINCT ON (user_id, story_id) user_id, story_id, day, at, progress_id, seq
    FROM facts WHERE collected IS NOT NULL ORDER BY user_id, story_id, at DESC, progress_id DESC, seq DESC
  ) AS cause
  JOIN (${NEWEST}) AS newest USING (story_id) JOIN version_goals USING (version_id)
  CROSS JOIN jsonb_array_elements(achievements) AS given
  WHERE NOT EXISTS (
    SELECT kind, key FROM (VALUES ('artifact', given -> 'artifacts'), ('ending', given -> 'endings')) AS taken (kind, keys)
    CROSS JOIN jsonb_array_elements_text(keys) AS key
    EXCEPT SELECT kind, key FROM reader_collected AS known
      WHERE known.user_id = cause.user_id AND known.story_id = cause.story_id
  )
  ON CONFLICT (user_id, achievement_key, coalesce(story_id, 0)) DO NOTHING`;

const BOUNDS = Object.entries(METRICS)
  .map(([metric, { bound }]) => `WHEN '${metric}' THEN ${bound}`)
  .join(' ');

/** What those who are watched may have earned now, or earlier than it seemed. */
const DUE = `
  INSERT INTO due
  SELECT watched.user_id, key, metric, threshold, definition.points, known.day
  FROM jsonb_to_recordset($1) AS definition (key text, metric text, threshold integer, points integer)
  CROSS JOIN watched LEFT JOIN user_stats ON user_stats.user_id = watched.user_id
  LEFT JOIN user_achievements AS known
    ON known.user_id = watched.user_id AND achievement_key = key AND story_id IS NULL
  WHERE CASE WHEN known.day IS NULL THEN CASE metric ${BOUNDS} END >= threshold ELSE known.day > watched.day END`;

/** Its cause is the last of the steps in hand that were made on the day that it was earned. */
const award = (metric: MetricKey): string => `
  INSERT INTO user_achievements AS known (user_id, achievement_key, points, day, earned_at, progress_id, seq)
  SELECT user_id, key, points, day, coalesce(at, least(now(), day + interval '1 day')), progress_id, seq
  FROM (
    SELECT user_id, key, points, min(day) AS day
    FROM due JOIN (
      ${METRICS[metric].totals(`(SELECT DISTINCT user_id FROM due WHERE metric = '${metric}') AS users`)}
    ) AS running USING (user_id)
    WHERE metric = '${metric}' AND total >= threshold GROUP BY user_id, key, points
  ) AS reached
  LEFT JOIN (
    SELECT DISTINCT ON (user_id, day) user_id, day, at, progress_id, seq
    FROM facts ORDER BY user_id, day, at DESC, progress_id DESC, seq DESC
  ) AS cause USING (user_id, day)
  ON CONFLICT (user_id, achievement_key, coalesce(story_id, 0))
    DO UPDATE SET day = EXCLUDED.day WHERE EXCLUDED.day < known.day`;

const AWARD_DAYS = `
  INSERT INTO award_days
  SELECT user_id, earned FROM due WHERE earned IS NOT NULL
  UNION SELECT user_id, day FROM user_achievements JOIN due USING (user_id)
    WHERE achievement_key = key AND story_id IS NULL`;

/** Days that achievements were earned on count as touched. There need not have been play on them. */
const TOUCH = [
  `INSERT INTO days_before
     SELECT reader_days.* FROM reader_days JOIN award_days USING (user_id, day)
     WHERE (user_id, day) NOT IN (SELECT user_id, day FROM touched_days)`,
  `INSERT INTO touched_days SELECT * FROM award_days ON CONFLICT DO NOTHING`,
  `INSERT INTO reader_days (user_id, day) SELECT * FROM award_days ON CONFLICT DO NOTHING`,
  `INSERT INTO user_stats (user_id) SELECT DISTINCT user_id FROM award_days ON CONFLICT DO NOTHING`,
];

/** Days and periods that an achievement has moved away from, and in which nothing else happened, are none of the reader. */
const FORGET_EMPTY = [
  `DELETE FROM reader_days USING award_days
   WHERE reader_days.user_id = award_days.user_id AND reader_days.day = award_days.day AND NOT is_active
     AND (xp, plays, choices, finishes, sessions, play_ms, stories_started, stories_finished, endings_found)
       = (0, 0, 0, 0, 0, 0, 0, 0, 0)
     AND NOT EXISTS (
       SELECT FROM stats_corrections AS correction
       WHERE correction.user_id = reader_days.user_id AND correction.day = reader_days.day
     )`,
  `DELETE FROM reader_periods
   WHERE user_id IN (SELECT user_id FROM award_days)
     AND (choices, stories_finished, endings_found, play_ms, xp) = (0, 0, 0, 0, 0)`,
];

/** Awards what was earned, once and for good, sums up experience, and keeps leaderboards to those who want to be there. Call it after the days have been counted. */
@Injectable()
export class AwardTallyRepository {
  constructor(private readonly database: Database) {}

  /** Notes that the achievements of some users are to be looked at. */
  async ask(userIds: readonly number[]): Promise<void> {
    await this.database.query(
      'INSERT INTO achievement_checks (user_id) SELECT unnest($1::bigint[])',
      [userIds],
    );
  }

  /** As {@link ask}, for all of whom something is told that they need not have played. */
  async askOthers(): Promise<void> {
    await this.database.query(
      `INSERT INTO achievement_checks (user_id)
       SELECT DISTINCT author_id FROM stories JOIN story_versions USING (story_id)
       UNION SELECT user_id FROM reviews
       UNION SELECT user_id FROM user_achievements UNION SELECT user_id FROM stats_corrections`,
    );
  }

  async isAsked(): Promise<boolean> {
    return (await this.database.query('SELECT FROM achievement_checks LIMIT 1')).length > 0;
  }

  async add(): Promise<void> {
    await this.database.run([...PREPARE, GOALS, WATCH, lookAt('watched')]);
    await this.database.query(DUE, [JSON.stringify(ACHIEVEMENTS)]);
    await this.database.query(lookAt('due'));
    const due = await this.database.query<{ metric: MetricKey }>('SELECT DISTINCT metric FROM due');
    const awards = due.map(({ metric }) => award(metric));
    await this.database.run([
      GIVEN,
      ...(awards.length === 0 ? [] : [...awards, AWARD_DAYS, ...TOUCH, lookAt('touched_days')]),
      ...EXPERIENCE_OF_DAYS,
      ...RANKED,
      ...(awards.length === 0 ? [] : [lookAt('award_days'), ...FORGET_EMPTY]),
    ]);
  }

  /** Puts the experience of what has been earned back, where days are counted anew. */
  async carry(): Promise<void> {
    const days = 'INSERT INTO award_days SELECT DISTINCT user_id, day FROM user_achievements';
    await this.database.run([
      ...PREPARE,
      days,
      ...TOUCH,
      lookAt('touched_days'),
      ...EXPERIENCE_OF_DAYS,
    ]);
  }
}
