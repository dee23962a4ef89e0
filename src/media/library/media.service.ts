import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { badField } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Jobs } from '../../jobs/jobs.js';
import { drawVariant, IMAGE_VARIANTS } from '../images/image.js';
import { StorageUnavailable } from '../storage/storage-unavailable.js';
import { Storage } from '../storage/storage.js';
import type { UploadEntity } from '../uploads/upload.entity.js';
import { noSuchUpload, onlyForImport } from '../uploads/upload.errors.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { bytesOf, newKey, UploadService } from '../uploads/upload.service.js';
import { MediaFiles } from './media-files.js';
import { MediaInspector, sha256, type MediaFacts } from './media-inspector.js';
import type { MediaEntity, MediaKindValue } from './media.entity.js';
import { MediaRepository } from './media.repository.js';
import { UnfitContent } from './unfit-content.js';

const QUEUE = 'process-media';

/** How many seconds later a medium is made for which the storage was away. */
const PUT_OFF = 60;

interface MediumToMake {
  readonly mediaId: number;
}

/** A medium that the server itself was given, as a part of something else. */
export interface NewMedium {
  readonly kind: MediaKindValue;
  readonly filename: string;
  readonly bytes: Buffer;
  readonly altText: string;
}

/** Makes media of uploads. */
@Injectable()
export class MediaService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly storage: Storage,
    private readonly uploads: UploadService,
    private readonly uploadRows: UploadRepository,
    private readonly media: MediaRepository,
    private readonly files: MediaFiles,
    private readonly inspector: MediaInspector,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<MediumToMake>(QUEUE, (job, signal) => this.#processOrPutOff(job, signal));
  }

  /**
   * Makes a medium of an upload whose bytes have come; the same one again when it is called again.
   * @throws {ApiError} `BAD_USER_INPUT` when it is not what its kind may be: the upload is then deleted
   */
  async complete(upload: UploadEntity, altText: string): Promise<MediaEntity> {
    const { uploadId } = upload;
    if (upload.mediaId !== null) return this.#made(upload.mediaId);
    if (upload.kind === 'import') throw onlyForImport('id');
    const facts = await this.#inspect(upload, upload.kind);
    return this.database.transaction(async () => {
      const now = await this.uploadRows.lock(uploadId);
      if (now === null) throw noSuchUpload();
      if (now.mediaId !== null) return this.#made(now.mediaId);
      const row = await this.#insert(upload, facts, altText);
      await this.jobs.send(QUEUE, { mediaId: row.mediaId });
      return row;
    });
  }

  /**
   * Makes a medium of bytes that are here already, as of an upload of the viewer's, and at once rather than in a job.
   * @throws {ApiError} `BAD_USER_INPUT` when it is not what its kind may be; nothing is left then
   */
  async take(viewer: Viewer, { altText, ...given }: NewMedium): Promise<MediaEntity> {
    const upload = await this.uploads.keep(viewer, given);
    const facts = await this.#inspect(upload, given.kind);
    const media = await this.database.transaction(() => this.#insert(upload, facts, altText));
    try {
      await this.#process(media.mediaId);
      return media;
    } catch (error) {
      await this.discard(media.mediaId);
      throw error;
    }
  }

  /** Deletes a medium that nothing has come to use, and all that it was made of. */
  async discard(mediaId: number): Promise<void> {
    const media = await this.media.findById(mediaId);
    if (media === null) return;
    for (const upload of await this.uploadRows.findByMedia(mediaId)) {
      await this.uploads.discard(upload);
    }
    // The files go first: a medium whose files are gone is swept, files without a medium are not.
    await this.files.delete(media);
    await this.media.delete(mediaId);
  }

  async #insert(upload: UploadEntity, facts: MediaFacts, altText: string): Promise<MediaEntity> {
    const { userId, storyId, filename, size } = upload;
    const kind = upload.kind as MediaKindValue;
    const media = { userId, storyId, filename, size, kind, altText, ...facts, key: newKey() };
    const row = await this.media.insert({ ...media, status: 'processing' });
    await this.uploadRows.becomes(upload.uploadId, row.mediaId);
    return row;
  }

  async #made(mediaId: number): Promise<MediaEntity> {
    const row = await this.media.findById(mediaId);
    if (row === null) throw noSuchUpload();
    return row;
  }

  async #inspect(upload: UploadEntity, kind: MediaKindValue): Promise<MediaFacts> {
    try {
      return await this.inspector.inspect(kind, {
        size: upload.size,
        bytes: () => this.uploads.bytes(upload),
        stream: (range) => this.storage.stream(bytesOf(upload), range),
      });
    } catch (error) {
      if (!(error instanceof UnfitContent)) throw error;
      await this.uploads.drop(upload);
      throw badField('id', `the upload ${error.message}`);
    }
  }

  /** The job: an outage of the storage, however long, costs none of its attempts. The sweep ends it with the upload. */
  async #processOrPutOff(job: MediumToMake, signal: AbortSignal): Promise<void> {
    try {
      await this.#process(job.mediaId, signal);
    } catch (error) {
      if (!(error instanceof StorageUnavailable)) throw error;
      await this.jobs.send(QUEUE, job, PUT_OFF);
    }
  }

  /** May run again after a server died over it, at any place. */
  async #process(mediaId: number, signal?: AbortSignal): Promise<void> {
    const media = await this.media.findById(mediaId);
    const [upload] = await this.uploadRows.findByMedia(mediaId);
    if (media === null || upload === undefined) return;
    if (media.status === 'processing') {
      const outcome = await this.#make(media, upload, signal);
      await this.media.finish(mediaId, outcome);
      // It may have been deleted meanwhile.
      if ((await this.media.findById(mediaId)) === null) await this.files.delete(media);
    }
    await this.uploads.discard(upload);
  }

  async #make(media: MediaEntity, upload: UploadEntity, signal?: AbortSignal) {
    if (media.kind === 'audio') {
      await this.files.copy(bytesOf(upload), media.key, 'audio');
      return { status: 'ready' as const, fileHash: media.sourceHash };
    }
    const facts = { width: 0, height: 0, fileHash: '' };
    const bytes = await this.uploads.bytes(upload);
    for (const variant of IMAGE_VARIANTS) {
      signal?.throwIfAborted();
      const drawn = await this.inspector.decoding(() => drawVariant(bytes, variant));
      await this.files.write(media.key, variant, drawn.data);
      const { data, width, height } = drawn;
      Object.assign(facts, { width, height, fileHash: sha256(data) });
    }
    // The largest comes last: its size is the one that readers are told.
    return { status: 'ready' as const, ...facts };
  }
}
