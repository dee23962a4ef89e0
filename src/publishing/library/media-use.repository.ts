import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';

export interface MediaUseRow {
  /** Null where it is a template. */
  readonly storyId: number | null;
  readonly templateId: number | null;
  readonly authorId: number;
  readonly title: string;
  readonly nodeKey: string | null;
  readonly version: number | null;
}

/** Where stories show and play media. */
@Injectable()
export class MediaUseRepository {
  constructor(private readonly database: Database) {}

  /** The covers, the nodes of drafts, the versions and the templates that have a medium. */
  find(mediaId: number): Promise<MediaUseRow[]> {
    return this.database.query(
      `SELECT story_id AS "storyId", NULL::bigint AS "templateId", author_id AS "authorId", title,
         use.node_key AS "nodeKey", use.version
       FROM (
         SELECT story_id, NULL AS node_key, NULL::integer AS version FROM stories
         WHERE cover IS NOT NULL AND (cover ->> 'id')::bigint = $1 AND deleted_at IS NULL
         UNION ALL
         SELECT node.story_id, node_key, NULL FROM story_nodes AS node
           JOIN stories USING (story_id)
         WHERE media IS NOT NULL AND jsonb_path_query_array(media, '$.*.id') @> to_jsonb($1::bigint)
           AND node.deleted_at IS NULL AND stories.deleted_at IS NULL
         UNION ALL
         SELECT story_id, NULL, number FROM story_versions
         WHERE jsonb_path_query_array(snapshot, '$.nodes[*].media.*.id') @> to_jsonb($1::bigint)
       ) AS use JOIN stories USING (story_id)
       UNION ALL
       SELECT NULL, template_id, owner_id, title, NULL, NULL FROM story_templates
       WHERE media_ids @> ARRAY[$1::bigint]
       ORDER BY "storyId", version NULLS FIRST, "nodeKey" NULLS FIRST, "templateId"`,
      [mediaId],
    );
  }
}
