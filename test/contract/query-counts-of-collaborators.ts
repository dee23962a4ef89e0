import type { Row } from './query-data.js';

/** The lists of those who work on a story together. */
export const OF_COLLABORATORS: readonly Row[] = [
  {
    field: 'Query.sharedStories',
    of: 'myRole, collaborators and the draft',
    query: `{ sharedStories(first: 100) {
      totalCount nodes { myRole collaborators { role user { username } addedBy { username } } draft { isEmpty } }
    } }`,
    make: async (data, size) => [await data.shared(size), {}],
    items: ({ sharedStories }) => sharedStories.nodes,
  },
  {
    field: 'Query.invitations',
    of: 'story, user and invitedBy',
    query: `{ invitations(first: 100) {
      totalCount nodes { role user { username } invitedBy { username } story { title myRole invitations { email } } }
    } }`,
    make: async (data, size) => [await data.invited(size), {}],
    items: ({ invitations }) => invitations.nodes,
  },
];
