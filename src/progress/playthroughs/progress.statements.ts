import type { PreparedStatement } from '../../database/database.js';
import { termsFor } from '../reading/reading.repository.js';
import { START } from './play-fact.entity.js';

export const COLUMNS = `progress_id AS "progressId", user_id AS "userId", story_id AS "storyId", version_id AS "versionId",
  current_node_id AS "currentNodeId", state, seed, step, start_time AS "startTime", last_updated AS "lastUpdated",
  first_version_id AS "firstVersionId", moved_at AS "movedAt",
  is_completed AS "isCompleted", ending, deleted_at AS "deletedAt", xmin::text AS "rowVersion"`;

/** Is looked at once the row is found: by the index of users, planned for any reader, one with thousands would pay for each. */
const belongsTo = (userId: string) => `user_progress.user_id + 0 = ${userId}`;

export const FIND: PreparedStatement = {
  name: 'progress-find',
  text: `SELECT ${COLUMNS} FROM user_progress
         WHERE progress_id = $1 AND ${belongsTo('$2')} AND deleted_at IS NULL`,
};

export const FIND_LATEST: PreparedStatement = {
  name: 'progress-find-latest',
  text: `SELECT ${COLUMNS} FROM user_progress
         WHERE user_id = $1 AND story_id = $2 AND deleted_at IS NULL AND (NOT $3 OR NOT is_completed)
         ORDER BY last_updated DESC, progress_id DESC LIMIT 1`,
};

export const FIND_CURRENT: PreparedStatement = {
  name: 'progress-find-current',
  text: `SELECT ${COLUMNS} FROM user_progress
         WHERE user_id = $1 AND story_id = $2 AND deleted_at IS NULL
         ORDER BY is_completed, last_updated DESC, progress_id DESC LIMIT 1`,
};

/** The day of a reader, by their time zone: `now` on the clock of the database. */
export const dayOf = (userId: string) =>
  `(now() AT TIME ZONE (SELECT timezone FROM users WHERE user_id = ${userId}))::date`;

/** How many choices are made by one statement at most. Its list is limited to as many: PostgreSQL plans for these, whatever it is given. */
export const MOST_AT_ONCE = 32;

/**
 * Choices, whole: moves the playthroughs, records the choices and that they are to be counted, and tells what the answers need
 * of the stories. Nothing happens to a playthrough that is not as it was believed to be: somebody else has made this step.
 */
export const ADVANCE: PreparedStatement = {
  name: 'progress-advance',
  text: `WITH moved AS (
           UPDATE user_progress
           SET current_node_id = to_node_id, state = asked.state, step = user_progress.step + 1,
               is_completed = asked.is_completed, ending = asked.ending, last_updated = now()
           FROM (SELECT * FROM json_to_recordset($1) AS asked (
                   place integer, progress_id bigint, step integer, row_version text, user_id bigint, version_id bigint,
                   node_id bigint, choice_id bigint, to_node_id bigint, state jsonb, is_completed boolean, ending text,
                   outcome jsonb, collected text[])
                 LIMIT ${MOST_AT_ONCE}) AS asked
           WHERE user_progress.progress_id = asked.progress_id AND user_progress.step = asked.step
             AND user_progress.xmin::text = row_version AND ${belongsTo('asked.user_id')}
             AND NOT user_progress.is_completed AND deleted_at IS NULL
           RETURNING asked.*, story_id, last_updated, user_progress.xmin::text AS now_version
         ), recorded AS (
           INSERT INTO progress_steps
             (progress_id, seq, node_id, choice_id, to_node_id, at, day, outcome, version_id, is_end, collected)
           SELECT progress_id, step, node_id, choice_id, to_node_id, last_updated, ${dayOf('moved.user_id')}, outcome,
                  version_id, is_completed, collected
           FROM moved
         ), told AS (
           INSERT INTO play_facts (progress_id, seq) SELECT progress_id, step FROM moved
         )
         SELECT place, last_updated AS "lastUpdated", now_version AS "rowVersion", ${termsFor('moved.user_id')}
         FROM moved JOIN stories USING (story_id)`,
};

/** Begins a playthrough, and records that it is to be counted. */
export const BEGIN: PreparedStatement = {
  name: 'progress-begin',
  text: `WITH begun AS (
           INSERT INTO user_progress (user_id, story_id, version_id, current_node_id, state, start_time, start_day,
             seed, is_completed, ending, collected)
           VALUES ($1, $2, $3, $4, $5, $6, ${dayOf('$1')}, $7, $8, $9, $10)
           RETURNING ${COLUMNS}
         ), told AS (
           INSERT INTO play_facts (progress_id, seq) SELECT "progressId", ${START} FROM begun
         )
         SELECT * FROM begun`,
};
