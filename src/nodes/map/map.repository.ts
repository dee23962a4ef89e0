import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { NodeKind } from '../nodes/node.entity.js';

/** A part of an author's map. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A node as a map shows it. */
export interface MapNodeRow {
  readonly nodeId: number;
  readonly key: string;
  readonly title: string;
  readonly type: NodeKind;
  readonly isStart: boolean;
  readonly chapter: string | null;
  readonly x: number | null;
  readonly y: number | null;
}

/** A choice as a map shows it, from one of its ends. */
export interface MapEdgeRow {
  readonly choiceId: number;
  readonly letter: string;
  readonly isFailure: boolean;
  /** The node at the other end. */
  readonly nodeId: number;
  readonly x: number | null;
  readonly y: number | null;
}

/** A rectangle of a map, and what lies in it. */
export interface TileRow {
  readonly column: number;
  readonly row: number;
  readonly nodeCount: number;
  readonly chapter: string | null;
}

/** How many edges that arrive at a node a map shows. */
export const MOST_ARRIVING = 50;

@Injectable()
export class MapRepository {
  constructor(private readonly database: Database) {}

  /** The nodes of an area from left to right, the first `limit` after a place in that order. */
  nodesIn(
    storyId: number,
    { x, y, width, height }: Area,
    limit: number,
    [afterX, afterId]: readonly [number, number],
  ): Promise<MapNodeRow[]> {
    return this.database.query(
      `${MAP_NODES}
         AND position_x BETWEEN $2 AND $3 AND position_y BETWEEN $4 AND $5
         AND (position_x, node_id) > ($6::float8, $7::bigint)
       ORDER BY position_x, node_id LIMIT $8`,
      [storyId, x, x + width, y, y + height, afterX, afterId, limit],
    );
  }

  async countIn(storyId: number, { x, y, width, height }: Area): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*) AS count FROM story_nodes WHERE story_id = $1 AND deleted_at IS NULL
         AND position_x BETWEEN $2 AND $3 AND position_y BETWEEN $4 AND $5`,
      [storyId, x, x + width, y, y + height],
    );
    return row?.count ?? 0;
  }

  /** The leftmost and the lowest place of the nodes of a draft; null where none has a place. */
  async lowerLeft(storyId: number): Promise<{ readonly x: number; readonly y: number } | null> {
    const [row] = await this.database.query<{ x: number | null; y: number | null }>(
      `SELECT min(position_x) AS x, max(position_y) AS y FROM story_nodes
       WHERE story_id = $1 AND deleted_at IS NULL AND position_x IS NOT NULL AND position_y IS NOT NULL`,
      [storyId],
    );
    return row?.x == null || row.y === null ? null : { x: row.x, y: row.y };
  }

  /** The nodes that stand nowhere yet, oldest first. */
  unplaced(storyId: number, limit: number, afterId: number): Promise<MapNodeRow[]> {
    return this.database.query(
      `${MAP_NODES} AND (position_x IS NULL OR position_y IS NULL) AND node_id > $2
       ORDER BY node_id LIMIT $3`,
      [storyId, afterId, limit],
    );
  }

  async countUnplaced(storyId: number): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*) AS count FROM story_nodes WHERE story_id = $1 AND deleted_at IS NULL
         AND (position_x IS NULL OR position_y IS NULL)`,
      [storyId],
    );
    return row?.count ?? 0;
  }

  /** What leads away from some nodes, in the order of their choices. Where a node is deleted, nothing leads there. */
  async leaving(nodeIds: readonly number[]): Promise<Map<number, MapEdgeRow[]>> {
    const rows = await this.database.query<MapEdgeRow & { of: number }>(
      `SELECT from_node_id AS of, choice_id AS "choiceId", choice_letter AS letter, "isFailure",
         other.node_id AS "nodeId", other.position_x AS x, other.position_y AS y
       FROM choices
         CROSS JOIN LATERAL (VALUES (to_node_id, false), (fail_to_node_id, true)) AS way (target, "isFailure")
         JOIN story_nodes AS other ON other.node_id = target AND other.deleted_at IS NULL
       WHERE from_node_id = ANY($1) AND choices.deleted_at IS NULL
       ORDER BY from_node_id, "order", "isFailure"`,
      [nodeIds],
    );
    return Map.groupBy(rows, ({ of }) => of);
  }

  /** What leads to some nodes, oldest first: at most {@link MOST_ARRIVING} each. */
  async arriving(nodeIds: readonly number[]): Promise<Map<number, MapEdgeRow[]>> {
    const rows = await this.database.query<MapEdgeRow & { of: number }>(
      `SELECT node.id AS of, edge."choiceId", edge.letter, edge."isFailure",
         other.node_id AS "nodeId", other.position_x AS x, other.position_y AS y
       FROM unnest($1::bigint[]) AS node (id)
         CROSS JOIN LATERAL (
           (SELECT choice_id AS "choiceId", choice_letter AS letter, from_node_id, false AS "isFailure" FROM choices
             WHERE to_node_id = node.id AND deleted_at IS NULL ORDER BY choice_id LIMIT $2)
           UNION ALL
           (SELECT choice_id, choice_letter, from_node_id, true FROM choices
             WHERE fail_to_node_id = node.id AND deleted_at IS NULL ORDER BY choice_id LIMIT $2)
           ORDER BY 1, 4 LIMIT $2
         ) AS edge
         JOIN story_nodes AS other ON other.node_id = edge.from_node_id AND other.deleted_at IS NULL
       ORDER BY node.id, edge."choiceId", edge."isFailure"`,
      [nodeIds, MOST_ARRIVING],
    );
    return Map.groupBy(rows, ({ of }) => of);
  }

  /** An area cut into columns and rows: the tiles that have nodes, row by row. */
  tiles(
    storyId: number,
    { x, y, width, height }: Area,
    columns: number,
    rows: number,
  ): Promise<TileRow[]> {
    return this.database.query(
      `SELECT least(floor((position_x - $2) / $3 * $6::int), $6 - 1)::int AS "column",
         least(floor((position_y - $4) / $5 * $7::int), $7 - 1)::int AS row,
         count(*) AS "nodeCount", mode() WITHIN GROUP (ORDER BY chapter) AS chapter
       FROM story_nodes
       WHERE story_id = $1 AND deleted_at IS NULL
         AND position_x BETWEEN $2 AND $2::float8 + $3 AND position_y BETWEEN $4 AND $4::float8 + $5
       GROUP BY 1, 2 ORDER BY 2, 1`,
      [storyId, x, width, y, height, columns, rows],
    );
  }
}

const MAP_NODES = `
  SELECT node_id AS "nodeId", node_key AS key, node_title AS title, node_type AS type,
    is_starting_node AS "isStart", chapter, position_x AS x, position_y AS y
  FROM story_nodes WHERE story_id = $1 AND deleted_at IS NULL`;
