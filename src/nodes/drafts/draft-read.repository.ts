import { Injectable } from '@nestjs/common';
import { fromJson, selectList } from '../../database/columns.js';
import { Database, type PreparedStatement } from '../../database/database.js';
import { ChoiceEntity } from '../choices/choice.entity.js';
import { NodeEntity } from '../nodes/node.entity.js';

/** How far below its nodes a draft is read at once: not at all, to their choices, to where these lead. */
export type Depth = 'nodes' | 'choices' | 'targets';

/** Nodes of drafts with what lies below them, as far as it was asked for. */
export interface DraftRead {
  readonly nodes: readonly NodeEntity[];
  /** The choices of all these nodes, each node's in order. */
  readonly choices: readonly ChoiceEntity[] | null;
  /** Where these choices lead, but what is among the nodes. */
  readonly targets: readonly NodeEntity[] | null;
}

/** The conditions on `node` by which nodes are found. `$1` are the stories. */
const FOUND_BY = {
  page: `node_id IN (
    SELECT page.node_id FROM unnest($1::bigint[]) AS story (id) CROSS JOIN LATERAL (
      SELECT node_id FROM story_nodes
      WHERE story_id = story.id AND deleted_at IS NULL AND node_id > $3 ORDER BY node_id LIMIT $2
    ) AS page
  )`,
  key: 'story_id = ANY($1) AND node_key = $2',
  start: 'story_id = ANY($1) AND is_starting_node',
};

const listOf = (rows: string, order: string) =>
  `(SELECT coalesce(json_agg(${rows} ORDER BY ${order}), '[]') FROM ${rows})`;

/**
 * Whole rows as JSON, one list for each level. The lists of ids stand as arrays, for which PostgreSQL always takes the
 * indexes, however many it expects.
 */
function readSql(foundBy: keyof typeof FOUND_BY, depth: Depth): PreparedStatement {
  const hasChoices = depth !== 'nodes';
  const hasTargets = depth === 'targets';
  return {
    name: `draft-${foundBy}-${depth}`,
    text: `WITH nodes AS MATERIALIZED (
        SELECT ${selectList(NodeEntity, 'node')} FROM story_nodes AS node
        WHERE deleted_at IS NULL AND ${FOUND_BY[foundBy]}
      ), ways AS MATERIALIZED (
        SELECT ${selectList(ChoiceEntity, 'choice')} FROM choices AS choice
        WHERE from_node_id = ANY(ARRAY(SELECT "nodeId" FROM nodes)) AND deleted_at IS NULL
      ), targets AS MATERIALIZED (
        SELECT ${selectList(NodeEntity, 'node')} FROM story_nodes AS node
        WHERE deleted_at IS NULL AND node_id = ANY(ARRAY(
          SELECT "toNodeId" FROM ways UNION SELECT "failToNodeId" FROM ways EXCEPT SELECT "nodeId" FROM nodes
        ))
      )
      SELECT ${listOf('nodes', '"nodeId"')} AS nodes,
        ${hasChoices ? listOf('ways', '"fromNodeId", "order"') : 'NULL::json'} AS choices,
        ${hasTargets ? listOf('targets', '"nodeId"') : 'NULL::json'} AS targets`,
  };
}

const DEPTHS: readonly Depth[] = ['nodes', 'choices', 'targets'];

const statementsOf = (foundBy: keyof typeof FOUND_BY) =>
  Object.fromEntries(DEPTHS.map((depth) => [depth, readSql(foundBy, depth)])) as Record<
    Depth,
    PreparedStatement
  >;

const PAGES = statementsOf('page');
const BY_KEY = statementsOf('key');
const STARTS = statementsOf('start');

const nodeOf = fromJson(NodeEntity);
const choiceOf = fromJson(ChoiceEntity);

/** Reads nodes of drafts with their choices and where these lead: each time in one prepared statement. */
@Injectable()
export class DraftReadRepository {
  constructor(private readonly database: Database) {}

  /** The first `limit` nodes after `after` of each of some stories, oldest first. */
  pages(
    storyIds: readonly number[],
    limit: number,
    after: number,
    depth: Depth,
  ): Promise<DraftRead> {
    return this.#read(PAGES[depth], [storyIds, limit, after]);
  }

  /** The nodes of some stories that have this key. */
  byKey(storyIds: readonly number[], key: string, depth: Depth): Promise<DraftRead> {
    return this.#read(BY_KEY[depth], [storyIds, key]);
  }

  /** The nodes that some stories start at. */
  starts(storyIds: readonly number[], depth: Depth): Promise<DraftRead> {
    return this.#read(STARTS[depth], [storyIds]);
  }

  async #read(statement: PreparedStatement, values: readonly unknown[]): Promise<DraftRead> {
    const [read] = await this.database.prepared<DraftRead>(statement, values);
    return {
      nodes: read!.nodes.map(nodeOf),
      choices: read!.choices?.map(choiceOf) ?? null,
      targets: read!.targets?.map(nodeOf) ?? null,
    };
  }
}
