import { IS_RANKABLE } from '../leaderboards/ranked.js';
import { EXPERIENCE_OF_DAY } from '../readers/experience.js';

/** Rows begin as they are to be: changed afterwards, each would be written to every index twice. */
export const isRanked = (userId: string): string =>
  `(SELECT ${IS_RANKABLE} FROM users WHERE users.user_id = ${userId})`;

/**
 * Brings what is told of readers, but for their experience, in line with their days, in this order. The table `touched_days` names the days that
 * have changed, and `days_before` holds them as they were: everything about a reader is a sum over their days.
 */
export const SUMS_OF_READERS = [
  `UPDATE reader_days
     SET stories_started = coalesce(firsts.started, 0) + coalesce(corrected.started, 0),
         stories_finished = coalesce(firsts.finished, 0) + coalesce(corrected.finished, 0),
         endings_found = coalesce(firsts.endings, 0) + coalesce(corrected.endings, 0)
     FROM touched_days
     LEFT JOIN (
       SELECT user_id, day, count(*) FILTER (WHERE kind = 'started') AS started,
              count(*) FILTER (WHERE kind = 'finished') AS finished, count(*) FILTER (WHERE kind = 'ending') AS endings
       FROM touched_days JOIN reader_firsts USING (user_id, day) GROUP BY user_id, day
     ) AS firsts USING (user_id, day)
     LEFT JOIN (
       SELECT user_id, day, sum(stories_started) AS started, sum(stories_finished) AS finished,
              sum(endings_found) AS endings
       FROM touched_days JOIN stats_corrections USING (user_id, day) GROUP BY user_id, day
     ) AS corrected USING (user_id, day)
     WHERE reader_days.user_id = touched_days.user_id AND reader_days.day = touched_days.day`,
  `INSERT INTO user_stats AS known (user_id, stories_started, stories_completed, endings_found, total_choices_made,
       plays, finishes, sessions, play_ms, is_ranked)
     SELECT user_id, sum(stories_started), sum(stories_finished), sum(endings_found), sum(choices), sum(plays),
            sum(finishes), sum(sessions), sum(play_ms), ${isRanked('changes.user_id')}
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
           FROM reader_days WHERE is_active AND user_id IN (
             SELECT user_id FROM touched_days LEFT JOIN days_before USING (user_id, day)
             WHERE days_before.is_active IS NOT TRUE
           )
         ) AS days GROUP BY user_id, run
       ) AS runs ORDER BY user_id, last DESC
     ) AS streaks WHERE streaks.user_id = user_stats.user_id`,
];

/** Brings experience in line, once the rest is. */
export const EXPERIENCE_OF_DAYS = [
  `UPDATE reader_days SET xp = ${EXPERIENCE_OF_DAY} + coalesce(earned.points, 0) + coalesce(corrected.more, 0)
     FROM touched_days
     LEFT JOIN (
       SELECT user_id, day, sum(points) AS points
       FROM touched_days JOIN user_achievements USING (user_id, day) GROUP BY user_id, day
     ) AS earned USING (user_id, day)
     LEFT JOIN (
       SELECT user_id, day, sum(xp) AS more
       FROM touched_days JOIN stats_corrections USING (user_id, day) GROUP BY user_id, day
     ) AS corrected USING (user_id, day)
     WHERE reader_days.user_id = touched_days.user_id AND reader_days.day = touched_days.day`,
  `UPDATE user_stats SET xp = user_stats.xp + gained.xp
     FROM (
       SELECT user_id, sum(reader_days.xp - coalesce(days_before.xp, 0)) AS xp
       FROM touched_days JOIN reader_days USING (user_id, day) LEFT JOIN days_before USING (user_id, day)
       GROUP BY user_id
     ) AS gained WHERE gained.user_id = user_stats.user_id`,
  `INSERT INTO reader_periods AS known (period, starts, user_id, choices, stories_finished, endings_found, play_ms, xp,
       is_ranked)
     SELECT period, date_trunc(period, day::timestamp)::date AS starts, user_id, sum(choices), sum(stories_finished),
            sum(endings_found), sum(play_ms), sum(xp), ${isRanked('changes.user_id')}
     FROM (
       SELECT user_id, day, choices, stories_finished, endings_found, play_ms, xp
       FROM touched_days JOIN reader_days USING (user_id, day)
       UNION ALL SELECT user_id, day, -choices, -stories_finished, -endings_found, -play_ms, -xp FROM days_before
     ) AS changes CROSS JOIN (VALUES ('month'), ('week')) AS periods (period)
     GROUP BY period, starts, user_id
     ON CONFLICT (period, starts, user_id) DO UPDATE SET
       choices = known.choices + EXCLUDED.choices,
       stories_finished = known.stories_finished + EXCLUDED.stories_finished,
       endings_found = known.endings_found + EXCLUDED.endings_found,
       play_ms = known.play_ms + EXCLUDED.play_ms, xp = known.xp + EXCLUDED.xp`,
];

/** Lets leaderboards have accounts that do not hide, and nobody else. The table `watched` names those to look at. */
export const RANKED = ['user_stats', 'reader_periods', 'story_bests'].map(
  (table) => `
    UPDATE ${table} SET is_ranked = NOT is_ranked
    FROM users JOIN watched USING (user_id)
    WHERE ${table}.user_id = users.user_id
      AND is_ranked <> (${IS_RANKABLE})`,
);
