import type { Row } from './query-data.js';

/** The lists that gamification and leaderboards add to the statistics. */
export const OF_STATS: readonly Row[] = [
  {
    field: 'Query.statsCorrections',
    of: 'who made them',
    query: `query ($userId: ID!) {
      statsCorrections(userId: $userId, first: 100) { totalCount nodes { reason correctedBy { username } } }
    }`,
    make: async (data, size) => {
      const [, { id, viewer }] = await data.person();
      for (let i = 0; i < size; i++) {
        const [, { viewer: corrector }] = await data.person();
        await data.sql(
          `INSERT INTO stats_corrections (user_id, day, corrected_by, reason, plays, choices, finishes, sessions, play_ms,
             stories_started, stories_finished, endings_found, xp)
           VALUES ($1, '2026-11-25', $2, 'Lost', 0, 0, 0, 0, 0, 0, 0, 0, 1)`,
          [viewer.userId, corrector.userId],
        );
      }
      return [await data.admin(), { userId: id }];
    },
    items: ({ statsCorrections }) => statsCorrections.nodes,
  },
];
