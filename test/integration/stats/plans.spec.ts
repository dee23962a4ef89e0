import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { play } from '../../support/playing.js';

const READERS = 20_000;

/** What grows with all readers there are. */
const GROWING = [
  ...['users', 'user_stats', 'reader_periods', 'reader_days', 'reader_firsts', 'reader_stories'],
  ...['story_bests', 'story_finishes', 'user_achievements', 'place_readers', 'version_readers'],
];

/** Readers who are there by SQL alone: each has played and finished once, in the last two months. */
const FILL = `
  WITH people AS (
    INSERT INTO users (username, role) SELECT 'many_' || i, 'user' FROM generate_series(1, ${READERS}) AS i
    RETURNING user_id, now() - user_id % 60 * interval '1 day' AS at
  ), dated AS (
    SELECT user_id, at, at::date AS day FROM people
  ), days AS (
    INSERT INTO reader_days (user_id, day, choices, finishes, xp) SELECT user_id, day, 9, 1, user_id % 300 FROM dated
  ), periods AS (
    INSERT INTO reader_periods (period, starts, user_id, choices, xp, is_ranked)
      SELECT period, date_trunc(period, at)::date, user_id, 9, 1 + user_id % 300, true
      FROM dated CROSS JOIN (VALUES ('month'), ('week')) AS periods (period)
  ), bests AS (
    INSERT INTO story_bests (story_id, user_id, choices, play_ms, is_ranked)
      SELECT $1, user_id, 1 + user_id % 50, user_id * 10, true FROM dated
  ), firsts AS (
    INSERT INTO reader_firsts (user_id, story_id, kind, node_id, at, day)
      SELECT user_id, $1, 'started', 0, at, day FROM dated
  ), awards AS (
    INSERT INTO user_achievements (user_id, achievement_key, points, day, earned_at)
      SELECT user_id, 'first-choice', 10, day, at FROM dated
  )
  INSERT INTO user_stats (user_id, total_choices_made, xp, is_ranked) SELECT user_id, 9, 1 + user_id % 300, true FROM dated`;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Plan[];
}

const partsOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(partsOf)];

describe('what grows with all readers', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let reader: Person;
  beforeAll(async () => {
    talegraph = await startApp();
    story = await talegraph.factory.newStory(await talegraph.factory.newAuthor());
    reader = await talegraph.factory.newReader();
    await talegraph.database.query(FILL, [story.storyId]);
    await talegraph.database.query(`ANALYZE ${GROWING.join(', ')}, standings`);
  }, 60_000);
  afterAll(() => talegraph.close());

  /** How PostgreSQL comes by rows in the statements that some work sends. */
  async function scans(work: () => Promise<unknown>): Promise<Set<string>> {
    const used = new Set<string>();
    for (const { text, values } of await talegraph.statements.sentDuring(work)) {
      if (!/^\s*(SELECT|WITH)/.test(text) || text.includes('pgboss')) continue;
      const [explained] = await talegraph.database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>(
        `EXPLAIN (FORMAT JSON) ${text}`,
        [...values],
      );
      for (const part of partsOf(explained!['QUERY PLAN'][0].Plan)) {
        const { 'Index Name': index, 'Relation Name': table } = part;
        if (index !== undefined) used.add(index);
        if (part['Node Type'] === 'Seq Scan' && GROWING.includes(table!)) used.add(`all ${table}`);
      }
    }
    return used;
  }

  const OF_ALL = `query ($period: LeaderboardPeriod!, $after: String) {
    leaderboard(metric: EXPERIENCE, period: $period, after: $after) {
      nodes { rank } viewerRank { rank } pageInfo { endCursor } } }`;
  const OF_STORY = `query ($id: ID!, $metric: StoryLeaderboardMetric!, $after: String) {
    storyLeaderboard(storyId: $id, metric: $metric, after: $after) {
      nodes { rank } viewerRank { rank } pageInfo { endCursor } } }`;

  it.each([
    [OF_ALL, { period: 'ALL_TIME' }, 'user_stats_experience_idx'],
    [OF_ALL, { period: 'MONTH' }, 'reader_periods_experience_idx'],
    [OF_STORY, { metric: 'FEWEST_STEPS' }, 'story_bests_fewest_steps_idx'],
    [OF_STORY, { metric: 'FASTEST' }, 'story_bests_fastest_idx'],
  ])('is not read for a leaderboard and a rank: %s %j', async (query, variables, index) => {
    const client = talegraph.client.as(reader.token);
    let after: string | null = null;
    for (const _ of ['first page', 'second page']) {
      const used = await scans(async () => {
        const [board] = Object.values<any>(
          await client.get(query, {
            ...variables,
            ...(query === OF_STORY && { id: story.id }),
            after,
          }),
        );
        after = board.pageInfo.endCursor;
      });
      expect(used).toContain(index);
      expect([...used].filter((scan) => scan.startsWith('all '))).toEqual([]);
    }
  });

  it('is not read to count a playthrough that comes to an ending', async () => {
    const seen = await rowsRead(() =>
      play(talegraph.client.as(reader.token), story, ['start', 'end']),
    );
    expect(Object.entries(seen).filter(([, rows]) => rows >= READERS)).toEqual([]);
  });

  /** How many rows PostgreSQL has read of each table without an index while some work went on. */
  async function rowsRead(work: () => Promise<unknown>): Promise<Record<string, number>> {
    const read = async () => {
      const rows = await talegraph.database.query<{ name: string; rows: number }[]>(
        `SELECT relname AS name, seq_tup_read AS rows FROM pg_stat_user_tables WHERE relname = ANY($1)`,
        [GROWING],
      );
      return new Map(rows.map(({ name, rows: count }) => [name, Number(count)]));
    };
    await told();
    const before = await read();
    await work();
    await told();
    return Object.fromEntries(
      [...(await read())].map(([name, rows]) => [name, rows - (before.get(name) ?? 0)]),
    );
  }

  /** Has every connection tell what it has read so far. */
  const told = () =>
    Promise.all(
      Array.from({ length: 10 }, () =>
        talegraph.database.query('SELECT pg_stat_force_next_flush(), pg_sleep(0.2)'),
      ),
    );
});
