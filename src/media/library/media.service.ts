import { Injectable, type OnModuleInit } from '@nestjs/common';
import pLimit from 'p-limit';
import { Database } from '../../database/database.js';
import { badField } from '../../graphql/errors.js';
import { Jobs } from '../../jobs/jobs.js';
import { inspectAudio } from '../audio/audio.js';
import { drawVariant, IMAGE_VARIANTS, inspectImage } from '../images/image.js';
import { Storage } from '../storage/storage.js';
import type { UploadEntity } from '../uploads/upload.entity.js';
import { noSuchUpload, onlyForImport } from '../uploads/upload.errors.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { bytesOf, newKey, UploadService } from '../uploads/upload.service.js';
import { contentTypeOf, HEAD_BYTES } from './content-type.js';
import { MediaFiles } from './media-files.js';
import type { MediaEntity, MediaKindValue } from './media.entity.js';
import { MediaRepository, type NewMedia } from './media.repository.js';
import { UnfitContent } from './unfit-content.js';

const QUEUE = 'process-media';

type Facts = Pick<NewMedia, 'contentType' | 'width' | 'height' | 'color' | 'durationSeconds'>;

/** Makes media of uploads. */
@Injectable()
export class MediaService implements OnModuleInit {
  /** A decoded image can take 200 MB: one at a time. */
  readonly #decoding = pLimit(1);

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly storage: Storage,
    private readonly uploads: UploadService,
    private readonly uploadRows: UploadRepository,
    private readonly media: MediaRepository,
    private readonly files: MediaFiles,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ mediaId: number }>(QUEUE, ({ mediaId }, signal) =>
      this.#process(mediaId, signal),
    );
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
      const { userId, storyId, filename, size } = upload;
      const kind = upload.kind as MediaKindValue;
      const media = { userId, storyId, filename, size, kind, altText, ...facts, key: newKey() };
      const row = await this.media.insert({ ...media, status: 'processing' });
      await this.uploadRows.becomes(uploadId, row.mediaId);
      await this.jobs.send(QUEUE, { mediaId: row.mediaId });
      return row;
    });
  }

  async #made(mediaId: number): Promise<MediaEntity> {
    const row = await this.media.findById(mediaId);
    if (row === null) throw noSuchUpload();
    return row;
  }

  async #inspect(upload: UploadEntity, kind: MediaKindValue): Promise<Facts> {
    try {
      return await (kind === 'image' ? this.#inspectImage(upload) : this.#inspectAudio(upload));
    } catch (error) {
      if (!(error instanceof UnfitContent)) throw error;
      await this.uploads.drop(upload);
      throw badField('id', `the upload ${error.message}`);
    }
  }

  #inspectImage(upload: UploadEntity): Promise<Facts> {
    return this.#decoding(async () => {
      const bytes = await this.uploads.bytes(upload);
      const contentType = await contentTypeOf('image', bytes.subarray(0, HEAD_BYTES));
      return { contentType, ...(await inspectImage(bytes)), durationSeconds: null };
    });
  }

  async #inspectAudio(upload: UploadEntity): Promise<Facts> {
    const { size } = upload;
    const end = Math.min(size, HEAD_BYTES) - 1;
    const head = await this.storage.stream(bytesOf(upload), { start: 0, end });
    const chunks = await head.toArray();
    const contentType = await contentTypeOf('audio', Buffer.concat(chunks as Buffer[]));
    const whole = await this.storage.stream(bytesOf(upload));
    const { durationSeconds } = await inspectAudio(whole, { contentType, size });
    return { contentType, durationSeconds, width: null, height: null, color: null };
  }

  /** The job: may run again after a server died over it, at any place. */
  async #process(mediaId: number, signal: AbortSignal): Promise<void> {
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

  async #make(media: MediaEntity, upload: UploadEntity, signal: AbortSignal) {
    if (media.kind === 'audio') {
      await this.files.copy(bytesOf(upload), media.key, 'audio');
      return { status: 'ready' as const };
    }
    const size = { width: 0, height: 0 };
    const bytes = await this.uploads.bytes(upload);
    for (const variant of IMAGE_VARIANTS) {
      signal.throwIfAborted();
      const drawn = await this.#decoding(() => drawVariant(bytes, variant));
      await this.files.write(media.key, variant, drawn.data);
      Object.assign(size, { width: drawn.width, height: drawn.height });
    }
    // The largest comes last: its size is the one that readers are told.
    return { status: 'ready' as const, ...size };
  }
}
