import { COUNTED } from '../../social/ratings/rating-tally.repository.js';
import { SCORE_SQL } from '../../stories/story.score.js';
import { utcDay } from '../days.js';

/** Something that achievements are given for. */
interface Metric {
  /**
   * Running totals by day, as (user_id, day, total). The day on which a total comes to a threshold depends only on what
   * was done, not on when it was counted.
   * @param users a relation with a column `user_id`, with its name
   */
  readonly totals: (users: string) => string;
  /**
   * An upper bound of the total now, over the columns of `user_stats` and of the users watched while facts are counted:
   * below the threshold, nothing more is looked at.
   */
  readonly bound: string;
}

const summed = (ofDay: string, bound: string): Metric => ({
  totals: (users) => `
    SELECT user_id, day, sum(${ofDay}) OVER (PARTITION BY user_id ORDER BY day) AS total
    FROM reader_days JOIN ${users} USING (user_id)`,
  bound,
});

/** @param days a query of the days, as (user_id, day), each of which adds one */
const counted = (days: (users: string) => string, bound: string): Metric => ({
  totals: (users) => `
    SELECT user_id, day, row_number() OVER (PARTITION BY user_id ORDER BY day) AS total
    FROM (${days(users)}) AS days`,
  bound,
});

/** Reviews that somebody wrote, and that others may read. */
const REVIEWS = `reviews WHERE text IS NOT NULL AND ${COUNTED}`;

/** From which score on a story is well rated. */
const WELL = 4;

const DAY = utcDay('at');

/** Looked at only when a review has changed, or everything is counted anew. */
const ASKED = 'CASE WHEN is_asked THEN threshold END';

export const METRICS = {
  CHOICES: summed('choices', 'total_choices_made'),
  STORIES_FINISHED: summed('stories_finished', 'stories_completed'),
  ENDINGS_FOUND: summed('endings_found', 'endings_found'),
  SESSIONS: summed('sessions', 'sessions'),
  MINUTES: summed('play_ms / 60000.0', 'play_ms / 60000'),
  CHOICES_IN_A_DAY: {
    totals: (users) =>
      `SELECT user_id, day, choices AS total FROM reader_days JOIN ${users} USING (user_id)`,
    bound: 'total_choices_made',
  },
  STREAK: {
    totals: (users) => `
      SELECT user_id, day, row_number() OVER (PARTITION BY user_id, run ORDER BY day) AS total
      FROM (
        SELECT user_id, day, day - row_number() OVER (PARTITION BY user_id ORDER BY day)::integer AS run
        FROM reader_days JOIN ${users} USING (user_id) WHERE is_active
      ) AS runs`,
    bound: 'longest_streak',
  },
  CATEGORIES: counted(
    (users) => `
      SELECT user_id, min(day) AS day
      FROM reader_firsts JOIN ${users} USING (user_id) JOIN stories USING (story_id)
      WHERE kind = 'finished' GROUP BY user_id, category`,
    'CASE WHEN has_finished THEN stories_completed END',
  ),
  /** Every ending of a version that the reader has finished, where that has several. */
  STORIES_MASTERED: counted(
    (users) => `
      SELECT user_id, min(day) AS day
      FROM (
        SELECT finished.user_id, finished.story_id, max(found.day) AS day
        FROM (SELECT DISTINCT user_id, story_id, version_id FROM story_finishes JOIN ${users} USING (user_id)) AS finished
        JOIN version_goals USING (version_id) CROSS JOIN unnest(endings) AS ending
        LEFT JOIN reader_firsts AS found ON found.user_id = finished.user_id AND found.story_id = finished.story_id
          AND kind = 'ending' AND node_id = ending
        GROUP BY finished.user_id, finished.story_id, version_id
        HAVING count(*) > 1 AND count(*) = count(found.day)
      ) AS mastered GROUP BY user_id, story_id`,
    'CASE WHEN has_finished THEN endings_found / 2 END',
  ),
  ARTIFACTS: counted(
    (users) => `
      SELECT user_id, day FROM reader_collected JOIN ${users} USING (user_id) WHERE kind = 'artifact'`,
    'CASE WHEN has_collected THEN threshold END',
  ),
  STORIES_PUBLISHED: counted(
    (users) => `
      SELECT user_id, min(${utcDay('story_versions.created_at')}) AS day
      FROM ${users} JOIN stories ON author_id = user_id JOIN story_versions USING (story_id)
      GROUP BY user_id, story_id`,
    'CASE WHEN is_author THEN threshold END',
  ),
  READERS_OF_OWN: counted(
    (users) => `
      SELECT users.user_id, min(${DAY}) AS day
      FROM ${users} JOIN stories ON author_id = users.user_id CROSS JOIN LATERAL (
        -- Looked up story by story: most people have none, and all stories have very many readers.
        SELECT user_id, at FROM reader_firsts WHERE story_id = stories.story_id AND kind = 'started' OFFSET 0
      ) AS begun
      WHERE begun.user_id <> author_id
      GROUP BY users.user_id, begun.user_id`,
    'CASE WHEN is_author THEN (SELECT sum(play_count) FROM stories WHERE author_id = watched.user_id) END',
  ),
  /** One of each story at most. */
  REVIEWS_WRITTEN: counted(
    (users) => `
      SELECT user_id, ${utcDay('created_at')} AS day
      FROM ${users} JOIN (SELECT user_id, created_at FROM ${REVIEWS}) AS written USING (user_id)`,
    ASKED,
  ),
  /** The readers who found reviews helpful, each once however many they voted for. */
  READERS_HELPED: counted(
    (users) => `
      SELECT users.user_id, min(${utcDay('vote.created_at')}) AS day
      FROM ${users} JOIN (SELECT user_id, review_id FROM ${REVIEWS}) AS written USING (user_id)
      JOIN review_votes AS vote USING (review_id)
      GROUP BY users.user_id, vote.user_id`,
    ASKED,
  ),
  /** The ratings of each story that is well rated now. */
  GOOD_RATINGS: {
    totals: (users) => `
      SELECT users.user_id, ${utcDay('review.created_at')} AS day,
             row_number() OVER (PARTITION BY review.story_id ORDER BY review.created_at) AS total
      FROM ${users} JOIN stories ON author_id = users.user_id JOIN (
        SELECT story_id, created_at FROM reviews WHERE ${COUNTED}
      ) AS review USING (story_id)
      WHERE ${SCORE_SQL} >= ${WELL}`,
    bound: ASKED,
  },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricKey = keyof typeof METRICS;
