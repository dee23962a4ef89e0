import { Injectable } from '@nestjs/common';
import { IsNull, type SelectQueryBuilder } from 'typeorm';
import type { NodeDefinition } from '../../engine/core/definition.js';
import { Caches } from '../../cache/caches.js';
import { Database, type PreparedStatement } from '../../database/database.js';
import { wouldDiffer } from '../../stories/changes/would-differ.js';
import { NodeEntity, type NodeKind } from './node.entity.js';

export type NodeContent = Pick<
  NodeEntity,
  | 'nodeKey'
  | 'nodeTitle'
  | 'content'
  | 'isStartingNode'
  | 'isEndingNode'
  | 'nodeType'
  | 'endingKind'
  | 'positionX'
  | 'positionY'
> &
  Partial<Pick<NodeEntity, 'ending' | 'effects' | 'media' | 'tags' | 'chapter'>>;

/** What a diagram shows of a node. */
export type DrawnNode = Pick<
  NodeEntity,
  'nodeId' | 'nodeKey' | 'nodeTitle' | 'nodeType' | 'isStartingNode'
>;

const FIND_DRAWN: PreparedStatement = {
  name: 'nodes-drawn',
  text: `SELECT node_id AS "nodeId", node_key AS "nodeKey", node_title AS "nodeTitle", node_type AS "nodeType",
           is_starting_node AS "isStartingNode"
         FROM story_nodes WHERE story_id = $1 AND deleted_at IS NULL ORDER BY node_id`,
};

/** Which nodes of a draft are asked for; what is undefined is not asked. */
export interface NodeFilter {
  readonly tag?: string | undefined;
  /** Null for those without one. */
  readonly chapter?: string | null | undefined;
  readonly type?: NodeKind | undefined;
  /** Stands in the key, the title or the text, however it is capitalised. */
  readonly query?: string | null | undefined;
}

@Injectable()
export class NodeRepository {
  readonly #stories;

