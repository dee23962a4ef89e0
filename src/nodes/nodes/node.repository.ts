import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database } from '../../database/database.js';
import { NodeEntity } from './node.entity.js';

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
>;

@Injectable()
export class NodeRepository {
  constructor(private readonly database: Database) {}

  findById(nodeId: number): Promise<NodeEntity | null> {
    return this.#nodes.findOneBy({ nodeId, deletedAt: IsNull() });
  }

  /** The story of a node, deleted nodes included: older versions still have them. */
  async storyIdOf(nodeId: number): Promise<number | undefined> {
    const [row] = await this.database.query<{ storyId: number }>(
      'SELECT story_id AS "storyId" FROM story_nodes WHERE node_id = $1',
      [nodeId],
    );
    return row?.storyId;
  }

  findByIds(nodeIds: readonly number[]): Promise<NodeEntity[]> {
    return this.#live().andWhere('node.nodeId = ANY(:nodeIds)', { nodeIds }).getMany();
  }

  findByKey(storyId: number, nodeKey: string): Promise<NodeEntity | null> {
    return this.#nodes.findOneBy({ storyId, nodeKey, deletedAt: IsNull() });
  }

  findStart(storyId: number): Promise<NodeEntity | null> {
    return this.#nodes.findOneBy({ storyId, isStartingNode: true, deletedAt: IsNull() });
  }

  /** All nodes of a story, oldest first. */
  findAll(storyId: number): Promise<NodeEntity[]> {
    return this.#ofStory(storyId).orderBy('node.nodeId').getMany();
  }

  findPage(storyId: number, limit: number, after = 0): Promise<NodeEntity[]> {
    return this.#ofStory(storyId)
      .andWhere('node.nodeId > :after', { after })
      .orderBy('node.nodeId')
      .limit(limit)
      .getMany();
  }

  count(storyId: number): Promise<number> {
    return this.#ofStory(storyId).getCount();
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

  /** @returns null when another revision is in force, or the node is gone */
  async update(
    nodeId: number,
    revision: number,
    changes: Partial<NodeContent>,
  ): Promise<NodeEntity | null> {
    const { affected } = await this.#nodes.update(
      { nodeId, revision, deletedAt: IsNull() },
      { ...changes, revision: revision + 1, updatedAt: () => 'now()' },
    );
    return affected === 1 ? this.findById(nodeId) : null;
  }

  /** Takes the start mark from whatever node has it. */
  async clearStart(storyId: number): Promise<void> {
    await this.database.query(
      `UPDATE story_nodes SET is_starting_node = false, revision = revision + 1, updated_at = now()
       WHERE story_id = $1 AND is_starting_node AND deleted_at IS NULL`,
      [storyId],
    );
  }

  /** Keeps the row from changing until the transaction ends. */
  async lock(nodeId: number): Promise<void> {
    await this.database.query('SELECT FROM story_nodes WHERE node_id = $1 FOR UPDATE', [nodeId]);
  }

  /** Marks the node and the choices that lead away from it as deleted. @returns false when the revision differs */
  async delete(nodeId: number, revision: number | undefined): Promise<boolean> {
    const rows = await this.database.query(
      `WITH gone AS (
         UPDATE story_nodes SET deleted_at = now(), revision = revision + 1
         WHERE node_id = $1 AND deleted_at IS NULL AND ($2::int IS NULL OR revision = $2)
         RETURNING node_id
       ), choices_gone AS (
         UPDATE choices SET deleted_at = now(), revision = revision + 1
         WHERE from_node_id IN (SELECT node_id FROM gone) AND deleted_at IS NULL
       )
       SELECT node_id FROM gone`,
      [nodeId, revision ?? null],
    );
    return rows.length > 0;
  }

  #ofStory(storyId: number) {
    return this.#live().andWhere('node.storyId = :storyId', { storyId });
  }

  #live() {
    return this.#nodes.createQueryBuilder('node').where('node.deletedAt IS NULL');
  }

  get #nodes() {
    return this.database.manager.getRepository(NodeEntity);
  }
}
