import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Columns } from '../../stories/changes/draft-fields.js';

/** A row of a draft that was edited since the import before, and that an import writes again. */
export interface OverwrittenRow {
  readonly kind: 'story' | 'node' | 'choice';
  /** The node, or the one that the choice leads away from; null for the story itself. */
  readonly nodeId: number | null;
  readonly nodeKey: string | null;
  /** Whether it is the edits that made the row. */
  readonly isNew: boolean;
  /** Whether the import deletes the row, and whether it deletes the node. */
  readonly isDeleted: boolean;
  readonly isNodeDeleted: boolean;
  /**
   * The columns that were edited and that the import writes: before the first edit, after the last, after the import.
   * Long texts are told by their hashes.
   */
  readonly before: Columns;
  readonly edited: Columns;
  readonly after: Columns;
  /** The newest of the edits. */
  readonly editedAt: Date;
  readonly userId: number | null;
}

/** What imports do to what was edited in Talegraph. */
@Injectable()
export class OverwriteRepository {
  constructor(private readonly database: Database) {}

  /**
   * The rows that were edited between the import before, or ever where there was none, and an import that has just
   * written the draft. What was undone does not count. Where an import deletes a row, all of its edits are lost; where
   * it writes it, those of the same columns.
   * @param changeId the change that the import is
   */
  find(storyId: number, changeId: number): Promise<OverwrittenRow[]> {
    return this.database.query(
      `WITH imported AS MATERIALIZED (
         SELECT kind, row_id, after, after ->> 'deleted_at' IS NOT NULL AS is_deleted FROM draft_net_edits($2)
       ), written AS (
         SELECT edit.kind, edit.row_id, bool_or(edit.before IS NULL) AS is_new, is_deleted, max(change_id) AS change_id,
           jsonb_object_agg(field.key, ${short('edit.before -> field.key')} ORDER BY edit_id DESC) AS before,
           jsonb_object_agg(field.key, ${short('field.value')} ORDER BY edit_id) AS edited,
           jsonb_object_agg(field.key, ${short('imported.after -> field.key')}) AS after
         FROM imported JOIN draft_edits AS edit USING (kind, row_id) JOIN draft_changes AS change USING (change_id)
           CROSS JOIN jsonb_each(edit.after) AS field
         WHERE change_id <> $2 AND change.kind NOT IN ('undo', 'redo') AND undone_by IS NULL
           AND (is_deleted OR imported.after ? field.key)
           AND change_id > coalesce((
             SELECT max(change_id) FROM draft_changes
             WHERE story_id = $1 AND change_id <> $2 AND kind = 'import' AND undone_by IS NULL
           ), 0)
         GROUP BY edit.kind, edit.row_id, is_deleted
       )
       SELECT written.kind, node_id AS "nodeId", node_key AS "nodeKey", is_new AS "isNew",
         is_deleted AS "isDeleted", node.deleted_at IS NOT NULL AS "isNodeDeleted", before, edited, after,
         change.created_at AS "editedAt", change.user_id AS "userId"
       FROM written JOIN draft_changes AS change USING (change_id)
         LEFT JOIN choices AS choice ON written.kind = 'choice' AND choice_id = written.row_id
         LEFT JOIN story_nodes AS node
           ON node_id = CASE written.kind WHEN 'node' THEN written.row_id ELSE choice.from_node_id END
       ORDER BY node_id NULLS FIRST, written.kind, written.row_id`,
      [storyId, changeId],
    );
  }
}

/** A value, or the hash of a text that is longer than one: texts are only compared, and are most of a draft. */
const short = (value: string) =>
  `CASE WHEN jsonb_typeof(${value}) = 'string' AND length((${value})::text) > 34 THEN to_jsonb(md5((${value})::text))
   ELSE ${value} END`;
