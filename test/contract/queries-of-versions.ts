import type { Row } from './query-data.js';

/** What is asked of the versions of stories. */
export const OF_VERSIONS: readonly Row[] = [
  {
    field: 'Query.storyVersions',
    of: 'publishedBy',
    query: `query ($id: ID!) { storyVersions(storyId: $id, first: 100) {
      totalCount nodes { number publishedBy { username } }
    } }`,
    make: async (data, size) => {
      const [author, { id, storyId }] = await data.story(2, true);
      await data.sql(
        `INSERT INTO story_versions (story_id, number, snapshot, content_hash, published_by)
         SELECT story_id, number + more, snapshot, content_hash, published_by
         FROM story_versions, generate_series(1, $2 - 1) AS more WHERE story_id = $1`,
        [storyId, size],
      );
      return [author, { id }];
    },
    items: ({ storyVersions }) => storyVersions.nodes,
  },
  {
    field: 'VersionContent.nodes',
    of: 'their rules and where the choices lead',
    query: `query ($id: ID!) { story(id: $id) { publishedVersion { content {
      schema { variables { name } }
      nodes(first: 100) { totalCount nodes { key effects { op } image { url } choices { toNodeKey condition } } }
    } } } }`,
    make: async (data, size) => {
      const [author, { id }] = await data.story(size, true);
      return [author, { id }];
    },
    items: ({ story }) => story.publishedVersion.content.nodes.nodes,
  },
];
