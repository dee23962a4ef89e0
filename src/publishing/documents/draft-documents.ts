import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Viewer } from '../../graphql/viewer.js';
import { MediaRepository } from '../../media/library/media.repository.js';
import { DraftContentRepository } from '../../nodes/drafts/draft-content.repository.js';
import { DraftChanges } from '../../stories/changes/draft-changes.js';
import { noSuchStory } from '../../stories/story.errors.js';
import { StoryService } from '../../stories/story.service.js';
import { CARRIED } from '../formats/twine/carried/carried.js';
import { toTwine } from '../formats/twine/to-twine.js';
import { writeTwee } from '../formats/twine/twee-writer.js';
import type { DocumentTwine, StoryDocument } from '../formats/story-document.js';
import { detailsOf, newDetailsOf, toDraftContent, type DocumentIds } from './document-mapper.js';
import {
  DraftDocumentRepository,
  type DraftRow,
  type KnownChoice,
} from './draft-document.repository.js';
import { mediaAfter, nodeMediaAfter, type MediaIds } from './document-media.js';
import { documentOf, hashOfNode, type DocumentTexts } from './draft-reading.js';
import { match, type Matches } from './match.js';
import type { PassageNode } from './story-source.entity.js';
import { StorySourceRepository } from './story-source.repository.js';

export interface WrittenDocument {
  readonly storyId: number;
  readonly action: 'created' | 'updated' | 'unchanged';
  /** The change of the draft that it is; undefined where nothing changed. */
  readonly changeId: number | undefined;
}

export interface WriteTarget {
  /** The story that becomes what the document says; a new one when left out. */
  readonly storyId?: number;
  /** The media that the document goes by; what is not among them stays as it is. */
  readonly media?: MediaIds;
  /** What the draft history says of it. */
  readonly note?: string;
}

