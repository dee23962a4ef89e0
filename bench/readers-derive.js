/**
 * What counting makes of the steps that `readers-fill.js` has made, in one go: for ten million steps `stats rebuild` would
 * take more than an hour. None of those is offline, helped or gone back on, and days are those of universal time, which
 * makes it simpler than counting.
 */

const SUMS = `
  count(*) FILTER (WHERE choice_id IS NULL) AS plays, count(choice_id) AS choices,
  count(*) FILTER (WHERE is_end) AS finishes,
  count(*) FILTER (WHERE choice_id IS NULL OR gap_ms > 1800000) AS sessions,
  sum(least(gap_ms, 600000))::bigint AS play_ms`;

const FACTS = `
  CREATE UNLOGGED TABLE bench_facts AS
  SELECT progress_id, seq, user_id, story_id, step.version_id, node_id, choice_id, to_node_id, is_end, at, day,
         round(extract(epoch FROM at - lag(at, 1, start_time) OVER (PARTITION BY progress_id ORDER BY seq)) * 1000)::bigint AS gap_ms
  FROM progress_steps AS step JOIN user_progress USING (progress_id)
  UNION ALL
  SELECT progress_id, -1, user_id, story_id, play.version_id, NULL, NULL, node_id, false, start_time, start_day, 0
  FROM user_progress AS play JOIN progress_steps USING (progress_id) WHERE seq = 0`;

const PLACES = `
  SELECT version_id, to_node_id AS node_id, 0::bigint AS choice_id, day, user_id FROM bench_facts
  UNION ALL SELECT version_id, node_id, choice_id, day, user_id FROM bench_facts WHERE choice_id IS NOT NULL`;

const first = (kind, node, where) => `
  SELECT DISTINCT ON (user_id, story_id, node_id) user_id, story_id, '${kind}' AS kind, node_id, at, day
  FROM (SELECT user_id, story_id, ${node} AS node_id, at, day FROM bench_facts WHERE ${where}) AS told
  ORDER BY user_id, story_id, node_id, at`;

const FIRSTS_OF_DAY = ['started', 'finished', 'ending'].map(
  (kind) => `count(*) FILTER (WHERE kind = '${kind}')`,
);

