import {
  EVERYONE,
  REGISTERED,
  SIGNED_IN,
  WHOSE_IT_IS,
  answers,
  type TableRow,
} from './access-answers.js';

/** What everybody with an account may do about `other`, but they themselves. */
const ABOUT_OTHER = {
  ...REGISTERED,
  other: 'BAD_USER_INPUT',
} as const;

/** The operations about people. */
export const OF_PEOPLE: readonly TableRow[] = [
  [
    'user',
    '',
    { call: (w) => `{ user(id: "${w.people.owner.id}") { username } }`, answers: EVERYONE },
  ],
  [
    'user',
    'who is a guest',
    {
      call: (w) => `{ user(id: "${w.people.guest.id}") { username } }`,
      answers: answers(
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
      ),
    },
  ],
  ...['followUser', 'unfollowUser', 'blockUser', 'unblockUser'].map((operation): TableRow => [
    operation,
    'another',
    {
      call: (w) => `mutation { ${operation}(userId: "${w.people.other.id}") { id } }`,
      answers: ABOUT_OTHER,
    },
  ]),
  ['blockedUsers', '', { call: () => '{ blockedUsers { totalCount } }', answers: REGISTERED }],
  ['feed', '', { call: () => '{ feed { totalCount } }', answers: REGISTERED }],
  ['unreadFeedCount', '', { call: () => '{ unreadFeedCount }', answers: REGISTERED }],
  ['markFeedRead', '', { call: () => 'mutation { markFeedRead }', answers: REGISTERED }],
  [
    'activityPrivacy',
    '',
    { call: () => '{ activityPrivacy { kind audience } }', answers: SIGNED_IN },
  ],
  [
    'setActivityPrivacy',
    '',
    {
      call: () => 'mutation { setActivityPrivacy(kind: RATED, audience: NOBODY) { kind } }',
      answers: SIGNED_IN,
    },
  ],
  [
    'shareStory',
    'a published one',
    {
      call: (w) => `mutation { shareStory(storyId: "${w.published.id}") { url } }`,
      answers: SIGNED_IN,
    },
  ],
  [
    'shareToFeed',
    'of the owner',
    {
      call: (w) => `mutation { shareToFeed(id: "${w.shareId}") { id } }`,
      answers: { ...WHOSE_IT_IS, guest: 'FORBIDDEN' },
    },
  ],
  [
    'deleteShare',
    'of the owner',
    { call: (w) => `mutation { deleteShare(id: "${w.shareId}") }`, answers: WHOSE_IT_IS },
  ],
  ['myShares', '', { call: () => '{ myShares { totalCount } }', answers: SIGNED_IN }],
];
