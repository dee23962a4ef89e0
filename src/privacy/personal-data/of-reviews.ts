import { type PersonalData, titleOf, WORK } from './column.js';

/** What is kept of reviews. */
export const OF_REVIEWS: readonly PersonalData[] = [
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
    erased: {
      by: `WITH told AS (
               UPDATE review_decisions SET text = NULL
               WHERE review_id IN (SELECT review_id FROM reviews WHERE user_id = $1)
             )
             UPDATE reviews SET text = NULL, has_spoilers = false, reported_at = NULL,
               reply = NULL, replied_by = NULL, replied_at = NULL, reply_edited_at = NULL
             WHERE user_id = $1`,
    },
  },
  {
    table: 'reviews',
    column: 'replied_by',
    exported: {
      section: 'reviewReplies',
      rows: `SELECT ${titleOf('reviews')} AS story, reply, replied_at AS "repliedAt", reply_edited_at AS "editedAt"
             FROM reviews WHERE replied_by = $1 ORDER BY review_id`,
    },
    erased: {
      by: `UPDATE reviews SET reply = NULL, replied_by = NULL, replied_at = NULL, reply_edited_at = NULL
             WHERE replied_by = $1`,
    },
  },
  {
    table: 'review_votes',
    column: 'user_id',
    exported: {
      section: 'reviewVotes',
      rows: `SELECT ${titleOf('reviews')} AS story, vote.created_at AS "createdAt"
             FROM review_votes AS vote JOIN reviews USING (review_id) WHERE vote.user_id = $1 ORDER BY review_id`,
    },
    erased: {
      by: `WITH gone AS (DELETE FROM review_votes WHERE user_id = $1 RETURNING review_id)
             UPDATE reviews SET helpful_count = helpful_count - 1 FROM gone WHERE reviews.review_id = gone.review_id`,
    },
  },
  {
    table: 'review_reports',
    column: 'user_id',
    exported: {
      section: 'reviewReports',
      rows: `SELECT ${titleOf('reviews')} AS story, reason, note, report.created_at AS "createdAt"
             FROM review_reports AS report JOIN reviews USING (review_id) WHERE report.user_id = $1 ORDER BY report_id`,
    },
    erased: { by: 'UPDATE review_reports SET note = NULL WHERE user_id = $1' },
  },
  { table: 'review_decisions', column: 'decided_by', erased: WORK },
];
