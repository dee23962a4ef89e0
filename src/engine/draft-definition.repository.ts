import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { StoryDefinition } from './core/definition.js';
import { readDraft } from './draft-definition.js';

/** Drafts as the engine takes them. */
@Injectable()
export class DraftDefinitionRepository {
  constructor(private readonly database: Database) {}

  async load(storyId: number): Promise<StoryDefinition> {
    return readDraft(await this.text(storyId));
  }

  /**
   * A draft as the text that {@link readDraft} takes: a large one is read where nobody waits for the event loop. One
   * statement, so that the draft is whole however it is being edited meanwhile.
   */
  async text(storyId: number): Promise<string> {
    const [draft] = await this.database.query<{ text: string }>(LOAD, [storyId]);
    return draft?.text ?? '{}';
  }
}

/** What a node shows and plays, with what readers get of it once it is ready. */
const MEDIA = `CASE WHEN story_nodes.media IS NOT NULL THEN (
  SELECT json_object_agg(place, json_strip_nulls(CASE status
    WHEN 'ready' THEN json_build_object('id', ref -> 'id', 'alt', ref -> 'alt', 'key', medium.key, 'width', width,
      'height', height, 'color', color, 'type', CASE medium.kind WHEN 'audio' THEN content_type END,
      'duration', duration_seconds)
    ELSE json_build_object('id', ref -> 'id', 'alt', ref -> 'alt') END) ORDER BY place)
  FROM jsonb_each(story_nodes.media) AS used (place, ref)
    LEFT JOIN media AS medium ON media_id = (ref ->> 'id')::bigint
) END`;

const LOAD = `
  SELECT json_build_object('schema', schema, 'nodes', (
    SELECT json_agg(json_build_object('id', node_id, 'key', node_key, 'title', node_title,
      'content', content, 'type', node_type, 'isStart', is_starting_node,
      'endingKind', ending_kind, 'ending', ending, 'effects', effects,
      'media', ${MEDIA},
      'choices', coalesce((
        SELECT json_agg(json_build_object('id', choice_id, 'letter', choice_letter,
          'text', choice_text, 'consequences', consequences, 'to', to_node_id,
          'condition', condition, 'lockedText', locked_text, 'effects', effects,
          'check', "check", 'puzzle', puzzle, 'failTo', fail_to_node_id, 'after', timing
        ) ORDER BY "order", choice_id)
        FROM choices WHERE from_node_id = node_id AND deleted_at IS NULL
      ), '[]')) ORDER BY node_id)
    FROM story_nodes WHERE story_nodes.story_id = stories.story_id AND deleted_at IS NULL
  ))::text AS text
  FROM stories WHERE story_id = $1`;
