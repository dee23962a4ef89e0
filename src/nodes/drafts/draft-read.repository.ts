import { Injectable } from '@nestjs/common';
import { anyOf } from '../../database/any-of.js';
import { fromJson, selectList } from '../../database/columns.js';
import { Database, type PreparedStatement } from '../../database/database.js';
import { Lanes } from '../../database/lanes.js';
import { isKeepable } from '../../engine/core/keepable.js';
import { ChoiceEntity } from '../choices/choice.entity.js';
import { NodeEntity } from '../nodes/node.entity.js';
import { FEW, nameOf, type DraftShape } from './draft-shape.js';

/** A node of a draft with its choices, in order, where they were read. Columns that its shape leaves out are missing. */
export interface ReadNode extends NodeEntity {
  readonly ways?: readonly ReadChoice[];
}

/** A choice, with where it leads, where that was read; null leads nowhere, or to what was deleted. */
export interface ReadChoice extends ChoiceEntity {
  readonly to?: NodeEntity | null;
  readonly failTo?: NodeEntity | null;
}

/** A node of a story, by its key. */
interface AskedKey {
  readonly story_id: number;
  readonly node_key: string;
}

/** The rows of each level, as the statements answer. */
interface Rows {
  readonly nodes: readonly NodeEntity[];
  readonly choices: readonly ChoiceEntity[] | null;
  /** Where these choices lead, each node once. */
  readonly targets: readonly NodeEntity[] | null;
}

/** How many nodes are read by their keys at once at most: those of a page of stories. The list in the statement is limited to as many. */
const MOST_AT_ONCE = 100;

const IN_STORIES = `story_id = ${anyOf('$1')}`;

/** The conditions on `node` by which nodes are found. `$1` are the stories; of `key`, with the keys. */
const FOUND_BY = {
  page: `node_id IN (
    SELECT page.node_id FROM unnest($1::bigint[]) AS story (id) CROSS JOIN LATERAL (
      SELECT node_id FROM story_nodes
      WHERE story_id = story.id AND deleted_at IS NULL AND node_id > $3 ORDER BY node_id LIMIT $2
    ) AS page
  )`,
  key: `(story_id, node_key) IN (
    SELECT * FROM json_to_recordset($1) AS asked (story_id bigint, node_key text) LIMIT ${MOST_AT_ONCE}
  )`,
  start: `${IN_STORIES} AND is_starting_node`,
};

type FoundBy = keyof typeof FOUND_BY;

const listOf = (rows: string, order: string) =>
  `(SELECT coalesce(json_agg(${rows} ORDER BY ${order}), '[]') FROM ${rows})`;

const only = <Level extends keyof typeof FEW>(level: Level, shape: DraftShape) =>
  shape[level] === 'few' ? FEW[level] : undefined;

/**
 * Rows as JSON, one list for each level. The lists of ids stand as arrays, for which PostgreSQL always takes the
 * indexes, however many it expects.
 */
function readSql(foundBy: FoundBy, shape: DraftShape): string {
  const { choices, targets } = shape;
  return `WITH nodes AS MATERIALIZED (
        SELECT ${selectList(NodeEntity, 'node', only('nodes', shape))} FROM story_nodes AS node
        WHERE deleted_at IS NULL AND ${FOUND_BY[foundBy]}
      ), ways AS MATERIALIZED (
        SELECT ${selectList(ChoiceEntity, 'choice', only('choices', shape))} FROM choices AS choice
        WHERE from_node_id = ANY(ARRAY(SELECT "nodeId" FROM nodes)) AND deleted_at IS NULL
      ), targets AS MATERIALIZED (
        SELECT ${selectList(NodeEntity, 'node', only('targets', shape))} FROM story_nodes AS node
        WHERE deleted_at IS NULL AND node_id = ANY(ARRAY(
          SELECT "toNodeId" FROM ways UNION SELECT "failToNodeId" FROM ways
        ))
      )
      SELECT ${listOf('nodes', '"nodeId"')} AS nodes,
        ${choices === null ? 'NULL::json' : listOf('ways', '"fromNodeId", "order"')} AS choices,
        ${targets === null ? 'NULL::json' : listOf('targets', '"nodeId"')} AS targets`;
}

