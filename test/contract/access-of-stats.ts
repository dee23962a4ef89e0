import {
  ADMIN_ONLY,
  answers,
  EVERYONE,
  forCollaborators,
  SELF_OR_ADMIN,
  SIGNED_IN,
  type TableRow,
} from './access-answers.js';

/** What gamification, leaderboards and recommendations add to the statistics. */
export const OF_STATS: readonly TableRow[] = [
  [
    'storyLeaderboard',
    'of a published story',
    {
      call: (w) =>
        `{ storyLeaderboard(storyId: "${w.published.id}", metric: FASTEST) { totalCount } }`,
      answers: EVERYONE,
    },
  ],
  [
    'achievements',
    'one’s own',
    { call: () => '{ achievements { earned { totalCount } } }', answers: SIGNED_IN },
  ],
  [
    'achievements',
    'the owner’s',
    {
      call: (w) => `{ achievements(userId: "${w.people.owner.id}") { open { threshold } } }`,
      answers: SELF_OR_ADMIN,
    },
  ],
  [
    'updateUserStats',
    'a reader’s',
    {
      call: (w) =>
        `mutation { updateUserStats(userId: "${w.people.owner.id}", input: { reason: "Lost", xp: 5 }) { xp } }`,
      answers: ADMIN_ONLY,
    },
  ],
  [
    'statsCorrections',
    'a reader’s',
    {
      call: (w) => `{ statsCorrections(userId: "${w.people.owner.id}") { nodes { reason } } }`,
      answers: ADMIN_ONLY,
    },
  ],
  [
    'recommendedStories',
    '',
    {
      call: () => '{ recommendedStories { nodes { story { title } reason { kind } } } }',
      answers: EVERYONE,
    },
  ],
  [
    'similarStories',
    'to a published story',
    {
      call: (w) => `{ similarStories(storyId: "${w.published.id}") { totalCount } }`,
      answers: EVERYONE,
    },
  ],
  [
    'similarStories',
    'to a draft',
    {
      call: (w) => `{ similarStories(storyId: "${w.draft.id}") { totalCount } }`,
      answers: forCollaborators(
        answers('NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'ok', 'ok'),
      ),
    },
  ],
];
