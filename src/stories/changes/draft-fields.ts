import { isDeepStrictEqual } from 'node:util';
import type { Effect, PuzzleDefinition, StorySchema } from '../../engine/core/definition.js';
import { encodeId } from '../../graphql/ids.js';
import type { MediaRef } from '../../media/library/media-uses.js';
import { declarationsOf } from './declarations.js';
import type { DraftEditEntity } from './draft-change.entity.js';

type RowKind = DraftEditEntity['kind'];

/** Columns of a row of a draft, by their names in the table. An edit has those alone that it changed. */
export type Columns = Readonly<Record<string, unknown>>;

/** What a row has, named and formed as the inputs of the API take it. */
export type Fields = Readonly<Record<string, unknown>>;

/** @returns undefined or null where the columns say nothing of the field */
type Field = (columns: Columns) => unknown;

const column =
  <Value>(name: string, form: (value: Value) => unknown = (value) => value): Field =>
  ({ [name]: value }) =>
    value === undefined || value === null ? value : form(value as Value);

const upper = (value: string) => value.toUpperCase();

const nodeId = (id: number) => encodeId('node', id);

const mediaUse = ({ id, alt }: MediaRef) => ({ mediaId: encodeId('media', id), altText: alt });

const effects: Field = ({ effects: given }) =>
  given === null
    ? []
    : (given as Effect[] | undefined)?.map(({ op, target, ...rest }) => ({
        op: upper(op),
        target,
        value: null,
        ...rest,
      }));

const puzzle = ({ kind, ...rest }: PuzzleDefinition) => ({
  kind: upper(kind),
  attempts: null,
  hints: [],
  ...rest,
});

const mediaOf = (kind: 'image' | 'audio'): Field =>
  column('media', ({ [kind]: ref }: Partial<Record<typeof kind, MediaRef>>) =>
    ref === undefined ? null : mediaUse(ref),
  );

/** Of an edit, the coordinates that it changed. */
const position: Field = ({ position_x: x, position_y: y }) =>
  (x ?? null) === null && (y ?? null) === null ? null : { x, y };

const declared = (name: keyof ReturnType<typeof declarationsOf>): Field =>
  column('schema', (schema: StorySchema) => declarationsOf(schema)[name]);

const FIELDS: Readonly<Record<RowKind, Readonly<Record<string, Field>>>> = {
  story: {
    slug: column('slug'),
    title: column('title'),
    description: column('description'),
    category: column('category'),
    difficultyLevel: column('difficulty_level', upper),
    tags: column('tags'),
    language: column('language'),
    spoilerGuard: column('spoiler_guard'),
    cover: column('cover', mediaUse),
    twineSource: column('source_id'),
    variables: (columns) =>
      (declared('variables')(columns) as { type: string }[] | undefined)?.map((variable) => ({
        ...variable,
        type: upper(variable.type),
      })),
    items: declared('items'),
    stats: declared('stats'),
    protagonists: declared('protagonists'),
    artifacts: declared('artifacts'),
    endings: declared('endings'),
    achievements: declared('achievements'),
    allowUndo: declared('allowUndo'),
  },
  node: {
    key: column('node_key'),
    title: column('node_title'),
    content: column('content'),
    type: column('node_type', upper),
    isStart: column('is_starting_node'),
    endingKind: column('ending_kind', upper),
    ending: column('ending'),
    effects,
    image: mediaOf('image'),
    audio: mediaOf('audio'),
    tags: column('tags'),
    chapter: column('chapter'),
    position,
  },
  choice: {
    text: column('choice_text'),
    toNodeId: column('to_node_id', nodeId),
    consequences: column('consequences'),
    order: column('order'),
    condition: column('condition'),
    lockedText: column('locked_text'),
    effects,
    check: column('check'),
    puzzle: column('puzzle', puzzle),
    failToNodeId: column('fail_to_node_id', nodeId),
    afterSeconds: column('timing'),
  },
};

/** Every field that the inputs of the API have for such rows; null where the columns say nothing of it. */
export const fieldsOf = (kind: RowKind, columns: Columns): Fields =>
  Object.fromEntries(
    Object.entries(FIELDS[kind]).map(([name, field]) => [name, field(columns) ?? null]),
  );

/** The names of the fields that differ, in order. */
export const differingFields = (before: Fields, after: Fields): string[] =>
  Object.keys(after)
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .sort();

/** A row as its table names its columns. */
export const columnsOf = (row: object): Columns =>
  Object.fromEntries(
    Object.entries(row).map(([property, value]) => [
      property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value as unknown,
    ]),
  );
