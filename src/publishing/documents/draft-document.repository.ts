import { Injectable } from '@nestjs/common';
import type { Effect, PuzzleDefinition, StorySchema } from '../../engine/core/definition.js';
import { Database } from '../../database/database.js';
import type { MediaRef } from '../../media/library/media-uses.js';
import type { NodeMediaRefs } from '../../nodes/nodes/node.entity.js';
import { StoryHeads } from '../../stories/story-heads.js';
import type { StoryDetails } from '../../stories/story.repository.js';
import type { DocumentNode, StoryDocument } from '../formats/story-document.js';

/** A node of a draft, with all that its author has a say in. */
export interface DraftNodeRow {
  readonly id: number;
  readonly key: string;
  readonly title: string;
  readonly content: string;
  readonly type: DocumentNode['type'];
  readonly start: boolean;
  readonly endingKind: NonNullable<DocumentNode['endingKind']> | null;
  readonly ending: string | null;
  readonly effects: readonly Effect[] | null;
  readonly media: NodeMediaRefs | null;
  readonly x: number | null;
  readonly y: number | null;
  readonly tags: readonly string[];
  readonly chapter: string | null;
  readonly choices: readonly DraftChoiceRow[];
}

export interface DraftChoiceRow {
  readonly text: string;
  /** The id of the node, as are those of `failTo`; it may be deleted. */
  readonly to: number | null;
  readonly consequences: string | null;
  readonly condition: string | null;
  readonly lockedText: string | null;
  readonly effects: readonly Effect[] | null;
  readonly check: string | null;
  readonly puzzle: PuzzleDefinition | null;
  readonly failTo: number | null;
  readonly afterSeconds: number | null;
}

export interface DraftRow {
  readonly details: Required<Omit<StoryDocument, 'schema' | 'cover' | 'media' | 'nodes' | 'twine'>>;
  readonly cover: MediaRef | null;
  readonly schema: StorySchema;
  readonly nodes: readonly DraftNodeRow[];
}

/** A node that a draft has or had, by what names it. */
export interface KnownNode {
  readonly id: number;
  readonly key: string;
  readonly media: NodeMediaRefs | null;
  readonly isDeleted: boolean;
}

/** A choice that a draft has or had, by what tells it from others. */
export interface KnownChoice {
  readonly id: number;
  readonly from: number;
  readonly to: number | null;
  readonly failTo: number | null;
  readonly text: string;
  readonly isDeleted: boolean;
}

/** Whole drafts as documents need them, in as many statements for a large story as for a small one. */
@Injectable()
export class DraftDocumentRepository {
  constructor(
    private readonly database: Database,
    private readonly heads: StoryHeads,
  ) {}

  /** One statement, so that the draft is whole however it is being edited meanwhile. */
  async load(storyId: number): Promise<DraftRow | undefined> {
    const [draft] = await this.database.query<DraftRow>(LOAD, [storyId]);
    return draft;
  }

  /** The same as JSON. */
  async text(storyId: number): Promise<string | undefined> {
    const [draft] = await this.database.query<{ text: string }>(
      `SELECT row_to_json(draft)::text AS text FROM (${LOAD}) AS draft`,
      [storyId],
    );
    return draft?.text;
  }

  /** Nodes are as old as their ids; of those with the same key, a live one is the last. */
  knownNodes(storyId: number): Promise<KnownNode[]> {
    return this.database.query(
      `SELECT DISTINCT ON (node_key) node_id AS id, node_key AS key, media,
         deleted_at IS NOT NULL AS "isDeleted"
       FROM story_nodes WHERE story_id = $1
       ORDER BY node_key, deleted_at DESC NULLS FIRST, node_id DESC`,
      [storyId],
    );
  }

  /** Each node’s in their order; of deleted ones that say the same, the last. */
  knownChoices(storyId: number): Promise<KnownChoice[]> {
    return this.database.query(
      `SELECT choice_id AS id, from_node_id AS "from", to_node_id AS "to", fail_to_node_id AS "failTo",
         choice_text AS text, is_deleted AS "isDeleted"
       FROM (
         SELECT choices.*, choices.deleted_at IS NOT NULL AS is_deleted, row_number() OVER (
           PARTITION BY from_node_id, to_node_id, choice_text, choices.deleted_at IS NULL
           ORDER BY choices.deleted_at DESC, choice_id DESC) AS age
         FROM choices JOIN story_nodes ON node_id = from_node_id WHERE story_id = $1
       ) AS choice
       WHERE NOT is_deleted OR age = 1
       ORDER BY is_deleted, from_node_id, "order", choice_id`,
      [storyId],
    );
  }

