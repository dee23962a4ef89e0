/** A column that refers to people: what a person is given of its rows, and what an erasure does to them. */
export interface PersonalData {
  readonly table: string;
  readonly column: string;
  /**
   * A section of a data export: its name, and a query for its rows, one object each, of the user `$1`. Left out where
   * another section tells the same.
   */
  readonly exported?: { readonly section: string; readonly rows: string };
  /** The statement that erases what refers to the user `$1`; or why it stays, under a name that says nothing of them. */
  readonly erased: string | { readonly stays: string };
}

const WORK = { stays: 'It is the work of others too, who see that somebody did it.' };
const FIGURES = { stays: 'The figures of stories are made of it; it holds numbers alone.' };

/** The title of the story that a row of a table is about. */
const titleOf = (table: string) =>
  `(SELECT title FROM stories AS story WHERE story.story_id = ${table}.story_id)`;

/**
 * Every column that refers to people. No reader may see the seed of a playthrough or its hidden variables: the export of
 * a playthrough is the path that was taken, and what the reader typed.
 */
export const PERSONAL_DATA: readonly PersonalData[] = [
  {
    table: 'sessions',
    column: 'user_id',
    exported: {
      section: 'sessions',
      rows: `SELECT user_agent AS "userAgent", address, created_at AS "createdAt", last_used AS "lastUsed",
               expires_at AS "expiresAt", revoked_at AS "revokedAt"
             FROM sessions WHERE user_id = $1 ORDER BY session_id`,
    },
    erased: 'DELETE FROM sessions WHERE user_id = $1',
  },
  {
    table: 'address_tokens',
    column: 'user_id',
    erased: 'DELETE FROM address_tokens WHERE user_id = $1',
  },
  {
    table: 'follows',
    column: 'follower_id',
    exported: {
      section: 'following',
      rows: `SELECT username, followed_at AS "followedAt" FROM follows JOIN users ON user_id = followed_id WHERE follower_id = $1 ORDER BY followed_id`,
    },
    erased: `WITH gone AS (DELETE FROM follows WHERE follower_id = $1 RETURNING followed_id)
             UPDATE follow_counts SET followers = followers - 1 FROM gone WHERE user_id = followed_id`,
  },
  {
    table: 'follows',
    column: 'followed_id',
    exported: {
      section: 'followers',
      rows: `SELECT username, followed_at AS "followedAt" FROM follows JOIN users ON user_id = follower_id WHERE followed_id = $1 ORDER BY follower_id`,
    },
    erased: `WITH gone AS (DELETE FROM follows WHERE followed_id = $1 RETURNING follower_id)
             UPDATE follow_counts SET following = following - 1 FROM gone WHERE user_id = follower_id`,
  },
  {
    table: 'blocks',
    column: 'blocker_id',
    exported: {
      section: 'blocked',
      rows: `SELECT username, blocked_at AS "blockedAt" FROM blocks JOIN users ON user_id = blocked_id WHERE blocker_id = $1 ORDER BY blocked_id`,
    },
    erased: 'DELETE FROM blocks WHERE blocker_id = $1',
  },
  {
    table: 'blocks',
    column: 'blocked_id',
    erased: 'DELETE FROM blocks WHERE blocked_id = $1',
  },
  {
    table: 'follow_counts',
    column: 'user_id',
    erased: 'DELETE FROM follow_counts WHERE user_id = $1',
  },
  {
    table: 'data_exports',
    column: 'user_id',
    erased: 'DELETE FROM data_exports WHERE user_id = $1',
  },
  {
    table: 'user_progress',
    column: 'user_id',
    exported: {
      section: 'playthroughs',
      rows: `SELECT 'prg_' || progress_id AS id, 'sty_' || story_id AS "storyId", ${titleOf('user_progress')} AS story,
               start_time AS "startedAt", last_updated AS "lastUpdated", is_completed AS "isCompleted",
               ending, deleted_at AS "deletedAt",
               (SELECT coalesce(json_agg(json_build_object('step', seq, 'at', at, 'nodeId', 'nod_' || node_id,
                  'choiceId', 'cho_' || choice_id, 'toNodeId', 'nod_' || to_node_id,
                  'answer', outcome -> 'answer', 'set', outcome -> 'set') ORDER BY seq), '[]')
                FROM progress_steps WHERE progress_steps.progress_id = user_progress.progress_id) AS steps
             FROM user_progress WHERE user_id = $1 ORDER BY progress_id`,
    },
    erased: `WITH typed AS (
               UPDATE progress_steps
               SET outcome = outcome - 'answer' || CASE WHEN outcome ? 'set' THEN '{"set": {}}' ELSE '{}' END::jsonb
               WHERE outcome ?| ARRAY['answer', 'set']
                 AND progress_id IN (SELECT progress_id FROM user_progress WHERE user_id = $1)
             )
             UPDATE user_progress
             SET state = jsonb_build_object('node', state -> 'node'), deleted_at = coalesce(deleted_at, now())
             WHERE user_id = $1`,
  },
  {
    table: 'save_slots',
    column: 'user_id',
    exported: {
      section: 'saves',
      rows: `SELECT ${titleOf('save_slots')} AS story, name, step, saved_at AS "savedAt"
             FROM save_slots WHERE user_id = $1 ORDER BY slot_id`,
    },
    erased: 'DELETE FROM save_slots WHERE user_id = $1',
  },
  {
    table: 'reader_days',
    column: 'user_id',
    exported: {
      section: 'days',
      rows: `SELECT day::text, plays, choices, finishes, sessions, play_ms AS "playMs"
             FROM reader_days WHERE user_id = $1 ORDER BY day`,
    },
    erased: FIGURES,
  },
  {
    table: 'reader_firsts',
    column: 'user_id',
    exported: {
      section: 'firsts',
      rows: `SELECT ${titleOf('reader_firsts')} AS story, kind, at FROM reader_firsts WHERE user_id = $1 ORDER BY at, kind, node_id`,
    },
    erased: FIGURES,
  },
  {
    table: 'reader_stories',
    column: 'user_id',
    exported: {
      section: 'storiesRead',
      rows: `SELECT ${titleOf('reader_stories')} AS story, plays, choices, finishes, sessions, play_ms AS "playMs", last_at AS "lastAt"
             FROM reader_stories WHERE user_id = $1 ORDER BY story_id`,
    },
    erased: FIGURES,
  },
  { table: 'user_stats', column: 'user_id', erased: FIGURES },
  {
    table: 'reader_collected',
    column: 'user_id',
    exported: {
      section: 'collected',
      rows: `SELECT ${titleOf('reader_collected')} AS story, kind, key, at
             FROM reader_collected WHERE user_id = $1 ORDER BY at, story_id, kind, key`,
    },
    erased: FIGURES,
  },
  { table: 'reader_periods', column: 'user_id', erased: FIGURES },
  { table: 'story_bests', column: 'user_id', erased: FIGURES },
  {
    table: 'user_achievements',
    column: 'user_id',
    exported: {
      section: 'achievements',
      rows: `SELECT achievement_key AS key, points, earned_at AS "earnedAt"
             FROM user_achievements WHERE user_id = $1 ORDER BY award_id`,
    },
    erased: FIGURES,
  },
  {
    table: 'stats_corrections',
    column: 'user_id',
    exported: {
      section: 'corrections',
      rows: `SELECT day::text, reason, created_at AS "createdAt"
             FROM stats_corrections WHERE user_id = $1 ORDER BY correction_id`,
    },
    erased: FIGURES,
  },
  { table: 'stats_corrections', column: 'corrected_by', erased: WORK },
  {
    table: 'activities',
    column: 'actor_id',
    exported: {
      section: 'activities',
      rows: `SELECT ${titleOf('activities')} AS story, kind, at FROM activities WHERE actor_id = $1 ORDER BY activity_id`,
    },
    erased: 'DELETE FROM activities WHERE actor_id = $1',
  },
  {
    table: 'activity_audiences',
    column: 'user_id',
    exported: {
      section: 'audiences',
      rows: 'SELECT kind, audience FROM activity_audiences WHERE user_id = $1 ORDER BY kind',
    },
    erased: 'DELETE FROM activity_audiences WHERE user_id = $1',
  },
  {
    table: 'feed_marks',
    column: 'user_id',
    erased: 'DELETE FROM feed_marks WHERE user_id = $1',
  },
  {
    table: 'reviews',
    column: 'user_id',
    exported: {
      section: 'reviews',
      rows: `SELECT ${titleOf('reviews')} AS story, rating, text, has_spoilers AS "hasSpoilers", created_at AS "createdAt",
               edited_at AS "editedAt", hidden_at AS "hiddenAt"
             FROM reviews WHERE user_id = $1 AND deleted_at IS NULL ORDER BY review_id`,
    },
    // The stars stay, as the numbers that they are.
    erased: `WITH told AS (
               UPDATE review_decisions SET text = NULL
               WHERE review_id IN (SELECT review_id FROM reviews WHERE user_id = $1)
             )
             UPDATE reviews SET text = NULL, has_spoilers = false, reported_at = NULL,
               reply = NULL, replied_by = NULL, replied_at = NULL, reply_edited_at = NULL
             WHERE user_id = $1`,
  },
  {
    table: 'reviews',
    column: 'replied_by',
    exported: {
      section: 'reviewReplies',
      rows: `SELECT ${titleOf('reviews')} AS story, reply, replied_at AS "repliedAt", reply_edited_at AS "editedAt"
             FROM reviews WHERE replied_by = $1 ORDER BY review_id`,
    },
    erased: `UPDATE reviews SET reply = NULL, replied_by = NULL, replied_at = NULL, reply_edited_at = NULL
             WHERE replied_by = $1`,
  },
  {
    table: 'review_votes',
    column: 'user_id',
    exported: {
      section: 'reviewVotes',
      rows: `SELECT ${titleOf('reviews')} AS story, vote.created_at AS "createdAt"
             FROM review_votes AS vote JOIN reviews USING (review_id) WHERE vote.user_id = $1 ORDER BY review_id`,
    },
    erased: `WITH gone AS (DELETE FROM review_votes WHERE user_id = $1 RETURNING review_id)
             UPDATE reviews SET helpful_count = helpful_count - 1 FROM gone WHERE reviews.review_id = gone.review_id`,
  },
  {
    table: 'review_reports',
    column: 'user_id',
    exported: {
      section: 'reviewReports',
      rows: `SELECT ${titleOf('reviews')} AS story, reason, note, report.created_at AS "createdAt"
             FROM review_reports AS report JOIN reviews USING (review_id) WHERE report.user_id = $1 ORDER BY report_id`,
    },
    erased: 'UPDATE review_reports SET note = NULL WHERE user_id = $1',
  },
  { table: 'review_decisions', column: 'decided_by', erased: WORK },
  {
    table: 'shares',
    column: 'user_id',
    exported: {
      section: 'shares',
      rows: `SELECT ${titleOf('shares')} AS story, channel, visits, created_at AS "createdAt"
             FROM shares WHERE user_id = $1 ORDER BY share_id`,
    },
    erased: 'DELETE FROM shares WHERE user_id = $1',
  },
  {
    table: 'notifications',
    column: 'user_id',
    exported: {
      section: 'notifications',
      rows: `SELECT kind, ${titleOf('notifications')} AS story, created_at AS "createdAt", read_at AS "readAt"
             FROM notifications WHERE user_id = $1 ORDER BY notification_id`,
    },
    erased: 'DELETE FROM notifications WHERE user_id = $1',
  },
  {
    table: 'notifications',
    column: 'actor_id',
    erased: 'DELETE FROM notifications WHERE actor_id = $1',
  },
  {
    table: 'notification_preferences',
    column: 'user_id',
    exported: {
      section: 'notificationPreferences',
      rows: 'SELECT kind, in_app AS "inApp", email, push FROM notification_preferences WHERE user_id = $1 ORDER BY kind',
    },
    erased: 'DELETE FROM notification_preferences WHERE user_id = $1',
  },
  {
    table: 'push_subscriptions',
    column: 'user_id',
    exported: {
      section: 'browsers',
      rows: `SELECT endpoint, created_at AS "createdAt" FROM push_subscriptions WHERE user_id = $1 ORDER BY subscription_id`,
    },
    erased: 'DELETE FROM push_subscriptions WHERE user_id = $1',
  },
  {
    table: 'digests',
    column: 'user_id',
    exported: {
      section: 'digests',
      rows: 'SELECT frequency, next_at AS "nextAt" FROM digests WHERE user_id = $1',
    },
    erased: 'DELETE FROM digests WHERE user_id = $1',
  },
  { table: 'story_readers', column: 'user_id', erased: FIGURES },
  { table: 'version_readers', column: 'user_id', erased: FIGURES },
  { table: 'story_finishes', column: 'user_id', erased: FIGURES },
  {
    table: 'story_comments',
    column: 'user_id',
    exported: {
      section: 'comments',
      rows: `SELECT ${titleOf('story_comments')} AS story, text, created_at AS "createdAt", edited_at AS "editedAt"
             FROM story_comments WHERE user_id = $1 AND deleted_at IS NULL ORDER BY comment_id`,
    },
    erased: WORK,
  },
  { table: 'story_comments', column: 'resolved_by', erased: WORK },
  {
    table: 'draft_changes',
    column: 'user_id',
    exported: {
      section: 'edits',
      rows: `SELECT ${titleOf('draft_changes')} AS story, kind, note, created_at AS "createdAt"
             FROM draft_changes WHERE user_id = $1 ORDER BY change_id`,
    },
    erased: WORK,
  },
  { table: 'story_versions', column: 'published_by', erased: WORK },
  { table: 'playthrough_moves', column: 'requested_by', erased: WORK },
  {
    table: 'story_collaborators',
    column: 'user_id',
    exported: {
      section: 'collaborations',
      rows: `SELECT ${titleOf('story_collaborators')} AS story, role, added_at AS "addedAt"
             FROM story_collaborators WHERE user_id = $1 ORDER BY story_id`,
    },
    erased: 'DELETE FROM story_collaborators WHERE user_id = $1',
  },
  { table: 'story_collaborators', column: 'added_by', erased: WORK },
  {
    table: 'story_invitations',
    column: 'user_id',
    exported: {
      section: 'invitations',
      rows: `SELECT ${titleOf('story_invitations')} AS story, role, created_at AS "createdAt"
             FROM story_invitations WHERE user_id = $1 ORDER BY invitation_id`,
    },
    erased: 'DELETE FROM story_invitations WHERE user_id = $1',
  },
  {
    table: 'story_invitations',
    column: 'invited_by',
    erased: 'DELETE FROM story_invitations WHERE invited_by = $1',
  },
  {
    table: 'media',
    column: 'user_id',
    exported: {
      section: 'media',
      rows: `SELECT 'med_' || media_id AS id, kind, filename, alt_text AS "altText", size, created_at AS "createdAt"
             FROM media WHERE user_id = $1 ORDER BY media_id`,
    },
    erased: `UPDATE media SET filename = 'file' WHERE user_id = $1`,
  },
  {
    table: 'uploads',
    column: 'user_id',
    erased: `UPDATE uploads SET filename = 'file', expires_at = least(expires_at, now()) WHERE user_id = $1`,
  },
  {
    table: 'import_jobs',
    column: 'user_id',
    exported: {
      section: 'imports',
      rows: `SELECT status, request, content, more_content AS "moreContent", created_at AS "createdAt"
             FROM import_jobs WHERE user_id = $1 ORDER BY import_id`,
    },
    erased: `WITH told AS (
               DELETE FROM import_stories WHERE import_id IN (SELECT import_id FROM import_jobs WHERE user_id = $1)
             ) DELETE FROM import_jobs WHERE user_id = $1`,
  },
  {
    table: 'story_templates',
    column: 'owner_id',
    exported: {
      section: 'templates',
      rows: `SELECT title, description, is_shared AS "isShared", document, created_at AS "createdAt"
             FROM story_templates WHERE owner_id = $1 ORDER BY template_id`,
    },
    erased: 'DELETE FROM story_templates WHERE owner_id = $1 AND NOT is_shared',
  },
  {
    table: 'stories',
    column: 'author_id',
    erased: { stays: 'Their stories are dealt with first.' },
  },
  { table: 'stories', column: 'updated_by', erased: WORK },
  { table: 'story_nodes', column: 'updated_by', erased: WORK },
  { table: 'choices', column: 'updated_by', erased: WORK },
];
