import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { DraftChangeEntity, DraftEditEntity } from '../../stories/changes/draft-change.entity.js';

type RowKind = DraftEditEntity['kind'];

/** Which way a change is gone through: back to what was before it, or on to what it made. */
export type Direction = 'before' | 'after';

/** What a change did to one row, and where that row is. */
export interface NetEdit {
  readonly kind: RowKind;
  readonly rowId: number;
  /** Where it stands among the rows of its change. */
  readonly place: number;
  /** The node, or the node that the choice leads away from; null for the story itself. */
  readonly nodeId: number | null;
  readonly nodeKey: string | null;
  /** Of a choice. */
  readonly letter: string | null;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  /** All that the row had before, where the change deleted it or brought it back. */
  readonly whole: Readonly<Record<string, unknown>> | null;
}

/** A change of each story, by its id. */
type NewestChanges = ReadonlyMap<number, DraftChangeEntity | undefined>;

/** The rows of each kind: their table, its key, and the columns that authors have a say in. */
const TABLES: Readonly<Record<RowKind, { name: string; key: string; columns: readonly string[] }>> =
  {
    story: {
      name: 'stories',
      key: 'story_id',
      columns: [
        ...['slug', 'title', 'description', 'difficulty_level', 'category', 'tags', 'language'],
        ...['spoiler_guard', 'schema', 'cover', 'source_id'],
      ],
    },
    node: {
      name: 'story_nodes',
      key: 'node_id',
      columns: [
        ...['node_key', 'node_title', 'content', 'is_starting_node', 'is_ending_node'],
        ...['node_type', 'ending_kind', 'ending', 'effects', 'position_x', 'position_y'],
        ...['tags', 'chapter', 'media', 'deleted_at'],
      ],
    },
    choice: {
      name: 'choices',
      key: 'choice_id',
      columns: [
        ...['from_node_id', 'to_node_id', 'choice_text', 'choice_letter', 'consequences'],
        ...['condition', 'locked_text', 'effects', '"check"', 'puzzle', 'fail_to_node_id'],
        ...['timing', '"order"', 'deleted_at'],
      ],
    },
  };

/** In the order in which rows refer to each other. */
const ROW_KINDS = Object.keys(TABLES) as RowKind[];

/** What changes did to drafts, and drafts as they were before. */
@Injectable()
export class HistoryRepository {
  constructor(private readonly database: Database) {}

  findById(changeId: number): Promise<DraftChangeEntity | null> {
    return this.#changes.findOneBy({ changeId });
  }

  /** The change that deleted a node or choice last. */
  deletionOf(kind: 'node' | 'choice', rowId: number): Promise<DraftChangeEntity | null> {
    return this.#changes
      .createQueryBuilder('change')
      .innerJoin(DraftEditEntity, 'edit', 'edit.changeId = change.changeId')
      .where('edit.kind = :kind AND edit.rowId = :rowId', { kind, rowId })
      .andWhere(`edit.after ->> 'deleted_at' IS NOT NULL`)
      .orderBy('edit.editId', 'DESC')
      .limit(1)
      .getOne();
  }

  /** Newest first. @param nodeId only those that did something to this node or its choices */
  findPage(
    storyId: number,
    nodeId: number | undefined,
    limit: number,
    before?: number,
  ): Promise<DraftChangeEntity[]> {
    return this.#of(storyId, nodeId)
      .andWhere(before === undefined ? 'true' : 'change.changeId < :before', { before })
      .orderBy('change.changeId', 'DESC')
      .limit(limit)
      .getMany();
  }

  count(storyId: number, nodeId: number | undefined): Promise<number> {
    return this.#of(storyId, nodeId).getCount();
  }

