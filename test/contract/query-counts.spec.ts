import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { play } from '../support/playing.js';
import { OF_ANALYTICS } from './queries-of-analytics.js';
import { OF_COLLABORATORS } from './query-counts-of-collaborators.js';
import { OF_IMPORTS } from './query-counts-of-imports.js';
import { TestData, type Row } from './query-data.js';
import { OF_WHOLE_DRAFTS } from './queries-of-drafts.js';
import { OF_MEDIA } from './queries-of-media.js';
import { OF_PEOPLE } from './queries-of-people.js';
import { OF_STATS } from './queries-of-stats.js';
import { OF_REVIEWS } from './queries-of-reviews.js';
import { OF_NOTIFICATIONS } from './queries-of-notifications.js';
import { OF_TEMPLATES } from './queries-of-templates.js';
import { OF_VERSIONS } from './queries-of-versions.js';

const TABLE: readonly Row[] = [
  ...OF_ANALYTICS,
  ...OF_COLLABORATORS,
  ...OF_MEDIA,
  ...OF_NOTIFICATIONS,
  ...OF_WHOLE_DRAFTS,
  ...OF_IMPORTS,
  ...OF_PEOPLE,
  ...OF_STATS,
  ...OF_REVIEWS,
  ...OF_TEMPLATES,
  ...OF_VERSIONS,
  {
    field: 'Query.stories',
    of: 'author, publishedVersion and startNode',
    query: `query ($category: String) {
      stories(filter: { category: $category }, first: 100) {
        totalCount
        nodes { title author { username } publishedVersion { number } startNode { key choices { toNode { key } } } }
      }
    }`,
    make: async (data, size) => [
      (await data.person())[0],
      { category: await data.publishedStories(size) },
    ],
    items: ({ stories }) => stories.nodes,
  },
  {
    field: 'Query.stories',
    of: 'startNode and nodes, under their spoiler guard',
    query: `query ($category: String) {
      stories(filter: { category: $category }, first: 100) {
        nodes { startNode { key } nodes(first: 2) { nodes { key } } }
      }
    }`,
    make: async (data, size) => [
      (await data.person())[0],
      { category: await data.publishedStories(size, true) },
    ],
    items: ({ stories }) => stories.nodes,
  },
  {
    field: 'Query.draftStories',
    of: 'author',
    query: '{ draftStories(first: 100) { totalCount nodes { title author { username } } } }',
    make: async (data, size) => [await data.drafts(size), {}],
    items: ({ draftStories }) => draftStories.nodes,
  },
  {
    field: 'Query.draftStories',
    of: 'startNode, a node and isEmpty of the draft',
    query: `{ draftStories(first: 100) {
      nodes { draft { isEmpty startNode { key } node(key: "end") { key } } }
    } }`,
    make: async (data, size) => [await data.drafts(size), {}],
    items: ({ draftStories }) => draftStories.nodes,
  },
  {
    field: 'Query.draftStories',
    of: 'the first nodes and choices of the draft',
    query: `{ draftStories(first: 100) {
      nodes { draft { nodes(first: 1) { nodes { key } } choices(first: 1) { nodes { text } } } }
    } }`,
    make: async (data, size) => [await data.drafts(size), {}],
    items: ({ draftStories }) => draftStories.nodes,
  },
  {
    field: 'Query.progress',
    of: 'story, currentNode and version',
    query: `{ progress(first: 100) {
      totalCount nodes { story { title author { username } } currentNode { key } version { number } }
    } }`,
    make: async (data, size) => [await data.playthroughs(size), {}],
    items: ({ progress }) => progress.nodes,
  },
  {
    field: 'Query.progress',
    of: 'currentNode, under its spoiler guard',
    query: '{ progress(first: 100) { nodes { currentNode { key } } } }',
    make: async (data, size) => [await data.playthroughs(size, true), {}],
    items: ({ progress }) => progress.nodes,
  },
  {
    field: 'Query.progress',
    of: 'the first choices made',
    query: '{ progress(first: 100) { nodes { choicesMade(first: 1) { nodes { step } } } } }',
    make: async (data, size) => [await data.playthroughs(size), {}],
    items: ({ progress }) => progress.nodes,
  },
  {
    field: 'Query.sessions',
    of: 'everything',
    query: `{ sessions(first: 100) { totalCount nodes { id userAgent isCurrent } } }`,
    make: async (data, size) => {
      const [client, { viewer }] = await data.person();
      await data.sql(
        `INSERT INTO sessions (user_id, user_agent, address, expires_at)
         SELECT $1, 'test', '127.0.0.1', now() + interval '1 day' FROM generate_series(2, $2::int)`,
        [viewer.userId, size],
      );
      return [client, {}];
    },
    items: ({ sessions }) => sessions.nodes,
  },
  {
    field: 'Query.leaderboard',
    of: 'the reader',
    query: `query ($first: Int!) {
      leaderboard(metric: PLAY_TIME, first: $first) { totalCount viewerRank { rank } nodes { rank value user { username } } }
    }`,
    make: async (data, size) => {
      const [client] = await data.person();
      for (let i = 0; i < size; i++) {
        const [, { viewer }] = await data.person();
        await data.sql(
          'INSERT INTO user_stats (user_id, play_ms, is_ranked) VALUES ($1, 60000, true)',
          [viewer.userId],
        );
      }
      return [client, { first: size }];
    },
    items: ({ leaderboard }) => leaderboard.nodes,
  },
  {
    field: 'UserStats.stories',
    of: 'the stories and their endings',
    query: `query ($first: Int!) {
      userStats { stories(first: $first) { totalCount nodes { story { title } endingsFound endingsTotal } } }
    }`,
    make: async (data, size) => {
      const [client, { viewer }] = await data.person();
      await data.sql(
        `INSERT INTO reader_stories (user_id, story_id, last_at)
         SELECT $1, story_id, now() FROM stories WHERE category = $2`,
        [viewer.userId, await data.publishedStories(size)],
      );
      return [client, { first: size }];
    },
    items: ({ userStats }) => userStats.stories.nodes,
  },
  {
    field: 'Story.nodes',
    of: 'where the choices lead',
    query: `query ($id: ID!) {
      story(id: $id) { nodes(first: 100) {
        totalCount nodes { key contentHtml choices { toNode { choices { toNode { key } } } } }
      } }
    }`,
    make: async (data, size) => {
      const [, { id }] = await data.story(size, true);
      return [(await data.person())[0], { id }];
    },
    items: ({ story }) => story.nodes.nodes,
  },
  {
    field: 'Query.draftHistory',
    of: 'author and the first edit',
    query: `query ($id: ID!) { draftHistory(storyId: $id, first: 100) {
      totalCount nodes { author { username } edits(first: 1) { totalCount nodes { nodeKey } } }
    } }`,
    make: async (data, size) => {
      const [author, { id, storyId }] = await data.story(4);
      for (let i = 0; i < size; i++) await data.touch(storyId, `${i}`);
      return [author, { id }];
    },
    items: ({ draftHistory }, size) => draftHistory.nodes.slice(0, size),
  },
  {
    field: 'StoryComparison.differences',
    of: 'nodeKey and fields',
    query: `query ($id: ID!, $from: ID!) { compareVersions(storyId: $id, from: $from) {
      differences(first: 100) { totalCount nodes { nodeKey fields { name before after } } }
    } }`,
    make: async (data, size) => {
      const [author, { id, storyId }] = await data.story(size, true);
      const [version]: any = await data.sql(
        `SELECT 'ver_' || version_id AS id FROM story_versions WHERE story_id = $1`,
        [storyId],
      );
      await data.touch(storyId, 'once');
      return [author, { id, from: version.id }];
    },
    items: ({ compareVersions }) => compareVersions.differences.nodes,
  },
  {
    field: 'Query.findInDraft',
    of: 'nodeKey and excerpt',
    query: `query ($id: ID!) { findInDraft(storyId: $id, input: { text: "Title" }, first: 100) {
      totalCount nodes { nodeKey excerpt }
    } }`,
    make: async (data, size) => {
      const [author, { id }] = await data.story(size);
      return [author, { id }];
    },
    items: ({ findInDraft }) => findInDraft.nodes,
  },
  {
    field: 'PublishImpact.nodes',
    of: 'obstacles',
    query: `query ($id: ID!) { publishImpact(storyId: $id) {
      playthroughs nodes(first: 100) { totalCount nodes { nodeKey obstacles { obstacle } } }
    } }`,
    make: async (data, size) => {
      const [author, { id, storyId }] = await data.story(size + 2, true);
      await data.touch(storyId, 'once');
      await data.standEverywhere(storyId, size);
      return [author, { id }];
    },
    items: ({ publishImpact }) => publishImpact.nodes.nodes,
  },
  {
    field: 'Query.playthroughMoves',
    of: 'version',
    query: `query ($id: ID!) { playthroughMoves(storyId: $id, first: 100) { totalCount nodes { status version { number } } } }`,
    make: (data, size) => data.moves(size),
    items: ({ playthroughMoves }) => playthroughMoves.nodes,
  },
  {
    field: 'DraftChange.edits',
    of: 'fields, and what they are about',
    query: `query ($id: ID!) { draftHistory(storyId: $id, first: 1) {
      nodes { edits(first: 100) { totalCount nodes {
        nodeKey fields { name before after } node { revision } choice { revision }
      } } }
    } }`,
    make: async (data, size) => {
      const [author, { id, storyId }] = await data.story(size);
      await data.touch(storyId, 'once');
      return [author, { id }];
    },
    items: ({ draftHistory }) => draftHistory.nodes[0].edits.nodes,
  },
  {
    field: 'StoryDraft.nodes',
    of: 'where the choices lead',
    query: `query ($id: ID!) {
      story(id: $id) { draft { nodes(first: 100) {
        totalCount nodes { key choices { toNode { choices { toNode { key } } } } }
      } } }
    }`,
    make: async (data, size) => {
      const [author, { id }] = await data.story(size);
      return [author, { id }];
    },
    items: ({ story }) => story.draft.nodes.nodes,
  },
  {
    field: 'StoryDraft.choices',
    of: 'fromNode and toNode',
    query: `query ($id: ID!) {
      story(id: $id) { draft { choices(first: 100) {
        totalCount nodes { text fromNode { key } toNode { key } }
      } } }
    }`,
    make: async (data, size) => {
      const [author, { id }] = await data.story(size / 2 + 1);
      return [author, { id }];
    },
    items: ({ story }) => story.draft.choices.nodes,
  },
  {
    field: 'Progress.choicesMade',
    of: 'everything',
    query: `query ($id: ID!) {
      storyProgress(storyId: $id) { choicesMade(first: 100) { totalCount nodes { step nodeId choiceId at } } }
    }`,
    make: async (data, size) => {
      const [, { id, storyId }] = await data.story(2, true);
      const [client, { viewer }] = await data.person();
      await data.sql(
        `WITH begun AS (
           INSERT INTO user_progress (seed, user_id, story_id, version_id, current_node_id, state, step)
           SELECT gen_random_uuid(), $1, story_id, published_version_id, node_id,
                  jsonb_build_object('node', node_id, 'turn', $3::int), $3::int
           FROM stories JOIN story_nodes USING (story_id) WHERE story_id = $2 AND is_starting_node
           RETURNING progress_id
         )
         INSERT INTO progress_steps (progress_id, seq, node_id, choice_id, to_node_id, version_id)
         SELECT progress_id, seq, 1, 1, 1, 1 FROM begun, generate_series(0, $3::int - 1) AS seq`,
        [viewer.userId, storyId, size],
      );
      return [client, { id }];
    },
    items: ({ storyProgress }) => storyProgress.choicesMade.nodes,
  },
  {
    field: 'Replay.steps',
    of: 'everything',
    query: `query ($id: ID!) { replay(progressId: $id) { isGenuine steps(first: 100) { totalCount nodes { step kind events { type } } } } }`,
    make: async (data, size) => {
      const [, story] = await data.story(3, true);
      const [client] = await data.person();
      const keys = Array.from({ length: size }, (_, i) => `n${i % 2}`);
      return [client, { id: await play(client, story, keys) }];
    },
    items: ({ replay }) => replay.steps.nodes,
  },
  {
    field: 'StoryProof.nodes',
    of: 'everything',
    query: `query ($id: ID!) { storyProof(storyId: $id) { nodes(first: 100) { totalCount nodes { nodeId verdict witness { steps { choiceId } } } } } }`,
    make: async (data, size) => {
      const [author, { id }] = await data.story(size, true);
      return [author, { id }];
    },
    items: ({ storyProof }) => storyProof.nodes.nodes,
  },
  {
    field: 'StoryProof.choices',
    of: 'everything',
    query: `query ($id: ID!) { storyProof(storyId: $id) { choices(first: 100) { totalCount nodes { choiceId verdict witness { steps { choiceId } } } } } }`,
    make: async (data, size) => {
      const [author, { id }] = await data.story(size / 2 + 1, true);
      return [author, { id }];
    },
    items: ({ storyProof }) => storyProof.choices.nodes,
  },
  {
    field: 'Query.storyCategories',
    of: 'everything',
    query: '{ storyCategories { name storyCount } }',
    make: async (data, size) => {
      const [client, { viewer }] = await data.person();
      await data.sql(
        `INSERT INTO stories (slug, title, description, author_id, difficulty_level, category, is_published)
         SELECT name, name, name, $1, 'easy', name, true
         FROM (SELECT 'category-' || $2::text || '-' || i AS name FROM generate_series(1, $2::int) AS i) AS names`,
        [viewer.userId, size],
      );
      return [client, {}];
    },
    // Those of the list before are there as well.
    items: ({ storyCategories }, size) =>
      storyCategories.filter(({ name }: { name: string }) => name.startsWith(`category-${size}-`)),
  },
];