/** Each table with what it holds, in the order in which they are made of each other. */
const TABLES = {
  reader_firsts: `
    INSERT INTO reader_firsts (user_id, story_id, kind, node_id, at, day)
    SELECT * FROM (
      ${first('started', '0::bigint', 'choice_id IS NULL')}
    ) AS started UNION ALL SELECT * FROM (
      ${first('finished', '0::bigint', 'is_end')}
    ) AS finished UNION ALL SELECT * FROM (
      ${first('ending', 'to_node_id', 'is_end')}
    ) AS ending ORDER BY user_id, story_id, kind, node_id`,
  reader_days: `
    INSERT INTO reader_days (user_id, day, is_active, plays, choices, finishes, sessions, play_ms, stories_started,
      stories_finished, endings_found, xp)
    SELECT user_id, day, true, plays, choices, finishes, sessions, play_ms, coalesce(started, 0), coalesce(finished, 0),
           coalesce(endings, 0), least(choices, 200) + 10 + 25 * coalesce(endings, 0) + 50 * coalesce(finished, 0)
    FROM (SELECT user_id, day, ${SUMS} FROM bench_facts GROUP BY user_id, day) AS days
    LEFT JOIN (
      SELECT user_id, day, ${FIRSTS_OF_DAY[0]} AS started, ${FIRSTS_OF_DAY[1]} AS finished, ${FIRSTS_OF_DAY[2]} AS endings
      FROM reader_firsts GROUP BY user_id, day
    ) AS firsts USING (user_id, day) ORDER BY user_id, day`,
  reader_stories: `
    INSERT INTO reader_stories (user_id, story_id, plays, choices, finishes, sessions, play_ms, last_at)
    SELECT user_id, story_id, ${SUMS}, max(at) FROM bench_facts GROUP BY user_id, story_id ORDER BY user_id, story_id`,
  user_stats: `
    INSERT INTO user_stats (user_id, stories_started, stories_completed, endings_found, total_choices_made, plays,
      finishes, sessions, play_ms, xp, streak, longest_streak, last_day, is_ranked)
    SELECT user_id, started, finished, endings, choices, plays, finishes, sessions, play_ms, xp, streak, longest, last,
           role <> 'guest' AND NOT hide_from_leaderboards
    FROM (
      SELECT user_id, sum(stories_started) AS started, sum(stories_finished) AS finished, sum(endings_found) AS endings,
             sum(choices) AS choices, sum(plays) AS plays, sum(finishes) AS finishes, sum(sessions) AS sessions,
             sum(play_ms) AS play_ms, sum(xp) AS xp
      FROM reader_days GROUP BY user_id
    ) AS sums JOIN (
      SELECT DISTINCT ON (user_id) user_id, length AS streak, last, max(length) OVER (PARTITION BY user_id) AS longest
      FROM (
        SELECT user_id, count(*) AS length, max(day) AS last
        FROM (
          SELECT user_id, day, day - row_number() OVER (PARTITION BY user_id ORDER BY day)::integer AS run
          FROM reader_days
        ) AS days GROUP BY user_id, run
      ) AS runs ORDER BY user_id, last DESC
    ) AS streaks USING (user_id) JOIN users USING (user_id) ORDER BY user_id`,
  reader_periods: `
    INSERT INTO reader_periods (period, starts, user_id, choices, stories_finished, endings_found, play_ms, xp, is_ranked)
    SELECT period, date_trunc(period, day::timestamp)::date AS starts, user_id, sum(choices), sum(stories_finished),
           sum(endings_found), sum(play_ms), sum(xp), bool_and(role <> 'guest' AND NOT hide_from_leaderboards)
    FROM reader_days JOIN users USING (user_id) CROSS JOIN (VALUES ('month'), ('week')) AS periods (period)
    GROUP BY period, starts, user_id ORDER BY period, starts, user_id`,
  story_days: `
    INSERT INTO story_days (story_id, version_id, day, plays, choices, finishes, sessions, play_ms)
    SELECT story_id, version_id, day, ${SUMS} FROM bench_facts GROUP BY story_id, day, version_id`,
  version_readers: `
    INSERT INTO version_readers (version_id, day, user_id, has_begun, has_chosen, has_gone_on)
    SELECT version_id, day, user_id, bool_or(choice_id IS NULL), bool_or(choice_id IS NOT NULL),
           bool_or(choice_id IS NOT NULL AND NOT is_end)
    FROM bench_facts GROUP BY version_id, day, user_id ORDER BY version_id, day, user_id`,
  node_days: `
    INSERT INTO node_days (version_id, day, node_id, arrivals)
    SELECT version_id, day, to_node_id, count(*) FROM bench_facts GROUP BY version_id, day, to_node_id ORDER BY 1, 2, 3`,
  choice_days: `
    INSERT INTO choice_days (version_id, day, choice_id, node_id, made)
    SELECT version_id, day, choice_id, node_id, count(*) FROM bench_facts WHERE choice_id IS NOT NULL
    GROUP BY version_id, day, choice_id, node_id ORDER BY 1, 2, 3, 4`,
  places: `
    INSERT INTO places (version_id, node_id, choice_id)
    SELECT version_id, node_id, 0 FROM node_days GROUP BY version_id, node_id
    UNION ALL SELECT version_id, node_id, choice_id FROM choice_days GROUP BY version_id, node_id, choice_id`,
  place_readers: `
    INSERT INTO place_readers (place_id, day, user_id)
    SELECT DISTINCT place_id, day, user_id FROM (${PLACES}) AS place JOIN places USING (version_id, node_id, choice_id)
    ORDER BY place_id, day, user_id`,
  story_finishes: `
    INSERT INTO story_finishes (progress_id, seq, story_id, version_id, user_id, node_id, at, choices, play_ms, is_unaided)
    SELECT finish.progress_id, finish.seq, story_id, version_id, user_id, to_node_id, at, finish.seq + 1, time, true
    FROM bench_facts AS finish JOIN (
      SELECT progress_id, sum(least(gap_ms, 600000)) AS time FROM bench_facts GROUP BY progress_id
    ) AS times USING (progress_id) WHERE is_end ORDER BY progress_id`,
  story_bests: `
    INSERT INTO story_bests (story_id, user_id, choices, play_ms, is_ranked)
    SELECT story_id, user_id, min(choices), min(play_ms), bool_and(role <> 'guest' AND NOT hide_from_leaderboards)
    FROM story_finishes JOIN users USING (user_id) GROUP BY story_id, user_id ORDER BY 1, 2`,
  user_achievements: `
    INSERT INTO user_achievements (user_id, achievement_key, points, day, earned_at)
    SELECT user_id, key, 10, last_day, last_day FROM user_stats CROSS JOIN LATERAL (VALUES
      ('first-choice', total_choices_made >= 1), ('choices-100', total_choices_made >= 100),
      ('choices-1000', total_choices_made >= 1000), ('first-story', stories_completed >= 1),
      ('stories-5', stories_completed >= 5), ('stories-25', stories_completed >= 25),
      ('endings-10', endings_found >= 10), ('endings-50', endings_found >= 50), ('sessions-10', sessions >= 10),
      ('sessions-100', sessions >= 100), ('streak-3', longest_streak >= 3), ('streak-7', longest_streak >= 7)
    ) AS definition (key, is_earned) WHERE is_earned ORDER BY user_id`,
};