const nodeOf = fromJson(NodeEntity);
const choiceOf = fromJson(ChoiceEntity);

/** Reads nodes of drafts with their choices and where these lead: each time in one prepared statement. */
@Injectable()
export class DraftReadRepository {
  readonly #statements = new Map<string, PreparedStatement>();
  readonly #lanes = new Lanes();
  readonly #byKey = new Map<string, (asked: AskedKey) => Promise<ReadNode | undefined>>();

  constructor(private readonly database: Database) {}

  /** The first `limit` nodes after `after` of each of some stories, oldest first. */
  pages(
    storyIds: readonly number[],
    limit: number,
    after: number,
    shape: DraftShape,
  ): Promise<ReadNode[]> {
    return this.#read('page', shape, [storyIds, limit, after]);
  }

  /** The nodes of some stories that have this key: read together with those that others ask for at the same moment. */
  async byKey(storyIds: readonly number[], key: string, shape: DraftShape): Promise<ReadNode[]> {
    if (!isKeepable(key)) return [];
    const read = this.#together(shape);
    const nodes = await Promise.all(
      storyIds.map((storyId) => read({ story_id: storyId, node_key: key })),
    );
    return nodes.filter((node) => node !== undefined);
  }

  /** The nodes that some stories start at. */
  starts(storyIds: readonly number[], shape: DraftShape): Promise<ReadNode[]> {
    return this.#read('start', shape, [storyIds]);
  }

  #together(shape: DraftShape): (asked: AskedKey) => Promise<ReadNode | undefined> {
    const name = nameOf(shape);
    const read =
      this.#byKey.get(name) ??
      this.database.together(this.#lanes, MOST_AT_ONCE, (asked: readonly AskedKey[]) =>
        this.#readKeys(asked, shape),
      );
    this.#byKey.set(name, read);
    return read;
  }

  /** @returns a node for each, or undefined */
  async #readKeys(
    asked: readonly AskedKey[],
    shape: DraftShape,
  ): Promise<(ReadNode | undefined)[]> {
    const nodes = await this.#read('key', shape, [JSON.stringify(asked)]);
    const found = new Map(nodes.map((node) => [`${node.storyId} ${node.nodeKey}`, node]));
    return asked.map(({ story_id, node_key }) => found.get(`${story_id} ${node_key}`));
  }

  async #read(
    foundBy: FoundBy,
    shape: DraftShape,
    values: readonly unknown[],
  ): Promise<ReadNode[]> {
    const [rows] = await this.database.prepared<Rows>(this.#statement(foundBy, shape), values);
    return together(rows!);
  }

  #statement(foundBy: FoundBy, shape: DraftShape): PreparedStatement {
    const name = `draft-${foundBy}-${nameOf(shape)}`;
    const statement = this.#statements.get(name) ?? { name, text: readSql(foundBy, shape) };
    this.#statements.set(name, statement);
    return statement;
  }
}

/** Puts the rows of the levels into each other. */
function together({ nodes, choices, targets }: Rows): ReadNode[] {
  if (choices === null) return nodes.map(nodeOf);
  const found = targets && new Map(targets.map((node) => [node.nodeId, nodeOf(node)]));
  const at = (nodeId: number | null) => (nodeId === null ? null : (found?.get(nodeId) ?? null));
  const ways = Map.groupBy(
    choices.map((row): ReadChoice => {
      const choice = choiceOf(row);
      return found === null
        ? choice
        : { ...choice, to: at(choice.toNodeId), failTo: at(choice.failToNodeId) };
    }),
    ({ fromNodeId }) => fromNodeId,
  );
  return nodes.map((node) => ({ ...nodeOf(node), ways: ways.get(node.nodeId) ?? [] }));
}
