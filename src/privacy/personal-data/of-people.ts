import { type PersonalData, titleOf } from './column.js';

/** What is kept of accounts, and of what people do among each other. */
export const OF_PEOPLE: readonly PersonalData[] = [
  {
    table: 'sessions',
    column: 'user_id',
    exported: {
      section: 'sessions',
      rows: `SELECT user_agent AS "userAgent", address, created_at AS "createdAt", last_used AS "lastUsed",
               expires_at AS "expiresAt", revoked_at AS "revokedAt"
             FROM sessions WHERE user_id = $1 ORDER BY session_id`,
    },
    erased: 'deleted',
  },
  {
    table: 'address_tokens',
    column: 'user_id',
    erased: 'deleted',
  },
  {
    table: 'follows',
    column: 'follower_id',
    exported: {
      section: 'following',
      rows: `SELECT username, followed_at AS "followedAt" FROM follows JOIN users ON user_id = followed_id WHERE follower_id = $1 ORDER BY followed_id`,
    },
    erased: {
      by: `WITH gone AS (DELETE FROM follows WHERE follower_id = $1 RETURNING followed_id)
             UPDATE follow_counts SET followers = followers - 1 FROM gone WHERE user_id = followed_id`,
    },
  },
  {
    table: 'follows',
    column: 'followed_id',
    exported: {
      section: 'followers',
      rows: `SELECT username, followed_at AS "followedAt" FROM follows JOIN users ON user_id = follower_id WHERE followed_id = $1 ORDER BY follower_id`,
    },
    erased: {
      by: `WITH gone AS (DELETE FROM follows WHERE followed_id = $1 RETURNING follower_id)
             UPDATE follow_counts SET following = following - 1 FROM gone WHERE user_id = follower_id`,
    },
  },
  {
    table: 'blocks',
    column: 'blocker_id',
    exported: {
      section: 'blocked',
      rows: `SELECT username, blocked_at AS "blockedAt" FROM blocks JOIN users ON user_id = blocked_id WHERE blocker_id = $1 ORDER BY blocked_id`,
    },
    erased: 'deleted',
  },
  {
    table: 'blocks',
    column: 'blocked_id',
    erased: 'deleted',
  },
  {
    table: 'follow_counts',
    column: 'user_id',
    erased: 'deleted',
  },
  {
    table: 'data_exports',
    column: 'user_id',
    erased: 'deleted',
  },
  {
    table: 'activities',
    column: 'actor_id',
    exported: {
      section: 'activities',
      rows: `SELECT ${titleOf('activities')} AS story, kind, at FROM activities WHERE actor_id = $1 ORDER BY activity_id`,
    },
    erased: 'deleted',
  },
  {
    table: 'activity_audiences',
    column: 'user_id',
    exported: {
      section: 'audiences',
      rows: 'SELECT kind, audience FROM activity_audiences WHERE user_id = $1 ORDER BY kind',
    },
    erased: 'deleted',
  },
  {
    table: 'feed_marks',
    column: 'user_id',
    erased: 'deleted',
  },
  {
    table: 'shares',
    column: 'user_id',
    exported: {
      section: 'shares',
      rows: `SELECT ${titleOf('shares')} AS story, channel, visits, created_at AS "createdAt"
             FROM shares WHERE user_id = $1 ORDER BY share_id`,
    },
    erased: 'deleted',
  },
  {
    table: 'notifications',
    column: 'user_id',
    exported: {
      section: 'notifications',
      rows: `SELECT kind, ${titleOf('notifications')} AS story, created_at AS "createdAt", read_at AS "readAt"
             FROM notifications WHERE user_id = $1 ORDER BY notification_id`,
    },
    erased: 'deleted',
  },
  {
    table: 'notifications',
    column: 'actor_id',
    erased: 'deleted',
  },
  {
    table: 'notification_preferences',
    column: 'user_id',
    exported: {
      section: 'notificationPreferences',
      rows: 'SELECT kind, in_app AS "inApp", email, push FROM notification_preferences WHERE user_id = $1 ORDER BY kind',
    },
    erased: 'deleted',
  },
  {
    table: 'push_subscriptions',
    column: 'user_id',
    exported: {
      section: 'browsers',
      rows: `SELECT endpoint, created_at AS "createdAt" FROM push_subscriptions WHERE user_id = $1 ORDER BY subscription_id`,
    },
    erased: 'deleted',
  },
  {
    table: 'digests',
    column: 'user_id',
    exported: {
      section: 'digests',
      rows: 'SELECT frequency, next_at AS "nextAt" FROM digests WHERE user_id = $1',
    },
    erased: 'deleted',
  },
];
