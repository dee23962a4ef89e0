import type { Row } from './query-data.js';

/** The lists of people. */
export const OF_PEOPLE: readonly Row[] = [
  {
    field: 'User.followers',
    of: 'their followers and whom they follow',
    query: `query ($id: ID!) { user(id: $id) { followers(first: 100) { totalCount nodes {
      username isFollowed isBlocked followers(first: 1) { totalCount nodes { username } }
      following(first: 1) { totalCount nodes { username } }
    } } } }`,
    make: (data, size) => data.followers(size),
    items: ({ user }) => user.followers.nodes,
  },
  {
    field: 'User.following',
    of: 'whether you follow them',
    query: `query ($id: ID!) { user(id: $id) { following(first: 100) { totalCount nodes { username isFollowed } } } }`,
    make: (data, size) => data.followers(size),
    items: ({ user }) => user.following.nodes,
  },
  {
    field: 'Query.blockedUsers',
    of: 'everything',
    query: '{ blockedUsers(first: 100) { totalCount nodes { username isFollowed isBlocked } } }',
    make: async (data, size) => {
      const [client, { viewer }] = await data.person();
      await data.sql(
        `WITH people AS (
           INSERT INTO users (username, role) SELECT gen_random_uuid(), 'user' FROM generate_series(1, $2::int)
           RETURNING user_id
         )
         INSERT INTO blocks (blocker_id, blocked_id) SELECT $1, user_id FROM people`,
        [viewer.userId, size],
      );
      return [client, {}];
    },
    items: ({ blockedUsers }) => blockedUsers.nodes,
  },
  {
    field: 'Query.feed',
    of: 'actor, story and its author',
    query: `{ unreadFeedCount feed(first: 100) { totalCount nodes {
      kind at actor { username isFollowed } story { title author { username } }
    } } }`,
    make: async (data, size) => [(await data.deeds(size))[0], {}],
    items: ({ feed }) => feed.nodes,
  },
  {
    field: 'User.activities',
    of: 'story, for each of those whom somebody follows',
    query: `query ($id: ID!) { user(id: $id) { following(first: 100) { nodes {
      activities(first: 2) { totalCount nodes { kind actor { username } story { title } } }
    } } } }`,
    make: (data, size) => data.deeds(size),
    items: ({ user }) =>
      user.following.nodes.flatMap(({ activities }: any) => activities.nodes as unknown[]),
  },
  {
    field: 'Query.myShares',
    of: 'story and its author',
    query: `{ myShares(first: 100) { totalCount nodes { url visits story { title author { username } } } } }`,
    make: async (data, size) => {
      const [client, { viewer }] = await data.person();
      const category = await data.publishedStories(size);
      await data.sql(
        `INSERT INTO shares (key, user_id, story_id, channel)
         SELECT gen_random_uuid(), $1, story_id, 'link' FROM stories WHERE category = $2`,
        [viewer.userId, category],
      );
      return [client, {}];
    },
    items: ({ myShares }) => myShares.nodes,
  },
];