const OF_READERS = `('experience', xp), ('stories_completed', stories_completed), ('endings_found', endings_found),
  ('choices_made', total_choices_made), ('play_time', (play_ms / 60000)::integer), ('longest_streak', longest_streak)`;
const OF_PERIODS = `('experience', xp), ('stories_completed', stories_finished), ('endings_found', endings_found),
  ('choices_made', choices), ('play_time', (play_ms / 60000)::integer)`;

/** Elsewhere triggers keep them. */
const STANDINGS = `
  INSERT INTO standings (metric, period, starts, value, readers)
  SELECT metric, 'all', '-infinity'::date, value, count(*)
  FROM user_stats CROSS JOIN LATERAL (VALUES ${OF_READERS}) AS of_metric (metric, value)
  WHERE is_ranked AND value > 0 GROUP BY metric, value
  UNION ALL
  SELECT metric, period, starts, value, count(*)
  FROM reader_periods CROSS JOIN LATERAL (VALUES ${OF_PERIODS}) AS of_metric (metric, value)
  WHERE is_ranked AND value > 0 GROUP BY metric, period, starts, value`;

/** Fills a table without its secondary indexes, and makes these afterwards, as they were. */
async function load(db, table, sql) {
  const { rows: indexes } = await db.query(
    `SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
     WHERE indrelid = $1::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
    [table],
  );
  for (const { name } of indexes) await db.query(`DROP INDEX ${name}`);
  const { rowCount } = await db.query(sql);
  for (const { definition } of indexes) await db.query(definition);
  await db.query(`ANALYZE ${table}`);
  return rowCount;
}

/** @param db as `fill` takes it */
export async function derive(db, log) {
  await db.query(`SET statement_timeout = 0; SET session_replication_role = replica; SET synchronous_commit = off;
    SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'; BEGIN`);
  await db.query(`DELETE FROM play_facts; DELETE FROM standings; DELETE FROM user_achievements`);
  for (const table of Object.keys(TABLES).toReversed()) await db.query(`DELETE FROM ${table}`);
  const timed = async (what, work) => {
    const began = performance.now();
    const rows = await work();
    log(`${what}: ${rows} rows in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  };
  await timed('facts', async () => (await db.query(FACTS)).rowCount);
  await db.query('ANALYZE bench_facts');
  for (const [table, sql] of Object.entries(TABLES)) await timed(table, () => load(db, table, sql));
  await timed('standings', () => load(db, 'standings', STANDINGS));
  await db.query('DROP TABLE bench_facts; UPDATE counting SET rebuilt_at = now(); COMMIT');
}