  constructor(
    private readonly database: Database,
    caches: Caches,
  ) {
    // A node stays in its story.
    this.#stories = caches.region<number>({
      name: 'stories-of-nodes',
      ttl: 60 * 60_000,
      mostBytes: 32 * 1024 * 1024,
    });
  }

  findById(nodeId: number): Promise<NodeEntity | null> {
    return this.#nodes.findOneBy({ nodeId, deletedAt: IsNull() });
  }

  /** The story of a node, deleted nodes included: older versions still have them. */
  storyIdOf(nodeId: number): Promise<number | undefined> {
    return this.#stories.get(String(nodeId), async () => {
      const [row] = await this.database.query<{ storyId: number }>(
        'SELECT story_id AS "storyId" FROM story_nodes WHERE node_id = $1',
        [nodeId],
      );
      return row?.storyId;
    });
  }

  /** Those of some ids that are nodes of a story, deleted ones included. */
  async everIn(storyId: number, nodeIds: readonly number[]): Promise<Set<number>> {
    const rows = await this.database.query<{ nodeId: number }>(
      'SELECT node_id AS "nodeId" FROM story_nodes WHERE story_id = $1 AND node_id = ANY($2)',
      [storyId, nodeIds],
    );
    return new Set(rows.map(({ nodeId }) => nodeId));
  }

  findByIds(nodeIds: readonly number[]): Promise<NodeEntity[]> {
    return this.#live()
      .andWhere('node.nodeId = ANY(:nodeIds)', { nodeIds })
      .orderBy('node.nodeId')
      .getMany();
  }

  /** The texts of all nodes of some stories. */
  findContents(storyIds: readonly number[]): Promise<Pick<NodeEntity, 'storyId' | 'content'>[]> {
    return this.#ofStories(storyIds)
      .select(['node.nodeId', 'node.storyId', 'node.content'])
      .getMany();
  }

  /** All nodes of a story, oldest first. */
  findAll(storyId: number): Promise<NodeEntity[]> {
    return this.#ofStories([storyId]).orderBy('node.nodeId').getMany();
  }

  /** What a diagram shows of all nodes of a story, oldest first. */
  findDrawn(storyId: number): Promise<DrawnNode[]> {
    return this.database.prepared<DrawnNode>(FIND_DRAWN, [storyId]);
  }

  /** The first `limit` nodes after `after` of each of some stories that a filter lets through, oldest first. */
  findPages(
    storyIds: readonly number[],
    limit: number,
    after: number,
    filter: NodeFilter = {},
  ): Promise<NodeEntity[]> {
    const { sql, values } = filterSql(filter);
    return this.#live()
      .andWhere(
        `node.nodeId IN (
           SELECT page.node_id
           FROM unnest(CAST(:storyIds AS bigint[])) AS story (id) CROSS JOIN LATERAL (
             SELECT node_id FROM story_nodes AS node
             WHERE story_id = story.id AND deleted_at IS NULL AND node_id > :after AND ${sql}
             ORDER BY node_id LIMIT :limit
           ) AS page
         )`,
        { storyIds, after, limit, ...values },
      )
      .orderBy('node.nodeId')
      .getMany();
  }

  /** The first `limit` nodes after `after` that a change did something to, oldest first. */
  findOfChange(changeId: number, limit: number, after: number): Promise<NodeEntity[]> {
    return this.#ofChange(changeId)
      .andWhere('node.nodeId > :after', { after })
      .orderBy('node.nodeId')
      .limit(limit)
      .getMany();
  }

  countOfChange(changeId: number): Promise<number> {
    return this.#ofChange(changeId).getCount();
  }

  /** The ids of those nodes of a story that a filter lets through. */
  async idsOf(storyId: number, filter: NodeFilter): Promise<number[]> {
    const nodes = await this.#filtered(this.#ofStories([storyId]), filter)
      .select('node.nodeId')
      .getMany();
    return nodes.map(({ nodeId }) => nodeId);
  }

  /** How many nodes each of some stories has that a filter lets through; stories without any are left out. */
  async counts(storyIds: readonly number[], filter: NodeFilter = {}): Promise<Map<number, number>> {
    const rows = await this.#filtered(this.#ofStories(storyIds), filter)
      .select('node.storyId', 'storyId')
      .addSelect('count(*)', 'count')
      .groupBy('node.storyId')
      .getRawMany<{ storyId: number; count: number }>();
    return new Map(rows.map(({ storyId, count }) => [storyId, count]));
  }

  /** The nodes of a story by id and key alone, without choices: what rules can refer to. */
  async skeleton(storyId: number): Promise<NodeDefinition[]> {
    const rows = await this.database.query<Pick<NodeDefinition, 'id' | 'key' | 'isStart'>>(
      `SELECT node_id AS id, node_key AS key, is_starting_node AS "isStart" FROM story_nodes
       WHERE story_id = $1 AND deleted_at IS NULL ORDER BY node_id`,
      [storyId],
    );
    return rows.map((row) => ({
      ...row,
      title: '',
      content: '',
      type: 'story',
      endingKind: null,
      choices: [],
    }));
  }

  count(storyId: number): Promise<number> {
    return this.#ofStories([storyId]).getCount();
  }

  /** The smallest number above all numeric keys of the story. */
  async nextKey(storyId: number): Promise<string> {
    const [row] = await this.database.query<{ next: string }>(
      `SELECT (coalesce(max(node_key::bigint), 0) + 1)::text AS next FROM story_nodes
       WHERE story_id = $1 AND deleted_at IS NULL AND node_key ~ '^[0-9]{1,15}$'`,
      [storyId],
    );
    return row?.next ?? '1';
  }

  insertMany(storyId: number, contents: readonly NodeContent[]): Promise<NodeEntity[]> {
    return this.#nodes.save(contents.map((content) => this.#nodes.create({ ...content, storyId })));
  }

  insert(storyId: number, content: NodeContent): Promise<NodeEntity> {
    return this.#nodes.save(this.#nodes.create({ ...content, storyId }));
  }

  /**
   * Raises the revision, unless the node is so already.
   * @returns null when another revision is in force, or the node is gone
   */
  async update(
    nodeId: number,
    revision: number,
    changes: Partial<NodeContent>,
  ): Promise<NodeEntity | null> {
    const node = await this.findById(nodeId);
    if (node?.revision === revision && !wouldDiffer(node, changes)) return node;
    const { affected } = await this.#nodes.update(
      { nodeId, revision, deletedAt: IsNull() },
      { ...changes, revision: revision + 1, updatedAt: () => 'now()' },
    );
    return affected === 1 ? this.findById(nodeId) : null;
  }

  /** Takes the start mark from whatever node has it, but `exceptNodeId`. */
  async clearStart(storyId: number, exceptNodeId = 0): Promise<void> {
    await this.database.query(
      `UPDATE story_nodes SET is_starting_node = false, revision = revision + 1, updated_at = now()
       WHERE story_id = $1 AND is_starting_node AND deleted_at IS NULL AND node_id <> $2`,
      [storyId, exceptNodeId],
    );
  }

  /** Keeps the node, and those whose choices lead to it, from changing until the transaction ends. */
  async lockWithSources(nodeId: number): Promise<void> {
    await this.database.query(
      `SELECT FROM story_nodes WHERE node_id = $1 OR node_id IN (
         SELECT from_node_id FROM choices WHERE deleted_at IS NULL AND (to_node_id = $1 OR fail_to_node_id = $1)
       ) ORDER BY node_id FOR NO KEY UPDATE`,
      [nodeId],
    );
  }

  /** Keeps the row from changing until the transaction ends. */
  async lock(nodeId: number): Promise<void> {
    await this.database.query('SELECT FROM story_nodes WHERE node_id = $1 FOR NO KEY UPDATE', [
      nodeId,
    ]);
  }

  /**
   * Marks the node and the choices that lead away from it as deleted. Choices that led to it lead nowhere then.
   * @returns false when the revision differs
   */
  async delete(nodeId: number, revision: number | undefined): Promise<boolean> {
    const rows = await this.database.query(
      `WITH gone AS (
         UPDATE story_nodes SET deleted_at = now(), revision = revision + 1
         WHERE node_id = $1 AND deleted_at IS NULL AND ($2::int IS NULL OR revision = $2)
         RETURNING node_id
       ), choices_gone AS (
         UPDATE choices SET deleted_at = now(), revision = revision + 1
         WHERE from_node_id IN (SELECT node_id FROM gone) AND deleted_at IS NULL
       ), choices_opened AS (
         UPDATE choices SET to_node_id = nullif(to_node_id, $1), fail_to_node_id = nullif(fail_to_node_id, $1),
           revision = revision + 1, updated_at = now()
         WHERE (to_node_id = $1 OR fail_to_node_id = $1) AND from_node_id <> $1 AND deleted_at IS NULL
           AND EXISTS (SELECT FROM gone)
       )
       SELECT node_id FROM gone`,
      [nodeId, revision ?? null],
    );
    return rows.length > 0;
  }

  #filtered(nodes: SelectQueryBuilder<NodeEntity>, filter: NodeFilter) {
    const { sql, values } = filterSql(filter);
    return nodes.andWhere(sql, values);
  }

  #ofChange(changeId: number) {
    return this.#live().andWhere(
      `node.nodeId IN (SELECT row_id FROM draft_edits WHERE change_id = :changeId AND kind = 'node')`,
      { changeId },
    );
  }

  #ofStories(storyIds: readonly number[]) {
    return this.#live().andWhere('node.storyId = ANY(:storyIds)', { storyIds });
  }

  #live() {
    return this.#nodes.createQueryBuilder('node').where('node.deletedAt IS NULL');
  }

  get #nodes() {
    return this.database.manager.getRepository(NodeEntity);
  }
}

/** The conditions on `node`, a row of `story_nodes`, with the parameters that they name. */
function filterSql({ tag, chapter, type, query }: NodeFilter) {
  const conditions = [
    ...(tag === undefined ? [] : [`node.tags <> '{}' AND node.tags @> ARRAY[:tag]`]),
    ...(chapter === undefined ? [] : ['node.chapter IS NOT DISTINCT FROM :chapter']),
    ...(type === undefined ? [] : ['node.node_type = :type']),
    ...(query ? [`concat_ws(' ', node.node_key, node.node_title, node.content) ILIKE :like`] : []),
  ];
  const like = query && `%${query.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return { sql: ['true', ...conditions].join(' AND '), values: { tag, chapter, type, like } };
}
