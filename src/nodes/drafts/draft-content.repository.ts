import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { NodeDefinition, StoryDefinition } from '../../engine/core/definition.js';
import { StoryHeads } from '../../stories/story-heads.js';
import { StoryRepository } from '../../stories/story.repository.js';

/** What a node has for its author alone. */
export interface NodeMarks {
  readonly tags: readonly string[];
  readonly chapter: string | null;
  /** Where it stands on the map; where it stood already when null. */
  readonly x: number | null;
  readonly y: number | null;
}

/**
 * A whole draft. Nodes that come without marks keep those that they have. With marks they keep their media where none are
 * given; empty ones take them away.
 */
export interface DraftContent extends StoryDefinition {
  readonly nodes: readonly (NodeDefinition & Partial<NodeMarks>)[];
}

/** Writes whole drafts, many rows with a statement. */
@Injectable()
export class DraftContentRepository {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryRepository,
    private readonly heads: StoryHeads,
  ) {}

  /** Keeps a draft from being written by others until the transaction ends. */
  async lock(storyId: number): Promise<void> {
    await this.stories.lock(storyId);
    await this.database.query(
      `SELECT FROM story_nodes WHERE story_id = $1 AND deleted_at IS NULL ORDER BY node_id FOR NO KEY UPDATE`,
      [storyId],
    );
  }

  /** Ids for so many nodes, or choices, that are new. */
  async newIds(table: 'story_nodes' | 'choices', count: number): Promise<number[]> {
    const key = table === 'choices' ? 'choice_id' : 'node_id';
    const rows = await this.database.query<{ id: number }>(
      `SELECT nextval(pg_get_serial_sequence('${table}', '${key}')) AS id FROM generate_series(1, $1)`,
      [count],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Makes a draft what `definition` says. Nodes and choices keep their ids: those that the draft has are changed, or
   * brought back if they are deleted; all others are marked as deleted. Rows that are so already stay untouched.
   */
  async write(storyId: number, { schema = {}, nodes }: DraftContent): Promise<void> {
    await this.database.query(
      `UPDATE stories SET schema = $2, revision = revision + 1, updated_at = now()
       WHERE story_id = $1 AND schema IS DISTINCT FROM $2`,
      [storyId, JSON.stringify(schema)],
    );
    await this.heads.changed(storyId);
    const ids = [nodes, nodes.flatMap(({ choices }) => choices)].map((rows) =>
      rows.map(({ id }) => id),
    );
    await this.database.query(DELETE_CHOICES, [storyId, ids[1]]);
    await this.database.query(DELETE_NODES, [storyId, ids[0]]);
    const keys = nodes.map(({ id, key, isStart }) => ({ id, key, isStart }));
    await this.database.query(MAKE_WAY, [storyId, JSON.stringify(keys)]);
    for (const batch of batches(nodes)) {
      await this.database.query(WRITE_NODES, [storyId, JSON.stringify(batch.map(nodeRow))]);
    }
    for (const batch of batches(nodes)) {
      await this.database.query(WRITE_CHOICES, [
        storyId,
        JSON.stringify(batch.flatMap(choiceRows)),
      ]);
    }
  }
}

/** How many nodes are written at a time: others are served in between. */
const BATCH = 1000;

function* batches<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let from = 0; from < rows.length; from += BATCH) yield rows.slice(from, from + BATCH);
}

const choiceRows = ({ id, choices }: NodeDefinition): object[] =>
  choices.map((choice, place) => ({ ...choice, from: id, order: place + 1 }));

/** A node without its choices, and of its media what a draft keeps of them. */
function nodeRow({ choices: _, media, ...node }: NodeDefinition): object {
  if (media === undefined) return node;
  const { image, audio } = media;
  return {
    ...node,
    media: { ...(image && { image: ref(image) }), ...(audio && { audio: ref(audio) }) },
  };
}

const ref = ({ id, alt }: { id: number; alt: string }) => ({ id, alt });

const DELETE_CHOICES = `
  UPDATE choices SET deleted_at = now(), revision = choices.revision + 1, updated_at = now()
  FROM story_nodes WHERE node_id = from_node_id AND story_id = $1
    AND choices.deleted_at IS NULL AND choice_id <> ALL($2::bigint[])`;

const DELETE_NODES = `
  UPDATE story_nodes SET deleted_at = now(), revision = revision + 1, updated_at = now()
  WHERE story_id = $1 AND deleted_at IS NULL AND node_id <> ALL($2::bigint[])`;

