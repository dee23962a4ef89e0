import type { Row } from './query-data.js';

/** What is asked of a draft as a whole. */
export const OF_WHOLE_DRAFTS: readonly Row[] = [
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
];
