import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { NodeDefinition, StoryDefinition } from './core/definition.js';

/** Drafts as the engine takes them. */
@Injectable()
export class DraftDefinitionRepository {
  constructor(private readonly database: Database) {}

  /** One statement, so that the draft is whole however it is being edited meanwhile. */
  async load(storyId: number): Promise<StoryDefinition> {
    const nodes = await this.database.query<NodeDefinition>(
      `SELECT node_id AS id, node_key AS key, node_title AS title, content, node_type AS type,
              is_starting_node AS "isStart", ending_kind AS "endingKind",
              coalesce((
                SELECT json_agg(json_build_object('id', choice_id, 'letter', choice_letter,
                  'text', choice_text, 'consequences', consequences, 'to', to_node_id) ORDER BY "order")
                FROM choices WHERE from_node_id = node_id AND deleted_at IS NULL
              ), '[]') AS choices
       FROM story_nodes WHERE story_id = $1 AND deleted_at IS NULL ORDER BY node_id`,
      [storyId],
    );
    return { nodes };
  }
}