  /** Of each of some stories, the newest change by the user that stands, and can be taken back. */
  lastStanding(storyIds: readonly number[], userId: number): Promise<NewestChanges> {
    return this.#newest(
      `SELECT change_id FROM draft_changes
       WHERE story_id = story.id AND user_id = :userId AND kind NOT IN ('undo', 'redo') AND undone_by IS NULL
       ORDER BY change_id DESC LIMIT 1`,
      storyIds,
      userId,
    );
  }

  /** Of each, the change that the user took back last, unless they have changed something else since. */
  lastUndone(storyIds: readonly number[], userId: number): Promise<NewestChanges> {
    return this.#newest(
      `SELECT undone.change_id FROM draft_changes AS undone
         JOIN draft_changes AS undo ON undo.change_id = undone.undone_by
       WHERE undone.story_id = story.id AND undo.user_id = :userId AND NOT EXISTS (
         SELECT FROM draft_changes AS newer
         WHERE newer.story_id = story.id AND newer.user_id = :userId
           AND newer.kind NOT IN ('undo', 'redo') AND newer.change_id > undone.undone_by
       )
       ORDER BY undone.undone_by DESC LIMIT 1`,
      storyIds,
      userId,
    );
  }

  /** @param sql finds the change of `story` */
  async #newest(sql: string, storyIds: readonly number[], userId: number): Promise<NewestChanges> {
    const changes = await this.#changes
      .createQueryBuilder('change')
      .where(
        `change.changeId IN (
           SELECT newest.change_id
           FROM unnest(CAST(:storyIds AS bigint[])) AS story (id) CROSS JOIN LATERAL (${sql}) AS newest
         )`,
        { storyIds, userId },
      )
      .getMany();
    return new Map(changes.map((change) => [change.storyId, change]));
  }

  /** What some changes did, a page of rows each: the first `limit` whose place is after `after`. */
  async netEdits(
    changeIds: readonly number[],
    limit: number,
    after: number,
  ): Promise<Map<number, NetEdit[]>> {
    const rows = await this.database.query<NetEdit & { changeId: number }>(
      `SELECT change.id AS "changeId", edit.place, edit.kind, edit.row_id AS "rowId", edit.before, edit.after,
         CASE WHEN edit.after ? 'deleted_at' THEN (
           SELECT coalesce(to_jsonb(choice), to_jsonb(node)) || jsonb_object_agg(was.key, was.value ORDER BY edit_id DESC)
           FROM draft_edits AS written CROSS JOIN jsonb_each(written.before) AS was
           WHERE written.kind = edit.kind AND written.row_id = edit.row_id AND edit_id >= edit.place
         ) END AS whole,
         node.node_id AS "nodeId", node.node_key AS "nodeKey", choice.choice_letter AS letter
       FROM unnest($1::bigint[]) AS change (id)
         CROSS JOIN LATERAL (
           SELECT * FROM draft_net_edits(change.id) WHERE place > $3 ORDER BY place LIMIT $2
         ) AS edit
         LEFT JOIN choices AS choice ON edit.kind = 'choice' AND choice_id = edit.row_id
         LEFT JOIN story_nodes AS node
           ON node_id = CASE edit.kind WHEN 'node' THEN edit.row_id ELSE choice.from_node_id END
       ORDER BY edit.place`,
      [changeIds, limit, after],
    );
    return Map.groupBy(rows, ({ changeId }) => changeId);
  }

  /** How many rows each of some changes did something to. */
  async editCounts(changeIds: readonly number[]): Promise<Map<number, number>> {
    const rows = await this.database.query<{ changeId: number; count: number }>(
      `SELECT change_id AS "changeId", count(DISTINCT (kind, row_id)) AS count FROM draft_edits
       WHERE change_id = ANY($1) GROUP BY change_id`,
      [changeIds],
    );
    return new Map(rows.map(({ changeId, count }) => [changeId, count]));
  }

  async markUndone(changeId: number, undoneBy: number | null): Promise<void> {
    await this.#changes.update({ changeId }, { undoneBy });
  }

  /**
   * Keeps the rows of a change, and the order of the choices that are among them, from being written until the
   * transaction ends.
   * @returns the newest change among those that have since written what this one wrote; undefined where there is none
   */
  async standingInTheWay(changeId: number, from: Direction): Promise<number | undefined> {
    await this.database.query(
      `SELECT FROM story_nodes WHERE node_id IN (
         SELECT from_node_id FROM draft_net_edits($1) JOIN choices ON kind = 'choice' AND choice_id = row_id
       ) ORDER BY node_id FOR NO KEY UPDATE`,
      [changeId],
    );
    const newest: number[] = [];
    for (const kind of ROW_KINDS) {
      const { name, key } = TABLES[kind];
      await this.database.query(
        `SELECT FROM ${name} WHERE ${key} IN (
           SELECT row_id FROM draft_net_edits($1) WHERE kind = $2
         ) ORDER BY ${key} FOR NO KEY UPDATE`,
        [changeId, kind],
      );
      const [row] = await this.database.query<{ changeId: number | null }>(
        `SELECT max(later.change_id) AS "changeId"
         FROM draft_net_edits($1) AS edit
           JOIN ${name} AS now ON now.${key} = edit.row_id
           JOIN draft_edits AS later ON later.kind = edit.kind AND later.row_id = edit.row_id
         WHERE edit.kind = $2 AND later.edit_id > edit.place AND later.change_id <> $1
           AND jsonb_populate_record(now, edit.${from}) IS DISTINCT FROM now`,
        [changeId, kind],
      );
      if (row?.changeId) newest.push(row.changeId);
    }
    return newest.length === 0 ? undefined : Math.max(...newest);
  }

  /** Gives the rows of a change the values that they had before it, or after it. */
  async apply(changeId: number, to: Direction): Promise<void> {
    // First out of each other's way: keys and the mark of the start are unique at every moment.
    await this.database.query(
      `UPDATE story_nodes AS now SET
         node_key = CASE WHEN edit.${to} ? 'node_key' THEN '~' || node_id ELSE node_key END,
         is_starting_node = is_starting_node AND NOT edit.${to} ? 'is_starting_node',
         deleted_at = coalesce((edit.${to} ->> 'deleted_at')::timestamptz, deleted_at)
       FROM draft_net_edits($1) AS edit
       WHERE edit.kind = 'node' AND node_id = edit.row_id
         AND edit.${to} ?| '{node_key,is_starting_node,deleted_at}'`,
      [changeId],
    );
    for (const kind of ROW_KINDS) {
      const { name, key, columns } = TABLES[kind];
      await this.database.query(
        `UPDATE ${name} AS now SET (${columns.join(', ')}) = (
           SELECT ${columns.join(', ')} FROM jsonb_populate_record(now, edit.${to})
         ), revision = revision + 1, updated_at = now()
         FROM draft_net_edits($1) AS edit WHERE edit.kind = $2 AND ${key} = edit.row_id`,
        [changeId, kind],
      );
    }
  }

  /** The choices of the nodes whose order has gaps, or has a place twice, with a change of their choices: in order. */
  misplacedChoices(changeId: number): Promise<{ choiceId: number; place: number }[]> {
    return this.database.query(
      `WITH placed AS (
         SELECT choice_id, from_node_id, "order",
           row_number() OVER (PARTITION BY from_node_id ORDER BY "order", choice_id) AS place
         FROM choices WHERE deleted_at IS NULL AND from_node_id IN (
           SELECT from_node_id FROM draft_net_edits($1) JOIN choices ON kind = 'choice' AND choice_id = row_id
         )
       )
       SELECT choice_id AS "choiceId", place FROM placed
       WHERE from_node_id IN (SELECT from_node_id FROM placed WHERE "order" <> place)`,
      [changeId],
    );
  }

  /** @param nodeId only those that did something to this node or its choices */
  #of(storyId: number, nodeId?: number) {
    const changes = this.#changes
      .createQueryBuilder('change')
      .where('change.storyId = :storyId', { storyId });
    if (nodeId === undefined) return changes;
    return changes.andWhere(
      `EXISTS (
         SELECT FROM draft_edits AS edit WHERE edit.change_id = change.change_id
           AND (edit.kind = 'node' AND edit.row_id = :nodeId OR edit.kind = 'choice' AND edit.row_id IN (
             SELECT choice_id FROM choices WHERE from_node_id = :nodeId))
       )`,
      { nodeId },
    );
  }

  get #changes() {
    return this.database.manager.getRepository(DraftChangeEntity);
  }
}