/** Keys and the mark of the start are unique at every moment: those that change hands are given up first. */
const MAKE_WAY = `
  UPDATE story_nodes SET
    node_key = CASE WHEN node_key = given.key THEN node_key ELSE '~' || node_id END,
    is_starting_node = is_starting_node AND given."isStart"
  FROM jsonb_to_recordset($2::jsonb) AS given (id bigint, key text, "isStart" boolean)
  WHERE story_id = $1 AND node_id = given.id AND deleted_at IS NULL
    AND (node_key <> given.key OR is_starting_node AND NOT given."isStart")`;

const WRITE_NODES = `
  INSERT INTO story_nodes AS now (node_id, story_id, node_key, node_title, content, node_type, is_ending_node,
    is_starting_node, ending_kind, ending, effects, media, tags, chapter, position_x, position_y)
  OVERRIDING SYSTEM VALUE
  SELECT id, $1, key, title, given.content, type, type = 'ending', "isStart", "endingKind", given.ending,
    given.effects, CASE WHEN given.tags IS NULL THEN given.media
      ELSE nullif(coalesce(given.media, before.media), '{}') END,
    coalesce(given.tags, before.tags, '{}'),
    CASE WHEN given.tags IS NULL THEN before.chapter ELSE given.chapter END,
    coalesce(x, before.position_x), coalesce(y, before.position_y)
  FROM jsonb_to_recordset($2::jsonb) AS given (id bigint, key text, title text, content text, type text,
    "isStart" boolean, "endingKind" text, ending text, effects jsonb, media jsonb, tags text[], chapter text,
    x double precision, y double precision)
    LEFT JOIN story_nodes AS before ON before.node_id = id
  ON CONFLICT (node_id) DO UPDATE SET
    (node_key, node_title, content, node_type, is_ending_node, is_starting_node, ending_kind, ending, effects,
      media, tags, chapter, position_x, position_y) = (
      excluded.node_key, excluded.node_title, excluded.content, excluded.node_type, excluded.is_ending_node,
      excluded.is_starting_node, excluded.ending_kind, excluded.ending, excluded.effects, excluded.media,
      excluded.tags, excluded.chapter, excluded.position_x, excluded.position_y),
    deleted_at = NULL, revision = now.revision + 1, updated_at = now()
  WHERE now.story_id = $1 AND (now.deleted_at IS NOT NULL
    OR (now.node_key, now.node_title, now.content, now.node_type, now.is_starting_node, now.ending_kind, now.ending,
      now.effects, now.media, now.tags, now.chapter, now.position_x, now.position_y)
    IS DISTINCT FROM (excluded.node_key, excluded.node_title, excluded.content, excluded.node_type,
      excluded.is_starting_node, excluded.ending_kind, excluded.ending, excluded.effects, excluded.media,
      excluded.tags, excluded.chapter, excluded.position_x, excluded.position_y))`;

const WRITE_CHOICES = `
  INSERT INTO choices AS now (choice_id, from_node_id, to_node_id, choice_text, choice_letter, consequences,
    condition, locked_text, effects, "check", puzzle, fail_to_node_id, timing, "order")
  OVERRIDING SYSTEM VALUE
  SELECT given.id, node_id, "to", text, letter, consequences, condition, "lockedText", given.effects, given."check",
    puzzle, "failTo", "after", "order"
  FROM jsonb_to_recordset($2::jsonb) AS given (id bigint, "from" bigint, "to" bigint, text text, letter text,
    consequences text, condition text, "lockedText" text, effects jsonb, "check" text, puzzle jsonb, "failTo" bigint,
    "after" double precision, "order" integer)
    JOIN story_nodes ON node_id = given."from" AND story_id = $1
  ON CONFLICT (choice_id) DO UPDATE SET
    (to_node_id, choice_text, choice_letter, consequences, condition, locked_text, effects, "check", puzzle,
      fail_to_node_id, timing, "order") = (excluded.to_node_id, excluded.choice_text, excluded.choice_letter,
      excluded.consequences, excluded.condition, excluded.locked_text, excluded.effects, excluded."check",
      excluded.puzzle, excluded.fail_to_node_id, excluded.timing, excluded."order"),
    deleted_at = NULL, revision = now.revision + 1, updated_at = now()
  WHERE now.from_node_id = excluded.from_node_id AND (now.deleted_at IS NOT NULL
    OR (now.to_node_id, now.choice_text, now.choice_letter, now.consequences, now.condition, now.locked_text,
      now.effects, now."check", now.puzzle, now.fail_to_node_id, now.timing, now."order")
    IS DISTINCT FROM (excluded.to_node_id, excluded.choice_text, excluded.choice_letter, excluded.consequences,
      excluded.condition, excluded.locked_text, excluded.effects, excluded."check", excluded.puzzle,
      excluded.fail_to_node_id, excluded.timing, excluded."order"))`;
