import type { Row, TestData } from './query-data.js';

/** What is asked of a draft as a whole. */
export const OF_WHOLE_DRAFTS: readonly Row[] = [
  {
    field: 'Query.stories',
    of: 'wordCount and readingMinutes',
    query: `query ($category: String) {
      stories(filter: { category: $category }, first: 100) { nodes { wordCount readingMinutes } }
    }`,
    make: async (data, size) => [
      (await data.person())[0],
      { category: await data.publishedStories(size) },
    ],
    items: ({ stories }) => stories.nodes,
  },
  {
    field: 'Query.draftStories',
    of: 'words of the draft and of its nodes',
    query: `{ draftStories(first: 100) {
      nodes { draft { wordCount readingMinutes nodes(first: 2) { nodes { wordCount } } } }
    } }`,
    make: async (data, size) => [await data.drafts(size), {}],
    items: ({ draftStories }) => draftStories.nodes,
  },
  {
    field: 'Query.draftStories',
    of: 'what can be undone and redone',
    query: `{ draftStories(first: 100) { nodes { draft { undoable { kind } redoable { kind } } } } }`,
    make: async (data, size) => [await data.drafts(size), {}],
    items: ({ draftStories }) => draftStories.nodes,
  },
  {
    field: 'NodesChange.nodes',
    of: 'who changed them and their choices',
    query: `mutation ($id: ID!, $nodeIds: [ID!]!) {
      tagNodes(storyId: $id, input: { nodeIds: $nodeIds, add: ["x"] }) {
        nodes(first: 100) { totalCount nodes { revision updatedBy { username } choices { text } } } } }`,
    make: async (data, size) => {
      const [author, story] = await data.story(size);
      const keys = [...Array.from({ length: size - 1 }, (_, i) => `n${i}`), 'end'];
      return [author, { id: story.id, nodeIds: keys.map((key) => story.node(key)) }];
    },
    items: ({ tagNodes }) => tagNodes.nodes.nodes,
  },
  {
    field: 'DraftReplacement.places',
    of: 'what a text would become',
    query: `mutation ($id: ID!) {
      replaceInDraft(storyId: $id, input: { text: "Title", replacement: "Name", dryRun: true }) {
        count places(first: 100) { totalCount nodes { nodeKey before after } } } }`,
    make: async (data, size) => {
      const [author, { id }] = await data.story(size);
      return [author, { id }];
    },
    items: ({ replaceInDraft }) => replaceInDraft.places.nodes,
  },
  {
    field: 'Query.storyUsages',
    of: 'places',
    query: `query ($id: ID!) { storyUsages(storyId: $id, first: 100) {
      totalCount nodes { name places(first: 5) { totalCount nodes { nodeKey } } } } }`,
    make: async (data, size) => {
      const [author, { id, storyId }] = await data.story(size);
      await data.touch(storyId, '{{ visits.end }}');
      await data.declare(storyId, size - 1);
      return [author, { id }];
    },
    items: ({ storyUsages }) => storyUsages.nodes,
  },
  {
    field: 'StoryUsage.places',
    of: 'the nodes',
    query: `query ($id: ID!) { storyUsages(storyId: $id, input: { name: "v0" }) {
      nodes { places(first: 100) { totalCount nodes { nodeKey excerpt } } } } }`,
    make: async (data, size) => {
      const [author, { id, storyId }] = await data.story(size);
      await data.touch(storyId, '{{ v0 }}');
      await data.declare(storyId, 1);
      return [author, { id }];
    },
    items: ({ storyUsages }) => storyUsages.nodes[0].places.nodes,
  },
  {
    field: 'DraftRename.places',
    of: 'what a name would become',
    query: `mutation ($id: ID!) {
      renameDeclaration(storyId: $id, input: { kind: VARIABLE, from: "v0", to: "w", dryRun: true }) {
        count places(first: 100) { totalCount nodes { nodeKey before after } } } }`,
    make: async (data, size) => {
      const [author, { id, storyId }] = await data.story(size - 1);
      await data.touch(storyId, '{{ v0 }}');
      await data.declare(storyId, 1);
      return [author, { id }];
    },
    items: ({ renameDeclaration }) => renameDeclaration.places.nodes,
  },
  {
    field: 'StoryDraft.chapters',
    of: 'how many nodes they have',
    query: `query ($id: ID!) { story(id: $id) { draft { chapters(first: 100) {
      totalCount nodes { name nodeCount } } } } }`,
    make: (data, size) => markedStory(data, size),
    items: ({ story }) => story.draft.chapters.nodes,
  },
  {
    field: 'StoryDraft.tags',
    of: 'how many nodes they have',
    query: `query ($id: ID!) { story(id: $id) { draft { tags(first: 100) {
      totalCount nodes { name nodeCount } } } } }`,
    make: (data, size) => markedStory(data, size),
    items: ({ story }) => story.draft.tags.nodes,
  },
  {
    field: 'StoryDraft.unplacedNodes',
    of: 'leaving and arriving',
    query: `query ($id: ID!) { story(id: $id) { draft { unplacedNodes(first: 100) {
      totalCount nodes { key leaving { letter } arriving { letter } } } } } }`,
    make: async (data, size) => {
      const [author, { id }] = await data.story(size);
      return [author, { id }];
    },
    items: ({ story }) => story.draft.unplacedNodes.nodes,
  },
  {
    field: 'StoryMap.nodes',
    of: 'leaving and arriving',
    query: `query ($id: ID!) { story(id: $id) { map(x: 0, y: 0, width: 1000000000, height: 9) { nodes(first: 100) {
      totalCount nodes { key leaving { letter } arriving { letter } } } } } }`,
    make: (data, size) => markedStory(data, size),
    items: ({ story }) => story.map.nodes.nodes,
  },
  {
    field: 'Query.storyFlow',
    of: 'the diagram',
    query: 'query ($id: ID!) { storyFlow(storyId: $id) { content nodeCount choiceCount } }',
    make: async (data, size) => {
      const [author, { id }] = await data.story(size);
      return [author, { id }];
    },
    items: ({ storyFlow }) => JSON.parse(storyFlow.content).nodes,
  },
  {
    field: 'Query.validateStory',
    of: 'the findings',
    query: 'query ($id: ID!) { validateStory(storyId: $id) { findings { code nodeKey message } } }',
    make: async (data, size) => {
      const [author, { id, storyId }] = await data.story(size);
      await data.sql(`UPDATE story_nodes SET content = '' WHERE story_id = $1`, [storyId]);
      return [author, { id }];
    },
    items: ({ validateStory }) => validateStory.findings,
  },
];

/** A story whose nodes each have a chapter, a tag and a place of their own. */
async function markedStory(data: TestData, size: number) {
  const [author, { id, storyId }] = await data.story(size);
  await data.sql(
    `UPDATE story_nodes SET chapter = node_key, tags = ARRAY[node_key], position_x = node_id, position_y = 0
     WHERE story_id = $1`,
    [storyId],
  );
  return [author, { id }] as const;
}
