import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../graphql/viewer.js';
import { contentOf, MediaInspector, sha256 } from '../../media/library/media-inspector.js';
import type { MediaEntity } from '../../media/library/media.entity.js';
import { MediaRepository } from '../../media/library/media.repository.js';
import { MediaService, type NewMedium } from '../../media/library/media.service.js';
import { UnfitContent } from '../../media/library/unfit-content.js';
import { MEGABYTE, uploadProblems, UPLOAD_RULES } from '../../media/uploads/upload.rules.js';
import { problemAt, type DocumentProblem } from '../formats/document-check.js';
import type { Fault } from '../formats/place.js';
import type { DocumentMedium, StoryDocument } from '../formats/story-document.js';
import { mediaPlaces, type MediaIds } from '../documents/document-media.js';
import { DraftDocumentRepository } from '../documents/draft-document.repository.js';

/** What the media of a document are: those that are there, those to be made, and all that is wrong with them. */
export interface MediaPlan {
  readonly known: MediaIds;
  readonly toMake: readonly PlannedMedium[];
  readonly problems: readonly DocumentProblem[];
}

/** A medium to be made of bytes of a document. */
export interface PlannedMedium extends Omit<NewMedium, 'bytes'> {
  /** What the document calls it: several where several are the same. */
  readonly keys: readonly string[];
  /** In base64. */
  readonly data: string;
}

/** A medium of a document that is used in it, by its content. */
interface Wanted {
  readonly i: number;
  readonly medium: DocumentMedium;
  readonly hash: string;
}

/** Finds the media of documents among those that are there, and makes those that are not. */
@Injectable()
export class MediaImport {
  constructor(
    private readonly media: MediaRepository,
    private readonly inspector: MediaInspector,
    private readonly service: MediaService,
    private readonly drafts: DraftDocumentRepository,
  ) {}

  /**
   * Looks at the media of a document, and writes nothing. What the author has, or the story, is found by its content. All
   * else is looked at as uploads are.
   * @param storyId the story that the document is written over
   */
  async plan(
    viewer: Viewer,
    storyId: number | undefined,
    document: StoryDocument,
  ): Promise<MediaPlan> {
    const problems: DocumentProblem[] = [];
    const wanted = this.#wanted(document, problems);
    const rows = await this.media.findByContent([...new Set(wanted.map(({ hash }) => hash))], {
      userId: viewer.userId,
      storyId,
      mediaIds: storyId === undefined ? [] : await this.drafts.mediaIds(storyId),
    });
    const known = new Map<string, number>();
    const unknown: Wanted[] = [];
    for (const each of wanted) {
      const row = rows.find((one) => isMade(one, each));
      if (row === undefined) unknown.push(each);
      else known.set(each.medium.key, row.mediaId);
    }
    const toMake: PlannedMedium[] = [];
    const altOf = new Map(mediaPlaces(document).map(({ use }) => [use.media, use.alt ?? '']));
    for (const same of Map.groupBy(unknown, ({ hash, medium }) => medium.kind + hash).values()) {
      const given = same.find(({ medium }) => medium.data !== undefined);
      if (given === undefined) problems.push(...same.map(noBytes));
      else if (await this.#isFit(given, problems)) {
        const { kind, filename, data, key } = given.medium;
        toMake.push({
          ...{ kind, filename, data: data!, altText: altOf.get(key)! },
          keys: same.map(({ medium }) => medium.key),
        });
      }
    }
    return { known, toMake, problems };
  }

  /**
   * Makes the media that were planned, as uploads of the viewer.
   * @returns their ids, by what the document calls them
   */
  async make(
    viewer: Viewer,
    planned: readonly PlannedMedium[],
    signal?: AbortSignal,
  ): Promise<MediaIds> {
    const made = new Map<string, number>();
    try {
      for (const { keys, data, ...medium } of planned) {
        signal?.throwIfAborted();
        const bytes = Buffer.from(data, 'base64');
        const { mediaId } = await this.service.take(viewer, { ...medium, bytes });
        for (const key of keys) made.set(key, mediaId);
      }
      return made;
    } catch (error) {
      await this.discard(made);
      throw error;
    }
  }

