import type { Row } from './query-data.js';

/** What is asked of what users are told. */
export const OF_NOTIFICATIONS: readonly Row[] = [
  {
    field: 'Query.notifications',
    of: 'text, actor, story, comment and invitation',
    query: `{ notifications(first: 100) { totalCount nodes {
      text actor { username } story { title myRole } comment { text author { username } } invitation { role story { title } }
    } } }`,
    make: async (data, size) => [await data.told(size), {}],
    items: ({ notifications }) => notifications.nodes,
  },
];
