import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';

/** A chapter or a tag, and how many nodes have it. */
export interface MarkCount {
  readonly name: string;
  readonly nodeCount: number;
}

/** Where a node is to stand. */
export interface NodePlace {
  readonly nodeId: number;
  readonly x: number | null;
  readonly y: number | null;
}

/** What many nodes of a draft are marked with, and where they stand: one statement each, however many they are. */
@Injectable()
export class MarkRepository {
  constructor(private readonly database: Database) {}

  /** Positions are no part of what a revision guards. @returns the ids of the nodes that there are */
  async move(storyId: number, places: readonly NodePlace[]): Promise<number[]> {
    return this.#ids(
      `UPDATE story_nodes AS node SET position_x = place.x, position_y = place.y
       FROM unnest($2::bigint[], $3::float8[], $4::float8[]) AS place (node_id, x, y)
       WHERE node.node_id = place.node_id AND story_id = $1 AND deleted_at IS NULL
       RETURNING node.node_id AS id`,
      [
        storyId,
        places.map(({ nodeId }) => nodeId),
        places.map(({ x }) => x),
        places.map(({ y }) => y),
      ],
    );
  }

  /** @returns the ids of the nodes that there are */
  group(storyId: number, nodeIds: readonly number[], chapter: string | null): Promise<number[]> {
    return this.#ids(
      `UPDATE story_nodes SET chapter = $3, revision = revision + (chapter IS DISTINCT FROM $3)::int,
         updated_at = CASE WHEN chapter IS DISTINCT FROM $3 THEN now() ELSE updated_at END
       WHERE story_id = $1 AND node_id = ANY($2) AND deleted_at IS NULL RETURNING node_id AS id`,
      [storyId, nodeIds, chapter],
    );
  }

  /** Tags that a node has keep their order; new ones follow. @returns the nodes that there are, and how many tags they have */
  tag(
    storyId: number,
    nodeIds: readonly number[],
    add: readonly string[],
    remove: readonly string[],
  ): Promise<{ id: number; tags: number }[]> {
    return this.database.query(
      `UPDATE story_nodes SET
         revision = revision + (NOT tags @> $3::text[] OR tags && $4::text[])::int,
         updated_at = CASE WHEN NOT tags @> $3::text[] OR tags && $4::text[] THEN now() ELSE updated_at END,
         tags = ARRAY(
           SELECT tag FROM unnest(tags || $3::text[]) WITH ORDINALITY AS given (tag, place)
           WHERE tag <> ALL($4::text[]) GROUP BY tag ORDER BY min(place)
         )
       WHERE story_id = $1 AND node_id = ANY($2) AND deleted_at IS NULL
       RETURNING node_id AS id, cardinality(tags) AS tags`,
      [storyId, nodeIds, add, remove],
    );
  }

  /** @returns the ids of the nodes of the chapter */
  renameChapter(storyId: number, from: string, to: string): Promise<number[]> {
    return this.#ids(
      `UPDATE story_nodes SET chapter = $3, revision = revision + ($2::text <> $3::text)::int,
         updated_at = CASE WHEN $2::text <> $3::text THEN now() ELSE updated_at END
       WHERE story_id = $1 AND chapter = $2 AND deleted_at IS NULL RETURNING node_id AS id`,
      [storyId, from, to],
    );
  }

  /**
   * Copies nodes and their choices, which lead to the copies of what is copied too, and else where they led. The copies
   * have the next free numbers for keys, and stand a little aside.
   * @param firstKey the number that the first copy gets for its key
   * @returns the ids of the copies, in the order of what they are copies of
   */
  duplicate(storyId: number, nodeIds: readonly number[], firstKey: number): Promise<number[]> {
    return this.#ids(DUPLICATE, [storyId, nodeIds, firstKey]);
  }

  /** The chapters of some drafts, by name. */
  async chapters(storyIds: readonly number[]): Promise<Map<number, MarkCount[]>> {
    return this.#counts(
      `SELECT story_id AS "storyId", chapter AS name, count(*) AS "nodeCount" FROM story_nodes
       WHERE story_id = ANY($1) AND deleted_at IS NULL AND chapter IS NOT NULL
       GROUP BY story_id, chapter ORDER BY chapter`,
      storyIds,
    );
  }

  /** The tags of some drafts, by name. */
  async tags(storyIds: readonly number[]): Promise<Map<number, MarkCount[]>> {
    return this.#counts(
      `SELECT story_id AS "storyId", tag AS name, count(DISTINCT node_id) AS "nodeCount"
       FROM story_nodes CROSS JOIN unnest(tags) AS tag
       WHERE story_id = ANY($1) AND deleted_at IS NULL AND tags <> '{}'
       GROUP BY story_id, tag ORDER BY tag`,
      storyIds,
    );
  }

  async #counts(sql: string, storyIds: readonly number[]): Promise<Map<number, MarkCount[]>> {
    const rows = await this.database.query<MarkCount & { storyId: number }>(sql, [storyIds]);
    return Map.groupBy(rows, ({ storyId }) => storyId);
  }

  async #ids(sql: string, parameters: readonly unknown[]): Promise<number[]> {
    return (await this.database.query<{ id: number }>(sql, parameters)).map(({ id }) => id);
  }
}

const DUPLICATE = `
  WITH source AS (
    SELECT *, ($3::bigint - 1 + row_number() OVER (ORDER BY node_id))::text AS copy_key FROM story_nodes
    WHERE story_id = $1 AND node_id = ANY($2) AND deleted_at IS NULL
  ), copy AS (
    INSERT INTO story_nodes (story_id, node_key, node_title, content, node_type, is_ending_node, ending_kind, ending,
      effects, media, tags, chapter, position_x, position_y)
    SELECT story_id, copy_key, node_title, content, node_type, is_ending_node, ending_kind, ending, effects, media, tags,
      chapter, position_x + 40, position_y + 40
    FROM source ORDER BY node_id
    RETURNING node_id, node_key
  ), pair AS (
    SELECT source.node_id AS old_id, copy.node_id AS new_id FROM source JOIN copy ON copy.node_key = copy_key
  ), copied_choices AS (
    INSERT INTO choices (from_node_id, to_node_id, choice_text, choice_letter, consequences, condition, locked_text,
      effects, "check", puzzle, fail_to_node_id, timing, "order")
    SELECT pair.new_id, coalesce(target.new_id, to_node_id), choice_text, choice_letter, consequences, condition,
      locked_text, effects, "check", puzzle, coalesce(fail_target.new_id, fail_to_node_id), timing, "order"
    FROM choices JOIN pair ON from_node_id = pair.old_id
      LEFT JOIN pair AS target ON target.old_id = to_node_id
      LEFT JOIN pair AS fail_target ON fail_target.old_id = fail_to_node_id
    WHERE deleted_at IS NULL
    ORDER BY pair.new_id, "order"
  )
  SELECT new_id AS id FROM pair ORDER BY old_id`;
