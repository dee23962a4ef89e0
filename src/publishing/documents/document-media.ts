import type { MediaKindValue } from '../../media/library/media.entity.js';
import type { MediaRef } from '../../media/library/media-uses.js';
import type { NodeMediaRefs } from '../../nodes/nodes/node.entity.js';
import type { Path } from '../formats/place.js';
import type {
  DocumentMedium,
  DocumentMediaUse,
  DocumentNode,
  StoryDocument,
} from '../formats/story-document.js';

/** The media that a document goes by: their ids, by what it calls them. */
export type MediaIds = ReadonlyMap<string, number>;

/** Where a document shows or plays a medium. */
export interface MediaPlace {
  readonly path: Path;
  readonly kind: MediaKindValue;
  readonly use: DocumentMediaUse;
}

/** In the order of the document: the cover, then node by node. */
export function mediaPlaces({ cover, nodes }: StoryDocument): MediaPlace[] {
  const place = (path: Path, kind: MediaKindValue, use: DocumentMediaUse | null | undefined) =>
    use ? [{ path, kind, use }] : [];
  return [
    ...place(['cover'], 'image', cover),
    ...nodes.flatMap(({ image, audio }, i) => [
      ...place(['nodes', i, 'image'], 'image', image),
      ...place(['nodes', i, 'audio'], 'audio', audio),
    ]),
  ];
}

/** Within one database, documents call media by their ids. */
export const mediaName = (id: number): string => String(id);

/** The media of a document that calls them by their ids, each once, in its order. */
export const mediaIdsIn = (document: StoryDocument): number[] => [
  ...new Set(mediaPlaces(document).map(({ use }) => Number(use.media))),
];

export const mediaByName = (ids: readonly number[]): MediaIds =>
  new Map(ids.map((id) => [mediaName(id), id]));

/** @returns undefined where there is none */
export const toMediaUse = (ref: MediaRef | null | undefined): DocumentMediaUse | undefined =>
  ref ? { media: mediaName(ref.id), ...(ref.alt !== '' && { alt: ref.alt }) } : undefined;

/** One of the media of a document that is written, and its row. */
export interface ListedMedium {
  readonly id: number;
  readonly medium: DocumentMedium;
}

/**
 * A document that stands by itself: it lists its media, and calls them by their keys there.
 * @param document one that calls its media by their ids; what is not listed is left out
 */
export function withMedia(document: StoryDocument, listed: readonly ListedMedium[]): StoryDocument {
  const keys = new Map(listed.map(({ id, medium }) => [mediaName(id), medium.key]));
  const named = <Field extends string>(field: Field, use: DocumentMediaUse | null | undefined) => {
    const media = keys.get(use?.media ?? '');
    return media === undefined ? {} : { [field]: { ...use, media } };
  };
  const { cover, nodes, ...rest } = document;
  return {
    ...rest,
    ...named('cover', cover),
    ...(listed.length > 0 && { media: listed.map(({ medium }) => medium) }),
    nodes: nodes.map(({ image, audio, ...node }) => ({
      ...node,
      ...named('image', image),
      ...named('audio', audio),
    })),
  };
}

/** What comes of a place: what the document leaves out, or has no medium for, is as before, and null takes away. */
export function mediaAfter(
  use: DocumentMediaUse | null | undefined,
  ids: MediaIds,
  before: MediaRef | null | undefined,
): MediaRef | undefined {
  if (use === null) return undefined;
  const id = ids.get(use?.media ?? '');
  return id === undefined ? (before ?? undefined) : { id, alt: use?.alt ?? '' };
}

/** What a node shows and plays after a document was written over it. */
export function nodeMediaAfter(
  node: Pick<DocumentNode, 'image' | 'audio'>,
  ids: MediaIds,
  before?: NodeMediaRefs | null,
): NodeMediaRefs {
  const image = mediaAfter(node.image, ids, before?.image);
  const audio = mediaAfter(node.audio, ids, before?.audio);
  return { ...(image && { image }), ...(audio && { audio }) };
}
