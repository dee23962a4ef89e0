import { FIGURES, type PersonalData, titleOf, WORK } from './column.js';

/**
 * What is kept of reading. No reader may see the seed of a playthrough or its hidden variables: the export of a playthrough
 * is the path that was taken, and what the reader typed.
 */
export const OF_READERS: readonly PersonalData[] = [
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
    erased: {
      by: `WITH typed AS (
               UPDATE progress_steps
               SET outcome = outcome - 'answer' || CASE WHEN outcome ? 'set' THEN '{"set": {}}' ELSE '{}' END::jsonb
               WHERE outcome ?| ARRAY['answer', 'set']
                 AND progress_id IN (SELECT progress_id FROM user_progress WHERE user_id = $1)
             )
             UPDATE user_progress
             SET state = jsonb_build_object('node', state -> 'node'), deleted_at = coalesce(deleted_at, now())
             WHERE user_id = $1`,
    },
  },
  {
    table: 'save_slots',
    column: 'user_id',
    exported: {
      section: 'saves',
      rows: `SELECT ${titleOf('save_slots')} AS story, name, step, saved_at AS "savedAt"
             FROM save_slots WHERE user_id = $1 ORDER BY slot_id`,
    },
    erased: 'deleted',
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
      rows: `SELECT day::text, reason, plays, choices, finishes, sessions, play_ms AS "playMs",
               stories_started AS "storiesStarted", stories_finished AS "storiesFinished",
               endings_found AS "endingsFound", xp, created_at AS "createdAt"
             FROM stats_corrections WHERE user_id = $1 ORDER BY correction_id`,
    },
    // The numbers stay, as those of steps do.
    erased: { by: `UPDATE stats_corrections SET reason = '' WHERE user_id = $1` },
  },
  { table: 'stats_corrections', column: 'corrected_by', erased: WORK },
  { table: 'version_readers', column: 'user_id', erased: FIGURES },
  { table: 'story_finishes', column: 'user_id', erased: FIGURES },
];
