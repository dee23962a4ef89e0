import { isUtf8 } from 'node:buffer';
import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../graphql/viewer.js';
import { noSuchUpload, notForImport, notPlainText } from './upload.errors.js';
import { UploadRepository } from './upload.repository.js';
import { UploadService } from './upload.service.js';

/** Files that users have uploaded to have them imported. They are never served: only an import reads them. */
@Injectable()
export class ImportUploads {
  constructor(
    private readonly service: UploadService,
    private readonly uploads: UploadRepository,
  ) {}

  /**
   * Finds out, before a job is queued, whether the viewer's upload can be read.
   * @param path the argument that names the upload, for the error
   * @throws {ApiError} `NOT_FOUND` unless it is the viewer's; `BAD_USER_INPUT` unless it is of kind IMPORT, whole, and
   * plain text; a file that is none is deleted
   */
  async check(viewer: Viewer, uploadId: number, path: string): Promise<void> {
    const upload = await this.service.arrived(viewer, uploadId, path);
    if (upload.kind !== 'import') throw notForImport(path);
    const bytes = await this.service.bytes(upload);
    if (isUtf8(bytes) && !bytes.includes(0)) return;
    await this.service.drop(upload);
    throw notPlainText(path);
  }

  /** The text of an upload that was checked, without a byte order mark. @throws when it was dropped or swept since */
  async text(uploadId: number): Promise<string> {
    const upload = await this.uploads.findById(uploadId);
    if (upload === null) throw noSuchUpload();
    return new TextDecoder('utf-8', { fatal: true }).decode(await this.service.bytes(upload));
  }

  /** Deletes an upload that was imported. One that is gone already is no fault. */
  async drop(uploadId: number): Promise<void> {
    const upload = await this.uploads.findById(uploadId);
    if (upload !== null) await this.service.drop(upload);
  }
}
