import { isDeepStrictEqual } from 'node:util';
import type {
  ChoiceDefinition,
  NodeDefinition,
  StoryDefinition,
} from '../../engine/core/definition.js';
import { toMediaUse } from '../documents/document-media.js';
import { present } from '../formats/present.js';
import type {
  DocumentChoice,
  DocumentNode,
  DocumentSchema,
  DocumentTwine,
  StoryDocument,
} from '../formats/story-document.js';

type KeyOf = (id: number | null | undefined) => string | undefined;

/**
 * A version as a document. What versions do not keep is as the draft has it: the details of the story, places on the
 * map, tags and chapters of nodes, and the Twine source.
 */
export function versionDocument(
  draft: StoryDocument,
  { schema, nodes }: StoryDefinition,
): StoryDocument {
  const { schema: _, nodes: draftNodes, twine, ...details } = draft;
  const keys = new Map(nodes.map(({ id, key }) => [id, key]));
  const keyOf: KeyOf = (id) => keys.get(id ?? 0);
  const drafted = new Map(draftNodes.map((node) => [node.key, node]));
  const written = nodes.map((node) => documentNode(node, keyOf, drafted.get(node.key)));
  return {
    ...details,
    ...(schema !== undefined && { schema: documentSchema(schema, keyOf) }),
    nodes: written,
    ...(twine !== undefined && { twine: versionTwine(twine, written, drafted) }),
  };
}

const documentSchema = (
  { protagonists, ...schema }: NonNullable<StoryDefinition['schema']>,
  keyOf: KeyOf,
): DocumentSchema => ({
  ...schema,
  ...(protagonists !== undefined && {
    protagonists: protagonists.map(({ start, ...who }) => ({
      ...who,
      ...present({ start: keyOf(start) }),
    })),
  }),
});

function documentNode(
  { id: _, isStart, endingKind, media, choices, ...node }: NodeDefinition,
  keyOf: KeyOf,
  drafted: DocumentNode | undefined,
): DocumentNode {
  const { position, tags, chapter } = drafted ?? {};
  return {
    ...node,
    ...(isStart && { start: true }),
    ...present({ endingKind, position, tags, chapter }),
    ...present({ image: toMediaUse(media?.image), audio: toMediaUse(media?.audio) }),
    ...(choices.length > 0 && { choices: choices.map((choice) => documentChoice(choice, keyOf)) }),
  };
}

const documentChoice = (
  { id: _, letter: __, text, consequences, to, failTo, after, ...rules }: ChoiceDefinition,
  keyOf: KeyOf,
): DocumentChoice => ({
  text,
  ...rules,
  ...present({
    to: keyOf(to),
    consequences,
    failTo: keyOf(failTo),
    afterSeconds: after,
  }),
});

/** A passage tells what a node was when the draft’s passage does and the node is the draft’s. */
function versionTwine(
  twine: DocumentTwine,
  nodes: readonly DocumentNode[],
  drafted: ReadonlyMap<string, DocumentNode>,
): DocumentTwine {
  const content = (node: DocumentNode | undefined) => [node?.content, node?.effects, node?.choices];
  const changed = nodes.filter(
    (node) => !isDeepStrictEqual(content(node), content(drafted.get(node.key))),
  );
  return { ...twine, edited: [...(twine.edited ?? []), ...changed.map(({ key }) => key)] };
}
