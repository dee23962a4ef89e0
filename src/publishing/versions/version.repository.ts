import { Injectable } from '@nestjs/common';
import { anyOf } from '../../database/any-of.js';
import { Database, type PreparedStatement } from '../../database/database.js';
import type { NodeDefinition, StoryDefinition } from '../../engine/core/definition.js';
import { StoryVersionEntity } from './version.entity.js';

export type VersionHead = Omit<StoryVersionEntity, 'snapshot'>;

export type NewVersion = Pick<
  StoryVersionEntity,
  'storyId' | 'number' | 'contentHash' | 'note' | 'publishedBy'
> & { readonly snapshot: string };

export interface VersionSnapshot {
  readonly versionId: number;
  readonly storyId: number;
  readonly number: number;
  readonly snapshot: StoryDefinition;
}

/** A node of a version, its place among them from 1, and with the first one all else that the snapshot has. */
interface NodeRow extends Omit<VersionSnapshot, 'snapshot'> {
  readonly place: number;
  readonly node: NodeDefinition;
  readonly rest: Omit<StoryDefinition, 'nodes'> | null;
}

export type SnapshotText = Pick<NewVersion, 'number' | 'snapshot'>;

/** A row for each node: the driver reads a row at a time, and others are served between what arrives together. */
const NODES_OF_VERSIONS: PreparedStatement = {
  name: 'nodes-of-versions',
  text: `
    SELECT version_id AS "versionId", story_id AS "storyId", number, place::integer, node,
      CASE WHEN place = 1 THEN snapshot - 'nodes' END AS rest
    FROM story_versions,
      jsonb_array_elements(snapshot -> 'nodes') WITH ORDINALITY AS each (node, place)
    WHERE version_id = ${anyOf('$1')}`,
};

const HEAD = [
  'version.versionId',
  'version.storyId',
  'version.number',
  'version.contentHash',
  'version.note',
  'version.publishedBy',
  'version.createdAt',
];

@Injectable()
export class VersionRepository {
  constructor(private readonly database: Database) {}

  async findSnapshots(versionIds: readonly number[]): Promise<VersionSnapshot[]> {
    const found = new Map<number, VersionSnapshot & { snapshot: { nodes: NodeDefinition[] } }>();
    const rows = await this.database.prepared<NodeRow>(NODES_OF_VERSIONS, [versionIds]);
    for (const { place, node, rest, ...version } of rows) {
      const { versionId } = version;
      const known = found.get(versionId) ?? { ...version, snapshot: { nodes: [] } };
      Object.assign(known.snapshot, rest).nodes[place - 1] = node;
      found.set(versionId, known);
    }
    return [...found.values()];
  }

  /** What a version of a story keeps, as JSON; undefined when it is none of that story’s. */
  async snapshotText(storyId: number, versionId: number): Promise<SnapshotText | undefined> {
    const [version] = await this.database.query<SnapshotText>(
      `SELECT number, snapshot::text FROM story_versions WHERE story_id = $1 AND version_id = $2`,
      [storyId, versionId],
    );
    return version;
  }

  /** Versions without their snapshots. */
  findHeads(versionIds: readonly number[]): Promise<VersionHead[]> {
    return this.#versions
      .createQueryBuilder('version')
      .select(HEAD)
      .where('version.versionId = ANY(:versionIds)', { versionIds })
      .getMany();
  }

  /** The newest version of a story, without its snapshot. */
  newest(storyId: number): Promise<VersionHead | null> {
    return this.#versions
      .createQueryBuilder('version')
      .select(HEAD)
      .where('version.storyId = :storyId', { storyId })
      .orderBy('version.number', 'DESC')
      .limit(1)
      .getOne();
  }

  /** The versions of a story without their snapshots, newest first. */
  findPage(storyId: number, limit: number, before?: number): Promise<VersionHead[]> {
    return this.#versions
      .createQueryBuilder('version')
      .select(HEAD)
      .where('version.storyId = :storyId', { storyId })
      .andWhere(before === undefined ? 'true' : 'version.number < :before', { before })
      .orderBy('version.number', 'DESC')
      .limit(limit)
      .getMany();
  }

  /** The ids of a story's versions that have this content. */
  async idsOfContent(storyId: number, contentHash: string): Promise<Set<number>> {
    const versions = await this.#versions.find({
      select: { versionId: true },
      where: { storyId, contentHash },
    });
    return new Set(versions.map(({ versionId }) => versionId));
  }

  /** The id of a story’s version, by its number; undefined when there is none. */
  async idOfNumber(storyId: number, number: number): Promise<number | undefined> {
    const version = await this.#versions.findOne({
      select: { versionId: true },
      where: { storyId, number },
    });
    return version?.versionId;
  }

  /** The ids of earlier versions of the same story that have another content. */
  async outdatedBy(versionId: number): Promise<Set<number>> {
    const rows = await this.database.query<{ versionId: number }>(
      `SELECT earlier.version_id AS "versionId"
       FROM story_versions AS later JOIN story_versions AS earlier USING (story_id)
       WHERE later.version_id = $1 AND earlier.number < later.number
         AND earlier.content_hash <> later.content_hash`,
      [versionId],
    );
    return new Set(rows.map((row) => row.versionId));
  }

  count(storyId: number): Promise<number> {
    return this.#versions.countBy({ storyId });
  }

  /** @param version with its snapshot as JSON */
  async insert({
    storyId,
    number,
    snapshot,
    contentHash,
    note,
    publishedBy,
  }: NewVersion): Promise<{ readonly versionId: number }> {
    const [row] = await this.database.query<{ versionId: number }>(
      `INSERT INTO story_versions (story_id, number, snapshot, content_hash, note, published_by)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING version_id AS "versionId"`,
      [storyId, number, snapshot, contentHash, note, publishedBy],
    );
    return row!;
  }

  get #versions() {
    return this.database.manager.getRepository(StoryVersionEntity);
  }
}
