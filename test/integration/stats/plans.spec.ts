import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';

const READERS = 20_000;

/** What grows with all readers there are. */
const GROWING = ['users', 'user_stats', 'reader_periods'];

/** Readers who are there by SQL alone: each has played and finished once, in the last two months. */
const FILL = `
  WITH people AS (
    INSERT INTO users (username, role) SELECT 'many_' || i, 'user' FROM generate_series(1, ${READERS}) AS i
    RETURNING user_id, now() - user_id % 60 * interval '1 day' AS at
  ), dated AS (
    SELECT user_id, at FROM people
  ), periods AS (
    INSERT INTO reader_periods (period, starts, user_id, choices, xp, is_ranked)
      SELECT period, date_trunc(period, at)::date, user_id, 9, 1 + user_id % 300, true
      FROM dated CROSS JOIN (VALUES ('month'), ('week')) AS periods (period)
  ), bests AS (
    INSERT INTO story_bests (story_id, user_id, choices, play_ms, is_ranked)
      SELECT $1, user_id, 1 + user_id % 50, user_id * 10, true FROM dated
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
    await talegraph.database.query(`ANALYZE ${GROWING.join(', ')}, story_bests, standings`);
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
});