describe('the number of SQL statements', () => {
  let talegraph: TestApp;
  let data: TestData;
  beforeAll(async () => {
    talegraph = await startApp();
    data = new TestData(talegraph);
  });
  afterAll(() => talegraph.close());

  /** How often each statement is sent, to read a list of `size` items for the first time. */
  const cost = async ({ query, make, items }: Row, size: number) => {
    const [client, variables] = await make(data, size);
    await talegraph.counted();
    // From here on the session is known.
    await client.get('{ stories(first: 1) { totalCount } }');
    let answer: unknown;
    const statements = await talegraph.statements.during(async () => {
      answer = await client.get(query, variables);
    });
    expect(items(answer, size)).toHaveLength(size);
    const times: Record<string, number> = {};
    for (const statement of statements) times[statement] = (times[statement] ?? 0) + 1;
    return times;
  };

  it.each(TABLE)(
    'of $field with $of is the same for 10 items and for 100',
    async (row) => {
      const ten = await cost(row, 10);
      expect(Object.keys(ten)).not.toEqual([]);
      expect(await cost(row, 100)).toEqual(ten);
    },
    60_000,
  );

  it('is held for every field that returns a connection', async () => {
    const { __schema } = await talegraph.client.get(`{
      __schema { types { name fields { name type { name ofType { name } } } } }
    }`);
    const connections: string[] = __schema.types.flatMap(({ name, fields }: any) =>
      (fields ?? []).flatMap((field: any) => {
        const type: string | null = field.type.name ?? field.type.ofType?.name;
        return type?.endsWith('Connection') === true ? [`${name}.${field.name}`] : [];
      }),
    );
    expect(connections).toContain('Query.stories');
    const held = new Set(TABLE.map(({ field }) => field));
    expect(connections.filter((field) => !held.has(field))).toEqual([]);
  });
});
