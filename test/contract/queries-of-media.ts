import type { Row } from './query-data.js';

/** Lists of media, and of what shows them. */
export const OF_MEDIA: readonly Row[] = [
  {
    field: 'Query.mediaLibrary',
    of: 'url',
    query: `query ($id: ID!) { mediaLibrary(storyId: $id, first: 100) { totalCount nodes { id url } } }`,
    make: async (data, size) => {
      const [author, { id, storyId }] = await data.story(2);
      await data.sql(
        `INSERT INTO media (user_id, story_id, kind, status, key, filename, content_type, size)
         SELECT author_id, story_id, 'audio', 'ready', story_id || '-' || n, 'a.wav', 'audio/wav', 1
         FROM stories, generate_series(1, $2) AS n WHERE story_id = $1`,
        [storyId, size],
      );
      return [author, { id }];
    },
    items: ({ mediaLibrary }) => mediaLibrary.nodes,
  },
  {
    field: 'StoryDraft.nodes',
    of: 'image',
    query: `query ($id: ID!) { story(id: $id) { draft { nodes(first: 100) {
      nodes { image { altText media { id url } } }
    } } } }`,
    make: async (data, size) => {
      const [author, { id, storyId }] = await data.story(size);
      await data.sql(
        `WITH made AS (
           INSERT INTO media (user_id, kind, status, key, filename, content_type, size)
           SELECT author_id, 'image', 'ready', 'image-' || node_id, 'a.png', 'image/png', 1
           FROM stories JOIN story_nodes USING (story_id) WHERE story_id = $1
           RETURNING media_id, key
         )
         UPDATE story_nodes SET media = jsonb_build_object('image', jsonb_build_object('id', media_id, 'alt', 'A'))
         FROM made WHERE key = 'image-' || node_id`,
        [storyId],
      );
      return [author, { id }];
    },
    items: ({ story }) => story.draft.nodes.nodes,
  },
];
