/** A year of a platform's readers, made by SQL: accounts, playthroughs with their steps, follows and activities. */

/** The part of all playthroughs that are of the first story. */
const HOT = 0.2;
const WAYS = 64;
/** The part of the ways that are given up before an ending. */
const GIVEN_UP = 0.3;
/** Since when the second version of the first story is played, in days. */
const SECOND_SINCE = 45;

const CATEGORIES = ['fantasy', 'mystery', 'horror', 'romance', 'adventure', 'history'];

/** Stories in which each node leads on to the three after it, and every eighth is an ending. */
export const storiesOf = (from, count) => ({
  format: 'talegraph',
  version: 1,
  stories: Array.from({ length: count }, (_, place) => {
    const length = from + place === 0 ? 64 : 24;
    const isEnding = (i) => i % 8 === 7;
    return {
      slug: `story-${from + place}`,
      title: `Story ${from + place}`,
      category: CATEGORIES[place % CATEGORIES.length],
      nodes: Array.from({ length }, (_, i) => ({
        ...{ key: `n${i}`, title: `Node ${i}`, content: `The harbour keeps its own hours. ${i}` },
        type: isEnding(i) ? 'ending' : 'choice',
        ...(i === 0 && { start: true }),
        ...(isEnding(i) && { endingKind: 'neutral' }),
        ...(!isEnding(i) && {
          choices: [1, 2, 3].map((far) => ({
            text: `Way ${far}`,
            to: `n${Math.min(i + far, length - 1)}`,
          })),
        }),
      })),
    };
  }),
});

/** Ways through every story that has been published, at random: which choices were made, one after another. */
async function writeWays(db) {
  await db.query(`
    CREATE UNLOGGED TABLE bench_ways (
      story_id bigint, way integer, seq integer, node_id bigint, choice_id bigint, to_node_id bigint, is_end boolean
    )`);
  const { rows } = await db.query(`
    SELECT stories.story_id, node.node_id, choice_id, to_node_id, ending.is_ending_node AS is_end, node.is_starting_node AS is_start
    FROM stories JOIN story_nodes AS node USING (story_id) JOIN choices ON from_node_id = node.node_id
    JOIN story_nodes AS ending ON ending.node_id = to_node_id WHERE is_published`);
  const steps = [];
  for (const [story, choices] of Map.groupBy(rows, (row) => row.story_id)) {
    const choicesAt = Map.groupBy(choices, (row) => row.node_id);
    const start = choices.find((row) => row.is_start).node_id;
    for (let way = 0; way < WAYS; way++) {
      const most = Math.random() < GIVEN_UP ? 1 + Math.floor(Math.random() * 8) : Infinity;
      for (let node = start, seq = 0; choicesAt.has(node) && seq < most; seq++) {
        const from = choicesAt.get(node);
        // Of two choices one is often made, of the third seldom.
        const made = from[Math.floor(Math.random() ** 1.5 * from.length)];
        steps.push([story, way, seq, node, made.choice_id, made.to_node_id, made.is_end]);
        node = made.to_node_id;
      }
    }
  }
  await db.query(
    `INSERT INTO bench_ways
     SELECT * FROM unnest($1::bigint[], $2::int[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[], $7::boolean[])`,
    [0, 1, 2, 3, 4, 5, 6].map((column) => steps.map((step) => step[column])),
  );
  await db.query(`
    CREATE UNLOGGED TABLE bench_ends AS
    SELECT DISTINCT ON (story_id, way) story_id, way, seq + 1 AS steps, to_node_id, is_end
    FROM bench_ways ORDER BY story_id, way, seq DESC`);
}

/** Who reads: of each 100, 3 are guests and 2 hide from leaderboards. */
const ACCOUNTS = `
  INSERT INTO users (username, email, role, created_at, last_active, hide_from_leaderboards)
  SELECT 'reader_' || i, CASE WHEN i % 100 < 97 THEN 'reader_' || i || '@example.org' END,
         CASE WHEN i % 100 >= 97 THEN 'guest' ELSE 'user' END, at, at, i % 100 IN (95, 96)
  FROM generate_series(1, $1::integer) AS i CROSS JOIN LATERAL (SELECT now() - i * (interval '400 days' / $1::integer)) AS since (at)`;

/** Everybody plays once, and some again and again. */
const PLAYS = `
  CREATE UNLOGGED TABLE bench_plays AS
  WITH stories_of AS (
    SELECT array_agg(story_id ORDER BY story_id) AS ids FROM stories WHERE is_published
  ), drawn AS MATERIALIZED (
    SELECT i, random() AS who, random() AS what, random() AS which, random() AS way,
           now() - interval '1 hour' - random() * interval '364 days' AS started
    FROM generate_series(1, $PLAYS) AS i
  )
  SELECT $FIRST + i AS progress_id, $BASE + CASE WHEN i <= $USERS THEN i ELSE 1 + floor($USERS * who ^ 3)::bigint END AS user_id,
         CASE WHEN what < ${HOT} THEN ids[1] ELSE ids[2 + floor(which ^ 2 * (cardinality(ids) - 1))::integer] END AS story_id,
         floor(way * ${WAYS})::integer AS way, started
  FROM drawn CROSS JOIN stories_of`;

