import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { inBatches } from '../../jobs/in-batches.js';
import { Jobs } from '../../jobs/jobs.js';
import { MediaFiles } from '../library/media-files.js';
import type { MediaEntity } from '../library/media.entity.js';
import { MediaRepository } from '../library/media.repository.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { UploadService } from '../uploads/upload.service.js';

const QUEUE = 'sweep-media';
const EVERY_SECONDS = 3600;

/** How many are looked up at a time. */
const BATCH = 100;

/**
 * Deletes what nothing uses: uploads of long ago, and media that no draft has ever referred to. What a draft referred to
 * once stays, as a version may show it, or its author may take back that it does not.
 */
@Injectable()
export class SweepService implements OnModuleInit {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly uploads: UploadService,
    private readonly uploadRows: UploadRepository,
    private readonly media: MediaRepository,
    private readonly files: MediaFiles,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery(EVERY_SECONDS, QUEUE, () => this.sweep());
  }

  async sweep(): Promise<void> {
    const hours = this.config.uploadGraceHours;
    await inBatches(
      () => this.uploadRows.findOld(hours, BATCH),
      ({ uploadId }) => this.#sweepUpload(uploadId, hours),
    );
    await inBatches(
      () => this.media.findUnused(hours, BATCH),
      (media) => this.#sweepMedia(media),
    );
  }

  #sweepUpload(uploadId: number, hours: number): Promise<void> {
    return this.database.transaction(async () => {
      const upload = await this.uploadRows.lockOld(uploadId, hours);
      if (upload === null) return;
      // What could not be processed in all that time never will be.
      if (upload.mediaId !== null) await this.media.finish(upload.mediaId, { status: 'failed' });
      await this.uploads.drop(upload);
    });
  }

  /** The files go first: a medium whose files are gone is found again, files without a medium are not. */
  #sweepMedia(media: MediaEntity): Promise<void> {
    return this.database.transaction(async () => {
      if (!(await this.media.lockUnused(media.mediaId))) return;
      await this.files.delete(media);
      await this.media.delete(media.mediaId);
    });
  }
}