/** Drafts as documents, and documents as drafts. Who may do so is for the caller to ask. */
@Injectable()
export class DraftDocuments {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryService,
    private readonly changes: DraftChanges,
    private readonly contents: DraftContentRepository,
    private readonly drafts: DraftDocumentRepository,
    private readonly sources: StorySourceRepository,
    private readonly media: MediaRepository,
  ) {}

  /**
   * Everything that the author wrote. Media are called by their ids, and not listed.
   * @throws {ApiError} `NOT_FOUND` when there is no such story
   */
  async read(storyId: number): Promise<StoryDocument> {
    return documentOf(await this.texts(storyId));
  }

  /**
   * The same, to be read with {@link documentOf} where nobody waits for the event loop.
   * @throws {ApiError} `NOT_FOUND` when there is no such story
   */
  async texts(storyId: number): Promise<DocumentTexts> {
    const draft = await this.drafts.text(storyId);
    if (draft === undefined) throw noSuchStory();
    return { draft, source: await this.sources.text(storyId) };
  }

  /**
   * Makes a new story of a document, or makes a draft what the document says, as one change that can be taken back. The
   * document is taken to be sound: `DocumentRules` says whether it is. Nodes and choices that the draft has keep their
   * ids. Details of the story, its media, places on the map and the Twine source stay as they are where the document has
   * none.
   */
  write(viewer: Viewer, document: StoryDocument, target: WriteTarget): Promise<WrittenDocument> {
    return this.database.transaction(async () => {
      const { note, storyId = await this.#create(viewer, document) } = target;
      const { changeId } = await this.changes.telling(
        viewer,
        storyId,
        async () => {
          await this.contents.lock(storyId);
          const media = await this.#held(target.media);
          await this.#writeContent(storyId, document, media);
          await this.drafts.writeDetails(storyId, detailsOf(document));
          await this.#writeCover(storyId, document, media);
          const isOwn =
            target.storyId !== undefined && (await this.#isOwnExport(storyId, document));
          if (!isOwn) await this.#writeSource(storyId, document);
        },
        { kind: 'import', ...(note !== undefined && { note }) },
      );
      if (target.storyId === undefined) return { storyId, action: 'created', changeId };
      return { storyId, action: changeId === undefined ? 'unchanged' : 'updated', changeId };
    });
  }

  async #create(viewer: Viewer, document: StoryDocument): Promise<number> {
    return (await this.stories.create(viewer, newDetailsOf(document))).storyId;
  }

  /** Those media that are there still; they stay until the transaction ends. */
  async #held(media: MediaIds = new Map()): Promise<MediaIds> {
    const ids = [...media.values()];
    if (ids.length === 0) return media;
    await this.media.lock(ids, 'KEY SHARE');
    const there = new Set((await this.media.findByIds(ids)).map(({ mediaId }) => mediaId));
    return new Map([...media].filter(([, id]) => there.has(id)));
  }

  async #writeCover(storyId: number, { cover }: StoryDocument, media: MediaIds): Promise<void> {
    if (cover === undefined) return;
    const after = mediaAfter(cover, media, undefined);
    if (cover === null || after !== undefined) await this.drafts.writeCover(storyId, after);
  }

  async #writeContent(storyId: number, document: StoryDocument, media: MediaIds): Promise<void> {
    const known = await this.drafts.knownNodes(storyId);
    const matches = match(document, known, await this.drafts.knownChoices(storyId));
    const content = toDraftContent(document, await this.#ids(matches));
    const live = new Set(known.flatMap(({ id, isDeleted }) => (isDeleted ? [] : [id])));
    await this.contents.write(storyId, {
      ...content,
      nodes: content.nodes.map((node, i) => ({
        ...node,
        media: nodeMediaAfter(document.nodes[i]!, media, matches.nodes[i]?.media),
        choices: node.choices.map((choice, place) => ({
          ...choice,
          ...lostTargets(matches.choices[i]![place], choice, live),
        })),
      })),
    });
  }

  /** The ids that are known, and new ones for the rest. */
  async #ids({ nodes, choices }: Matches): Promise<DocumentIds> {
    const isNew = (each: unknown) => each === undefined;
    const newNodes = await this.contents.newIds('story_nodes', nodes.filter(isNew).length);
    const newChoices = await this.contents.newIds('choices', choices.flat().filter(isNew).length);
    const [nextNode, nextChoice] = [newNodes.values(), newChoices.values()];
    return {
      nodes: nodes.map((node) => node?.id ?? nextNode.next().value!),
      choices: choices.map((each) => each.map((choice) => choice?.id ?? nextChoice.next().value!)),
    };
  }

  async #writeSource(storyId: number, { twine }: StoryDocument): Promise<void> {
    if (twine === undefined) return;
    await this.sources.put(storyId, {
      ifid: twine.story.ifid ?? null,
      twine: twine.story,
      passages: passagesOf(twine, await this.#load(storyId)),
    });
  }

  /** Whether a file is what the draft goes out as: there is nothing in it to keep. */
  async #isOwnExport(storyId: number, { twine }: StoryDocument): Promise<boolean> {
    const story = twine?.story;
    if (!story?.passages.some(({ name }) => name === CARRIED)) return false;
    const texts = await this.texts(storyId);
    if (texts.source !== null || story.ifid === undefined) return false;
    return writeTwee(toTwine(documentOf(texts), story.ifid)) === writeTwee(story);
  }

  async #load(storyId: number): Promise<DraftRow> {
    const draft = await this.drafts.load(storyId);
    if (draft === undefined) throw noSuchStory();
    return draft;
  }
}

/** A choice that a document leaves open, as its target was deleted, still leads there: the deletion may be taken back. */
function lostTargets(
  known: KnownChoice | undefined,
  { to, failTo }: { readonly to: number | null; readonly failTo?: number | null },
  live: ReadonlySet<number>,
) {
  const isLost = (before: number | null | undefined, now: number | null | undefined) =>
    (now ?? null) === null && before !== undefined && before !== null && !live.has(before);
  return {
    ...(isLost(known?.to, to) && { to: known!.to }),
    ...(isLost(known?.failTo, failTo) && { failTo: known!.failTo }),
  };
}

function passagesOf({ nodes, edited = [] }: DocumentTwine, draft: DraftRow): PassageNode[] {
  const nodeOf = new Map(draft.nodes.map((node) => [node.key, node]));
  const isEdited = new Set(edited);
  return nodes.map((key) => {
    const node = key === null ? undefined : nodeOf.get(key);
    if (node === undefined) return null;
    return { nodeId: node.id, hash: isEdited.has(node.key) ? null : hashOfNode(node) };
  });
}
