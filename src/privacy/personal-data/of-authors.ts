import { type PersonalData, titleOf, WORK } from './column.js';

/** What is kept of writing, alone and together. */
export const OF_AUTHORS: readonly PersonalData[] = [
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
    erased: 'deleted',
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
    erased: 'deleted',
  },
  {
    table: 'story_invitations',
    column: 'invited_by',
    erased: 'deleted',
  },
  {
    table: 'media',
    column: 'user_id',
    exported: {
      section: 'media',
      rows: `SELECT 'med_' || media_id AS id, kind, filename, alt_text AS "altText", size, created_at AS "createdAt"
             FROM media WHERE user_id = $1 ORDER BY media_id`,
    },
    erased: { by: `UPDATE media SET filename = 'file' WHERE user_id = $1` },
  },
  {
    table: 'uploads',
    column: 'user_id',
    erased: {
      by: `UPDATE uploads SET filename = 'file', expires_at = least(expires_at, now()) WHERE user_id = $1`,
    },
  },
  {
    table: 'import_jobs',
    column: 'user_id',
    exported: {
      section: 'imports',
      rows: `SELECT status, request, content, more_content AS "moreContent", created_at AS "createdAt"
             FROM import_jobs WHERE user_id = $1 ORDER BY import_id`,
    },
    erased: {
      by: `WITH told AS (
               DELETE FROM import_stories WHERE import_id IN (SELECT import_id FROM import_jobs WHERE user_id = $1)
             ) DELETE FROM import_jobs WHERE user_id = $1`,
    },
  },
  {
    table: 'story_templates',
    column: 'owner_id',
    exported: {
      section: 'templates',
      rows: `SELECT title, description, is_shared AS "isShared", document, created_at AS "createdAt"
             FROM story_templates WHERE owner_id = $1 ORDER BY template_id`,
    },
    erased: { by: 'DELETE FROM story_templates WHERE owner_id = $1 AND NOT is_shared' },
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