  /** Deletes media that were made and that nothing came to use. */
  async discard(made: MediaIds): Promise<void> {
    for (const mediaId of new Set(made.values())) await this.service.discard(mediaId);
  }

  /** The media that the document uses, each with its hash, as far as they have one. */
  #wanted(document: StoryDocument, problems: DocumentProblem[]): Wanted[] {
    const used = new Set(mediaPlaces(document).map(({ use }) => use.media));
    return (document.media ?? []).flatMap((medium, i) => {
      if (!used.has(medium.key)) return [];
      const hash = hashOf(medium, i, problems);
      return hash === undefined ? [] : [{ i, medium, hash }];
    });
  }

  async #isFit({ i, medium }: Wanted, problems: DocumentProblem[]): Promise<boolean> {
    const { kind, filename, data } = medium;
    const bytes = Buffer.from(data!, 'base64');
    const refused = uploadProblems({ kind, filename, size: bytes.length });
    for (const { path, message } of refused) {
      problems.push(problemAt('error', ['media', i, FIELDS[path] ?? 'data'], faulty(message)));
    }
    if (refused.length > 0) return false;
    try {
      await this.inspector.inspect(kind, contentOf(bytes));
      return true;
    } catch (error) {
      if (!(error instanceof UnfitContent)) throw error;
      problems.push(problemAt('error', ['media', i, 'data'], faulty(error.message)));
      return false;
    }
  }
}

/** Fields of documents, by those of the inputs for uploads. */
const FIELDS: Readonly<Record<string, string>> = { 'input.filename': 'filename' };

const isMade = ({ kind, sourceHash, fileHash }: MediaEntity, { hash, medium }: Wanted) =>
  kind === medium.kind && (fileHash === hash || sourceHash === hash);

/** @returns undefined where there is none, or the bytes are wrong: that is a problem then */
function hashOf(
  medium: DocumentMedium,
  i: number,
  problems: DocumentProblem[],
): string | undefined {
  const { data, sha256: said } = medium;
  if (data === undefined) {
    if (said === undefined) problems.push(noBytes({ i }));
    return said;
  }
  const bytes = decoded(medium, data);
  if (typeof bytes === 'string') {
    problems.push(problemAt('error', ['media', i, 'data'], faulty(bytes)));
    return undefined;
  }
  const hash = sha256(bytes);
  if (said === undefined || said === hash) return hash;
  const message = `is not that of the data, which is ${hash}; the file was damaged`;
  problems.push(problemAt('error', ['media', i, 'sha256'], faulty(message)));
  return undefined;
}

/** The bytes of a medium; a text says what is wrong with its base64. */
function decoded({ kind }: DocumentMedium, data: string): Buffer | string {
  const { mostBytes, what } = UPLOAD_RULES[kind];
  if (data.length > Math.ceil(mostBytes / 3) * 4)
    return `${what} has at most ${mostBytes / MEGABYTE} MB`;
  const bytes = Buffer.from(data, 'base64');
  // Node skips what is no base64, so that it is told by what comes out again.
  return bytes.toString('base64') === data
    ? bytes
    : 'must be base64 with its padding and without line breaks; encode it again';
}

const faulty = (message: string): Fault => ({ code: 'FAULTY_MEDIUM', message });

const NO_BYTES: Fault = {
  code: 'MISSING_MEDIUM',
  message:
    'its bytes are not in the file, and neither you nor the story has them; places that show or play it stay as they are',
  fix: 'Upload it first, or put its bytes into the file.',
};

const noBytes = ({ i }: Pick<Wanted, 'i'>) => problemAt('warning', ['media', i], NO_BYTES);