  /** Those details that are given; a story that has them already stays untouched. */
  async writeDetails(storyId: number, details: Partial<Omit<StoryDetails, 'slug'>>): Promise<void> {
    const { title, description, category, difficultyLevel, tags, language, spoilerGuard } = details;
    await this.database.query(
      `UPDATE stories SET (title, description, category, difficulty_level, tags, language, spoiler_guard)
         = (given.title, given.description, given.category, given.difficulty_level, given.tags, given.language,
           given.spoiler_guard),
         revision = revision + 1, updated_at = now()
       FROM (
         SELECT story_id, coalesce($2, title) AS title, coalesce($3, description) AS description,
           coalesce($4, category) AS category, coalesce($5, difficulty_level) AS difficulty_level,
           coalesce($6::text[], tags) AS tags, coalesce($7, language) AS language,
           coalesce($8::boolean, spoiler_guard) AS spoiler_guard
         FROM stories WHERE story_id = $1
       ) AS given
       WHERE stories.story_id = given.story_id
         AND (stories.title, stories.description, stories.category, stories.difficulty_level, stories.tags,
           stories.language, stories.spoiler_guard)
         IS DISTINCT FROM (given.title, given.description, given.category, given.difficulty_level, given.tags,
           given.language, given.spoiler_guard)`,
      [
        ...[storyId, title, description, category, difficultyLevel],
        ...[tags, language, spoilerGuard],
      ].map((each) => each ?? null),
    );
    await this.heads.changed(storyId);
  }

  /** The media that a draft shows and plays. */
  async mediaIds(storyId: number): Promise<number[]> {
    const rows = await this.database.query<{ id: number }>(
      `SELECT DISTINCT (ref ->> 'id')::bigint AS id FROM (
         SELECT cover AS ref FROM stories WHERE story_id = $1 AND cover IS NOT NULL
         UNION ALL
         SELECT value FROM story_nodes CROSS JOIN jsonb_each(media)
         WHERE story_id = $1 AND media IS NOT NULL AND deleted_at IS NULL
       ) AS used`,
      [storyId],
    );
    return rows.map(({ id }) => id);
  }

  /** @param cover none when left out */
  async writeCover(storyId: number, cover: MediaRef | undefined): Promise<void> {
    await this.database.query(
      `UPDATE stories SET cover = $2, revision = revision + 1, updated_at = now()
       WHERE story_id = $1 AND cover IS DISTINCT FROM $2::jsonb`,
      [storyId, cover === undefined ? null : JSON.stringify(cover)],
    );
    await this.heads.changed(storyId);
  }
}

const LOAD = `
  SELECT schema, cover, json_build_object('slug', slug, 'title', title, 'description', description,
      'category', category, 'difficulty', difficulty_level, 'tags', tags, 'language', language,
      'spoilerGuard', spoiler_guard) AS details,
    coalesce((
      SELECT json_agg(json_build_object('id', node_id, 'key', node_key, 'title', node_title,
        'content', content, 'type', node_type, 'start', is_starting_node, 'endingKind', ending_kind,
        'ending', ending, 'effects', effects, 'media', media, 'x', position_x, 'y', position_y, 'tags', tags,
        'chapter', chapter, 'choices', coalesce((
          SELECT json_agg(json_build_object('text', choice_text, 'to', to_node_id,
            'consequences', consequences, 'condition', condition, 'lockedText', locked_text,
            'effects', effects, 'check', "check", 'puzzle', puzzle, 'failTo', fail_to_node_id,
            'afterSeconds', timing) ORDER BY "order")
          FROM choices WHERE from_node_id = node_id AND deleted_at IS NULL
        ), '[]')) ORDER BY node_id)
      FROM story_nodes WHERE story_nodes.story_id = stories.story_id AND deleted_at IS NULL
    ), '[]') AS nodes
  FROM stories WHERE story_id = $1 AND deleted_at IS NULL`;
