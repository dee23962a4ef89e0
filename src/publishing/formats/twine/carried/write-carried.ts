import { isDeepStrictEqual } from 'node:util';
import type { DocumentNode, StoryDocument } from '../../story-document.js';
import { translateKnowing } from '../translate.js';
import type { TwinePassage, TwineStory } from '../twine-story.js';
import { markedComment } from '../writing/marked-comment.js';
import { plain } from '../writing/plain.js';
import { CARRIED, hashOfText, type Carried, type CarriedNode } from './carried.js';

/**
 * Has a Twine story carry what an import would not read from its passages, so that it comes back as it is. Where that is
 * nothing, the story stays as it is.
 * @param keyOf by the index of a passage, the key of its node; null where it is none
 */
export function withCarried(
  document: StoryDocument,
  { passages: before, ...story }: TwineStory,
  keyOf: (passage: TwinePassage) => string | null,
): TwineStory {
  const at = before.findIndex(({ name }) => name === CARRIED);
  const passages = before.filter(({ name }) => name !== CARRIED);
  const isImported = document.twine !== undefined && at < 0;
  const carried = carriedOf(document, { ...story, passages }, passages.map(keyOf), isImported);
  if (carried === undefined) return { ...story, passages };
  const passage = { name: CARRIED, tags: [], text: markedComment(carried, plain) };
  return { ...story, passages: passages.toSpliced(at < 0 ? passages.length : at, 0, passage) };
}

function carriedOf(
  document: StoryDocument,
  story: TwineStory,
  keys: readonly (string | null)[],
  isImported: boolean,
): Carried | undefined {
  const known = new Map(keys.flatMap((key, i) => (key === null ? [] : [[i, key] as const])));
  const { variables = [] } = document.schema ?? {};
  // What was written here is carried whole: only what came from Twine may need nothing.
  const bare =
    document.twine === undefined
      ? undefined
      : translateKnowing(story, { keys: new Map(), variables: [] }).document;
  const read = translateKnowing(story, { keys: known, variables }).document;
  const passageOf = new Map(read.twine!.nodes.map((key, i) => [key, i]));
  const readNode = new Map(read.nodes.map((node) => [node.key, node]));
  const nodes = document.nodes.flatMap((node): CarriedNode[] => {
    const i = passageOf.get(node.key);
    if (i === undefined) return [];
    const passage = story.passages[i]!;
    const difference = differenceOf(node, readNode.get(node.key)!, passage);
    if (bare?.twine!.nodes[i] === node.key && Object.keys(difference).length === 0) return [];
    const { name, text } = passage;
    return [{ passage: name, key: node.key, hash: hashOfText(text), ...difference }];
  });
  const { slug: _, nodes: __, twine: ___, ...details } = document;
  const { title, schema, ...others } = details;
  const isSaid = title === bare?.title && isDeepStrictEqual(schema, bare.schema);
  const isAll = isImported || Object.keys(others).length === 0;
  return nodes.length === 0 && isSaid && isAll ? undefined : { story: details, nodes };
}

type Field = NonNullable<CarriedNode['without']>[number];

const FIELDS = [
  ...['title', 'content', 'type', 'tags', 'effects', 'choices', 'ending', 'endingKind'],
  ...['chapter', 'image', 'audio'],
] as readonly (keyof NonNullable<CarriedNode['is']>)[];

function differenceOf(
  node: DocumentNode,
  read: DocumentNode,
  { tags }: TwinePassage,
): Pick<CarriedNode, 'is' | 'without' | 'tags'> {
  const differing = FIELDS.filter((field) => !isDeepStrictEqual(node[field], read[field]));
  const is = differing.filter((field) => node[field] !== undefined);
  const without = differing.filter((field): field is Field => node[field] === undefined);
  return {
    ...(is.length > 0 && { is: Object.fromEntries(is.map((field) => [field, node[field]])) }),
    ...(without.length > 0 && { without }),
    ...(differing.includes('tags') && { tags: [...tags] }),
  };
}