const PLAYTHROUGHS = `
  INSERT INTO user_progress (progress_id, user_id, story_id, version_id, current_node_id, state, seed, step, start_time,
    start_day, last_updated, is_completed, ending)
  OVERRIDING SYSTEM VALUE
  SELECT progress_id, user_id, story_id, version_id, to_node_id,
         jsonb_build_object('node', to_node_id, 'memory', '{"vars": {}, "items": {}, "visits": {}}'::jsonb),
         gen_random_uuid(), steps, started, (started AT TIME ZONE 'UTC')::date, started + steps * interval '25 seconds',
         is_end, CASE WHEN is_end THEN 'neutral' END
  FROM bench_plays JOIN bench_ends USING (story_id, way) CROSS JOIN LATERAL (
    SELECT version_id FROM story_versions AS version
    WHERE version.story_id = bench_plays.story_id AND (number = 1 OR started > now() - interval '${SECOND_SINCE} days')
    ORDER BY number DESC LIMIT 1
  ) AS version`;

const STEPS = `
  INSERT INTO progress_steps (progress_id, seq, node_id, choice_id, to_node_id, at, day, version_id, is_end)
  SELECT progress_id, seq, node_id, choice_id, way.to_node_id, at, (at AT TIME ZONE 'UTC')::date, version_id, is_end
  FROM bench_plays AS play JOIN bench_ways AS way USING (story_id, way) JOIN user_progress USING (progress_id)
  CROSS JOIN LATERAL (SELECT started + (seq + (progress_id % 97) / 100.0) * interval '25 seconds') AS made (at)`;

/** One in `users` / `few` is active: what they did, at random, the oldest first. */
const ACTIVITIES = `
  INSERT INTO activities (actor_id, kind, subject, story_id, at)
  WITH stories_of AS (SELECT array_agg(story_id) AS ids FROM stories WHERE is_published), drawn AS MATERIALIZED (
    SELECT $1::bigint + 1 + floor(random() * $2)::bigint AS actor_id, random() AS what, random() AS which,
           now() - random() * interval '365 days' AS at
    FROM generate_series(1, $3::integer)
  )
  SELECT actor_id, CASE WHEN what < 0.6 THEN 'finished' WHEN what < 0.9 THEN 'rated' ELSE 'shared' END,
         'story:' || story_id, story_id, at
  FROM drawn CROSS JOIN stories_of CROSS JOIN LATERAL (SELECT ids[1 + floor(which * cardinality(ids))::integer]) AS about (story_id)
  ORDER BY at ON CONFLICT DO NOTHING`;

const FOLLOWS = `
  INSERT INTO follows (follower_id, followed_id)
  SELECT $1::bigint + 1, $1::bigint + i FROM generate_series(2, least(5000, $2 / 10) + 1) AS i
  UNION ALL SELECT $1::bigint + i, $1::bigint + 2 FROM generate_series(3, least(100000, $2 / 2) + 2) AS i
  UNION ALL SELECT $1::bigint + i, $1::bigint + i % least(20000, $2 / 5) + 3
    FROM generate_series(least(100000, $2 / 2) + 3, $2) AS i
  ON CONFLICT DO NOTHING`;

const FOLLOW_COUNTS = `
  INSERT INTO follow_counts (user_id, followers, following)
  SELECT user_id, sum(followers), sum(following) FROM (
    SELECT followed_id AS user_id, 1 AS followers, 0 AS following FROM follows
    UNION ALL SELECT follower_id, 0, 1 FROM follows
  ) AS counted GROUP BY user_id`;

/** @param db a connection of its own: no statement of it is timed out, no trigger of it runs, foreign keys are not looked up */
export async function fill(db, { users, steps, log }) {
  const timed = async (what, ...statements) => {
    const began = performance.now();
    let rows = 0;
    for (const [sql, values] of statements) rows += (await db.query(sql, values)).rowCount ?? 0;
    log(`${what}: ${rows} rows in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  };
  await db.query(`SET statement_timeout = 0; SET session_replication_role = replica; SET synchronous_commit = off;
    SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'; BEGIN`);
  const one = async (sql) => (await db.query(sql)).rows[0].value;
  const base = await one('SELECT max(user_id)::integer AS value FROM users');
  // Their ids lie where those of this month do: there are no partitions for others.
  const first = await one(
    `SELECT nextval(pg_get_serial_sequence('user_progress', 'progress_id')) AS value`,
  );
  await writeWays(db);
  const length = await one(`
    SELECT avg(steps * CASE WHEN story_id = (SELECT min(story_id) FROM bench_ends) THEN ${HOT} ELSE ${1 - HOT} END) * 2 AS value
    FROM (SELECT min(story_id) AS story_id, avg(steps) AS steps FROM bench_ends
          GROUP BY story_id = (SELECT min(story_id) FROM bench_ends)) AS kinds`);
  const plays = Math.round(steps / Number(length));
  const withNumbers = (sql) =>
    sql
      .replaceAll('$BASE', base)
      .replaceAll('$FIRST', first)
      .replaceAll('$USERS', users)
      .replaceAll('$PLAYS', plays);

  await timed('accounts', [ACCOUNTS, [users]]);
  await timed('playthroughs', [withNumbers(PLAYS)], ['ANALYZE bench_plays'], [PLAYTHROUGHS]);
  await db.query('ANALYZE bench_ways; ANALYZE user_progress');
  await timed('steps', [STEPS]);
  await timed('activities', [ACTIVITIES, [base, Math.min(20_000, users / 5), users * 3]]);
  await timed('follows', [FOLLOWS, [base, users]], [FOLLOW_COUNTS]);
  await db.query(`
    UPDATE stories SET play_count = plays
      FROM (SELECT story_id, count(*) AS plays FROM bench_plays GROUP BY story_id) AS played
      WHERE played.story_id = stories.story_id;
    SELECT setval(pg_get_serial_sequence('user_progress', 'progress_id'), ${first} + ${plays});
    DROP TABLE bench_plays, bench_ways, bench_ends;
    COMMIT`);
  await db.query('VACUUM ANALYZE');
  return base;
}
