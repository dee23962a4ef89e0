import { encodeId } from '../../src/graphql/ids.js';
import type { Row, TestData } from './query-data.js';

/** @returns the key of a published story */
const published = async (data: TestData): Promise<number> => (await data.story(2, true))[1].storyId;

/** The lists that gamification, leaderboards and recommendations add to the statistics. */
export const OF_STATS: readonly Row[] = [
  {
    field: 'UserStats.artifacts',
    of: 'the story and the name',
    query: `query ($first: Int!) {
      userStats { artifacts(first: $first) { totalCount nodes { name collectedAt story { title } } } }
    }`,
    make: async (data, size) => {
      const [client, { viewer }] = await data.person();
      await data.sql(
        `INSERT INTO reader_collected (user_id, story_id, kind, key, version_id, at, day)
         SELECT $1, story_id, 'artifact', 'lamp', published_version_id, now(), now() FROM stories WHERE category = $2`,
        [viewer.userId, await data.publishedStories(size)],
      );
      return [client, { first: size }];
    },
    items: ({ userStats }) => userStats.artifacts.nodes,
  },
  {
    field: 'Query.storyLeaderboard',
    of: 'the reader',
    query: `query ($id: ID!, $first: Int!) { storyLeaderboard(storyId: $id, metric: FASTEST, first: $first) {
      totalCount viewerRank { rank } nodes { rank user { username } }
    } }`,
    make: async (data, size) => {
      const [, { id, storyId }] = await data.story(3, true);
      for (let i = 0; i < size; i++) {
        const [, { viewer }] = await data.person();
        await data.sql('INSERT INTO story_bests VALUES ($1, $2, 1, 1000, true)', [
          storyId,
          viewer.userId,
        ]);
      }
      return [(await data.person())[0], { id, first: size }];
    },
    items: ({ storyLeaderboard }) => storyLeaderboard.nodes,
  },
  {
    field: 'Achievements.earned',
    of: 'the stories in which they were earned',
    query: `query ($first: Int!) {
      achievements { earned(first: $first) { totalCount nodes { achievement { name } story { title } } } open { progress } }
    }`,
    make: async (data, size) => {
      const [client, { viewer }] = await data.person();
      await data.sql(
        `INSERT INTO user_achievements (user_id, achievement_key, story_id, points, day, earned_at)
         SELECT $1, 'first-choice', story_id, 0, '2026-11-25', now() FROM stories WHERE category = $2`,
        [viewer.userId, await data.publishedStories(size)],
      );
      return [client, { first: size }];
    },
    items: ({ achievements }) => achievements.earned.nodes,
  },
  {
    field: 'Query.statsCorrections',
    of: 'who made them',
    query: `query ($userId: ID!) {
      statsCorrections(userId: $userId, first: 100) { totalCount nodes { reason correctedBy { username } } }
    }`,
    make: async (data, size) => {
      const [, { id, viewer }] = await data.person();
      for (let i = 0; i < size; i++) {
        const [, { viewer: corrector }] = await data.person();
        await data.sql(
          `INSERT INTO stats_corrections (user_id, day, corrected_by, reason, plays, choices, finishes, sessions, play_ms,
             stories_started, stories_finished, endings_found, xp)
           VALUES ($1, '2026-11-25', $2, 'Lost', 0, 0, 0, 0, 0, 0, 0, 0, 1)`,
          [viewer.userId, corrector.userId],
        );
      }
      return [await data.admin(), { userId: id }];
    },
    items: ({ statsCorrections }) => statsCorrections.nodes,
  },
  {
    field: 'Query.recommendedStories',
    of: 'the story and the reason',
    query: `query ($first: Int!) { recommendedStories(first: $first) {
      totalCount nodes { story { title author { username } } reason { kind text story { title } } }
    } }`,
    make: async (data, size) => {
      const [client, { viewer }] = await data.person();
      await data.sql(
        `WITH near AS (SELECT story_id FROM stories WHERE category = $2 LIMIT $4), read AS (
           INSERT INTO reader_stories (user_id, story_id, finishes, last_at) VALUES ($1, $3::bigint, 1, now())
         )
         INSERT INTO story_neighbours SELECT $3::bigint, story_id, 0.5, true FROM near`,
        // The last one comes of those that are well liked, so that these are asked for too.
        [viewer.userId, await data.publishedStories(size), await published(data), size - 1],
      );
      return [client, { first: size }];
    },
    items: ({ recommendedStories }) => recommendedStories.nodes,
  },
  {
    field: 'Query.similarStories',
    of: 'the story and the reason',
    query: `query ($id: ID!, $first: Int!) { similarStories(storyId: $id, first: $first) {
      totalCount nodes { story { title author { username } } reason { kind text story { title } } }
    } }`,
    make: async (data, size) => {
      const storyId = await published(data);
      await data.sql(
        `WITH moved AS (UPDATE stories SET category = $2 WHERE story_id = $1)
         INSERT INTO story_neighbours
         SELECT $1::bigint, story_id, 0.5, true FROM stories WHERE category = $2 LIMIT $3`,
        // The last one comes of its category.
        [storyId, await data.publishedStories(size), size - 1],
      );
      return [(await data.person())[0], { id: encodeId('story', storyId), first: size }];
    },
    items: ({ similarStories }) => similarStories.nodes,
  },
];
