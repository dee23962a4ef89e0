/** What threads do to export whole stories: texts from the database go in, the bytes of a file come out. */
import { hashOfStory } from '../../engine/content-hash.js';
import type { StoryDefinition } from '../../engine/core/definition.js';
import { readDraft } from '../../engine/draft-definition.js';
import { mediaIdsIn, withMedia, type ListedMedium } from '../documents/document-media.js';
import { documentOf, type DocumentTexts } from '../documents/draft-reading.js';
import type { OfflineStory } from '../formats/html/offline-story.js';
import { writeHtml, type Player } from '../formats/html/write-html.js';
import type { StoryDocument } from '../formats/story-document.js';
import type { WantedFile } from './embedder.js';
import { WRITERS, type DocumentFormat } from './export.writers.js';
import { versionDocument } from './version-document.js';

/** A draft, or a version of its story. */
export interface DocumentSource {
  readonly draft: DocumentTexts;
  /** The snapshot of the version that is exported, as JSON; the draft when left out. */
  readonly snapshot?: string;
}

/** @returns the ids of the media that a document shows and plays, each once, in its order */
export const mediaOfDocument = (source: DocumentSource): readonly number[] =>
  mediaIdsIn(read(source));

export interface DocumentTask {
  readonly source: DocumentSource;
  readonly format: DocumentFormat;
  readonly media: readonly ListedMedium[];
  /** Names the story, where its source has no name for it. */
  readonly ifid: string;
}

export function writeDocument({ source, format, media, ifid }: DocumentTask): Uint8Array {
  return Buffer.from(WRITERS[format](withMedia(read(source), media), ifid));
}

function read({ draft, snapshot }: DocumentSource): StoryDocument {
  const document = documentOf(draft);
  return snapshot === undefined ? document : versionDocument(document, parse(snapshot));
}

/** What a page is written from, as JSON. */
export interface PageStory {
  readonly story: string;
  readonly contentHash: string;
  /** What it shows and plays: images no larger than it shows them. */
  readonly media: readonly WantedFile[];
}

/** @param from a draft, as `DraftDefinitionRepository` has it, or the snapshot of a version */
export function toPageStory(
  from: { readonly draft: string } | { readonly snapshot: string },
): PageStory {
  const definition = 'draft' in from ? readDraft(from.draft) : parse(from.snapshot);
  const story = JSON.stringify(definition);
  return { story, contentHash: hashOfStory(story), media: definition.nodes.flatMap(mediaOf) };
}

export interface PageTask extends Omit<OfflineStory, 'story'> {
  readonly story: string;
  readonly player: Player;
}

export const writePage = ({ story, player, ...rest }: PageTask): Uint8Array =>
  Buffer.from(writeHtml({ ...rest, story: parse(story) }, player).join(''));

const mediaOf = ({ media }: StoryDefinition['nodes'][number]): WantedFile[] => [
  ...(media?.image?.key === undefined ? [] : [{ key: media.image.key, variant: 'cover' as const }]),
  ...(media?.audio?.key === undefined ? [] : [{ key: media.audio.key, variant: 'audio' as const }]),
];

const parse = (snapshot: string) => JSON.parse(snapshot) as StoryDefinition;
