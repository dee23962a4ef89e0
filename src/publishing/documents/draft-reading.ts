import { createHash } from 'node:crypto';
import type { StorySchema } from '../../engine/core/definition.js';
import { present } from '../formats/present.js';
import type {
  DocumentChoice,
  DocumentNode,
  DocumentSchema,
  DocumentTwine,
  StoryDocument,
} from '../formats/story-document.js';
import type { TwinePassage } from '../formats/twine/twine-story.js';
import type { DraftChoiceRow, DraftNodeRow, DraftRow } from './draft-document.repository.js';
import { toMediaUse } from './document-media.js';
import type { StorySource } from './story-source.repository.js';

type KeyOf = ReadonlyMap<number, string>;

/** A draft, and the file that it was imported from, as the database writes them: JSON of what {@link toDocument} takes. */
export interface DocumentTexts {
  readonly draft: string;
  readonly source: string | null;
}

export const documentOf = ({ draft, source }: DocumentTexts): StoryDocument =>
  toDocument(
    JSON.parse(draft) as DraftRow,
    source === null ? null : (JSON.parse(source) as StorySource),
  );

/**
 * A draft as a document. What is not set is left out; a target that was deleted is none. Media are called by their ids, and
 * not listed.
 */
function toDocument(
  { details, schema, cover, nodes }: DraftRow,
  source: StorySource | null,
): StoryDocument {
  const keyOf: KeyOf = new Map(nodes.map(({ id, key }) => [id, key]));
  return {
    ...details,
    ...(Object.keys(schema).length > 0 && { schema: toDocumentSchema(schema, keyOf) }),
    ...present({ cover: toMediaUse(cover) }),
    nodes: nodes.map((node) => toDocumentNode(node, keyOf)),
    ...(source !== null && { twine: toDocumentTwine(source, nodes) }),
  };
}

/** What a passage was made into: it tells no more what its node is when this has changed. */
export const hashOfNode = ({ content, effects, choices }: DraftNodeRow): string =>
  createHash('sha256')
    .update(JSON.stringify([content, effects, choices]))
    .digest('base64url');

const toDocumentSchema = ({ protagonists, ...schema }: StorySchema, keyOf: KeyOf) =>
  ({
    ...schema,
    ...(protagonists !== undefined && {
      protagonists: protagonists.map(({ start, ...who }) => ({
        ...who,
        ...present({ start: keyOf.get(start ?? 0) }),
      })),
    }),
  }) satisfies DocumentSchema;

const toDocumentNode = (
  {
    id: _,
    start,
    x,
    y,
    tags,
    choices,
    ending,
    endingKind,
    effects,
    media,
    chapter,
    ...node
  }: DraftNodeRow,
  keyOf: KeyOf,
): DocumentNode => ({
  ...node,
  ...(start && { start }),
  ...present({ endingKind, ending, effects, chapter }),
  ...present({ image: toMediaUse(media?.image), audio: toMediaUse(media?.audio) }),
  ...(x !== null && y !== null && { position: { x, y } }),
  ...(tags.length > 0 && { tags }),
  ...(choices.length > 0 && { choices: choices.map((choice) => toDocumentChoice(choice, keyOf)) }),
});

const toDocumentChoice = (
  { text, to, failTo, ...rest }: DraftChoiceRow,
  keyOf: KeyOf,
): DocumentChoice => ({
  text,
  ...present({ to: keyOf.get(to ?? 0), ...rest, failTo: keyOf.get(failTo ?? 0) }),
});

interface KeptPassage {
  readonly passage: TwinePassage;
  readonly key: string | null;
  readonly isEdited: boolean;
}

/** Passages whose nodes were deleted are gone with them. */
function toDocumentTwine(
  { twine, passages }: StorySource,
  nodes: readonly DraftNodeRow[],
): DocumentTwine {
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  const kept = twine.passages.flatMap((passage, i): KeptPassage[] => {
    const made = passages[i] ?? null;
    if (made === null) return [{ passage, key: null, isEdited: false }];
    const node = nodeOf.get(made.nodeId);
    if (node === undefined) return [];
    return [{ passage, key: node.key, isEdited: made.hash !== hashOfNode(node) }];
  });
  const edited = kept.flatMap(({ key, isEdited }) => (isEdited && key !== null ? [key] : []));
  return {
    story: { ...twine, passages: kept.map(({ passage }) => passage) },
    nodes: kept.map(({ key }) => key),
    ...(edited.length > 0 && { edited }),
  };
}
