import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type {
  ChoiceDefinition,
  NodeDefinition,
  StoryDefinition,
  StorySchema,
} from './core/definition.js';

/** Drafts as the engine takes them. */
@Injectable()
export class DraftDefinitionRepository {
  constructor(private readonly database: Database) {}

  /** One statement, so that the draft is whole however it is being edited meanwhile. */
  async load(storyId: number): Promise<StoryDefinition> {
    const [draft] = await this.database.query<{ schema: StorySchema; nodes: DraftNodeRow[] }>(
      `SELECT schema, coalesce((
         SELECT json_agg(json_build_object('id', node_id, 'key', node_key, 'title', node_title,
           'content', content, 'type', node_type, 'isStart', is_starting_node,
           'endingKind', ending_kind, 'ending', ending, 'effects', effects,
           'media', ${MEDIA},
           'choices', coalesce((
             SELECT json_agg(json_build_object('id', choice_id, 'letter', choice_letter,
               'text', choice_text, 'consequences', consequences, 'to', to_node_id,
               'condition', condition, 'lockedText', locked_text, 'effects', effects,
               'check', "check", 'puzzle', puzzle, 'failTo', fail_to_node_id, 'after', timing
             ) ORDER BY "order", choice_id)
             FROM choices WHERE from_node_id = node_id AND deleted_at IS NULL
           ), '[]')) ORDER BY node_id)
         FROM story_nodes WHERE story_nodes.story_id = stories.story_id AND deleted_at IS NULL
       ), '[]') AS nodes
       FROM stories WHERE story_id = $1`,
      [storyId],
    );
    const { schema = {}, nodes = [] } = draft ?? {};
    return {
      ...(Object.keys(schema).length > 0 && { schema }),
      nodes: nodes.map(nodeDefinition),
    };
  }
}

/** What a node shows and plays, with what readers get of it once it is ready. */
const MEDIA = `CASE WHEN story_nodes.media IS NOT NULL THEN (
  SELECT json_object_agg(place, json_strip_nulls(CASE status
    WHEN 'ready' THEN json_build_object('id', ref -> 'id', 'alt', ref -> 'alt', 'key', medium.key, 'width', width,
      'height', height, 'color', color, 'type', CASE medium.kind WHEN 'audio' THEN content_type END,
      'duration', duration_seconds)
    ELSE json_build_object('id', ref -> 'id', 'alt', ref -> 'alt') END) ORDER BY place)
  FROM jsonb_each(story_nodes.media) AS used (place, ref)
    LEFT JOIN media AS medium ON media_id = (ref ->> 'id')::bigint
) END`;

type Row<T> = { [Key in keyof T]: T[Key] | null };
type DraftNodeRow = Omit<NodeDefinition, 'choices' | 'ending' | 'effects' | 'media'> &
  Row<Pick<Required<NodeDefinition>, 'ending' | 'effects' | 'media'>> & {
    readonly choices: DraftChoiceRow[];
  };
type ChoiceRules = Omit<ChoiceDefinition, 'id' | 'letter' | 'text' | 'consequences' | 'to'>;
type DraftChoiceRow = Omit<ChoiceDefinition, keyof ChoiceRules> & Row<Required<ChoiceRules>>;

/** What is not set is left out, so that a story without rules is, byte for byte, what it was before there were any. */
const present = <T extends object>(columns: T) =>
  Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null)) as {
    [Key in keyof T]?: Exclude<T[Key], null>;
  };

function nodeDefinition({
  ending,
  effects,
  media,
  choices,
  ...node
}: DraftNodeRow): NodeDefinition {
  return {
    ...node,
    ...present({ ending, effects, media }),
    choices: choices.map(choiceDefinition),
  };
}

const choiceDefinition = ({
  id,
  letter,
  text,
  consequences,
  to,
  ...rules
}: DraftChoiceRow): ChoiceDefinition => ({ id, letter, text, consequences, to, ...present(rules) });
