import type { Row } from './query-data.js';

/** What authors and administrators are told of readers. */
export const OF_ANALYTICS: readonly Row[] = [
  {
    field: 'StoryAnalytics.nodes',
    of: 'choices, with all that is told of the story',
    query: `query ($id: ID!, $path: [ID!]!) { storyAnalytics(storyId: $id) {
      figures { starts } days { starts } versions { version { number } starts } lengths { finishes }
      version { number } endings { finishes } funnel(nodeIds: $path) { playthroughs }
      nodes(first: 100) { totalCount nodes { arrivals choices { made } } }
    } }`,
    make: async (data, size) => {
      const [author, { id, node }] = await data.story(size, true);
      return [author, { id, path: [node('n0')] }];
    },
    items: ({ storyAnalytics }) => storyAnalytics.nodes.nodes,
  },
  {
    field: 'StoryCoverage.nodes',
    of: 'everything',
    query: `query ($id: ID!) { storyAnalytics(storyId: $id) {
      coverage { plays nodes(first: 100) { totalCount nodes { isReachable simulated arrivals } } }
    } }`,
    make: async (data, size) => {
      const [author, { id }] = await data.story(size, true);
      return [author, { id }];
    },
    items: ({ storyAnalytics }) => storyAnalytics.coverage.nodes.nodes,
  },
  {
    field: 'StoryCoverage.choices',
    of: 'everything',
    query: `query ($id: ID!) { storyAnalytics(storyId: $id) {
      coverage { choices(first: 100) { totalCount nodes { isReachable simulated made } } }
    } }`,
    make: async (data, size) => {
      const [author, { id }] = await data.story(size / 2 + 1, true);
      return [author, { id }];
    },
    items: ({ storyAnalytics }) => storyAnalytics.coverage.choices.nodes,
  },
];
