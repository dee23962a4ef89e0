import { ADMIN_ONLY, type TableRow } from './access-answers.js';

/** What gamification and leaderboards add to the statistics. */
export const OF_STATS: readonly TableRow[] = [
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
];
