import type { Person } from '../support/factory.js';
import type { Platform } from './platform.js';

/** Something that is asked for all the time. */
export interface HotOperation {
  readonly name: string;
  /** Anonymous where left out. */
  readonly by?: (platform: Platform) => Person;
  /** A list that takes `$after` is asked for its second page too. */
  readonly document: string;
  readonly variables?: (platform: Platform) => object;
}

const asReader = ({ reader }: Platform) => reader;
const asAuthor = ({ author }: Platform) => author;

const NODE = 'id key title content choices { id letter text toNode { id title } }';

const STORIES = `query ($filter: StoryFilter, $orderBy: StoryOrder, $after: String) {
  stories(filter: $filter, orderBy: $orderBy, first: 20, after: $after) {
    nodes { id slug title playCount author { username } } pageInfo { endCursor }
  }
}`;

const stories = (name: string, variables: object): HotOperation => ({
  ...{ name: `stories-${name}`, document: STORIES, variables: () => variables },
});

const board = (period: string): HotOperation => ({
  name: `leaderboard-${period.toLowerCase().replace('_', '-')}`,
  by: asReader,
  document: `query ($period: LeaderboardPeriod!, $after: String) {
    leaderboard(metric: EXPERIENCE, period: $period, after: $after) {
      nodes { rank user { username } } viewerRank { rank } pageInfo { endCursor }
    }
  }`,
  variables: () => ({ period }),
});

const storyBoard = (metric: string): HotOperation => ({
  name: `story-leaderboard-${metric.toLowerCase().replace('_', '-')}`,
  by: asReader,
  document: `query ($id: ID!, $metric: StoryLeaderboardMetric!, $after: String) {
    storyLeaderboard(storyId: $id, metric: $metric, after: $after) {
      nodes { rank user { username } } viewerRank { rank } pageInfo { endCursor }
    }
  }`,
  variables: ({ story }) => ({ id: story.id, metric }),
});

export const HOT_OPERATIONS: readonly HotOperation[] = [
  {
    name: 'story-node',
    by: asReader,
    document: `query ($id: ID!) { storyNode(id: $id) { ${NODE} } }`,
    variables: ({ story }) => ({ id: story.node('hall') }),
  },
  {
    name: 'story-page',
    by: asReader,
    document: `query ($slug: String) {
      story(slug: $slug) { id title description playCount author { username } startNode { ${NODE} } }
    }`,
    variables: ({ story }) => ({ slug: story.slug }),
  },
  ...['RECENT', 'POPULAR', 'TOP_RATED', 'TITLE'].map((orderBy) =>
    stories(orderBy.toLowerCase().replace('_', '-'), { orderBy }),
  ),
  stories('of-a-category', { orderBy: 'POPULAR', filter: { category: 'category 3' } }),
  stories('of-a-tag', { filter: { tag: 'tag7' } }),
  stories('found', { filter: { query: 'lighthouse' } }),
  {
    name: 'stories-of-an-author',
    document: STORIES,
    variables: ({ writerId }) => ({ filter: { authorId: writerId } }),
  },
  {
    name: 'make-choice',
    by: asReader,
    document: `mutation ($input: MakeChoiceInput!) {
      makeChoice(input: $input) { isEnding consequences events { type } progress { id step } nextNode { ${NODE} } }
    }`,
    variables: ({ story, progressId }) => ({
      input: {
        ...{ progressId, step: 1, currentNodeId: story.node('room') },
        choiceId: story.choice('room', 'hall'),
      },
    }),
  },
  {
    name: 'start-story',
    by: asReader,
    document: `mutation ($id: ID!) {
      startStory(storyId: $id, input: { restart: true }) { id step currentNode { ${NODE} } }
    }`,
    variables: ({ story }) => ({ id: story.id }),
  },
  {
    name: 'story-progress',
    by: asReader,
    document: `query ($id: ID!) {
      storyProgress(storyId: $id) { id step currentNode { ${NODE} } choicesMade(first: 20) { nodes { step } } }
    }`,
    variables: ({ story }) => ({ id: story.id }),
  },
  {
    name: 'progress',
    by: asReader,
    document: '{ progress(first: 20) { nodes { id step story { title } currentNode { title } } } }',
  },
  {
    name: 'draft-node',
    by: asAuthor,
    document: `query ($id: ID!, $key: String!) {
      story(id: $id) { draft { node(key: $key) { id key title content revision choices { id text toNode { id title } } } } }
    }`,
    variables: ({ story }) => ({ id: story.id, key: 'hall' }),
  },
  {
    name: 'draft-nodes',
    by: asAuthor,
    document: `query ($id: ID!) {
      story(id: $id) { draft { nodes(first: 100) { nodes { id title choices { text toNode { title } } } } } }
    }`,
    variables: ({ story }) => ({ id: story.id }),
  },
  {
    name: 'story-flow',
    by: asAuthor,
    document:
      'query ($id: ID!) { storyFlow(storyId: $id, format: JSON) { nodeCount choiceCount content } }',
    variables: ({ story }) => ({ id: story.id }),
  },
  {
    name: 'my-stories',
    by: asAuthor,
    document: '{ myStories(first: 20) { nodes { id title isPublished } } }',
  },
  { name: 'me', by: asReader, document: '{ me { id username email } }' },
  {
    name: 'reviews',
    by: asReader,
    document: `query ($id: ID!) {
      story(id: $id) { rating { average count } reviews(first: 20) { nodes { text rating reader { username } } } }
    }`,
    variables: ({ story }) => ({ id: story.id }),
  },
  {
    name: 'feed',
    by: asReader,
    document: `query ($after: String) {
      feed(first: 20, after: $after) { nodes { kind actor { username } story { title } } pageInfo { endCursor } }
    }`,
  },
  {
    name: 'notifications',
    by: asReader,
    document: '{ notifications(first: 20) { nodes { kind } } unreadNotifications }',
  },
  { name: 'user-stats', by: asReader, document: '{ userStats { totalChoicesMade xp level } }' },
  ...['ALL_TIME', 'MONTH', 'WEEK'].map(board),
  ...['FEWEST_STEPS', 'FASTEST'].map(storyBoard),
];
