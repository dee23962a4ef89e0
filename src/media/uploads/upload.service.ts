import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { UserRepository } from '../../auth/users/user.repository.js';
import { Config } from '../../config/config.js';
import { isSigned } from '../../config/signature.js';
import { Database } from '../../database/database.js';
import { badUserInput } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Storage } from '../storage/storage.js';
import {
  alteredAddress,
  arrivedInWrongSize,
  brokenOff,
  expiredAddress,
  noSuchUpload,
  noRoom,
  nothingArrived,
  tooManyWaiting,
  usedAddress,
  wrongSize,
} from './upload.errors.js';
import type { UploadEntity, UploadKindValue } from './upload.entity.js';
import type { RequestUploadInput } from './upload.inputs.js';
import { UploadRepository } from './upload.repository.js';
import { MEGABYTE, MOST_WAITING, UPLOAD_MINUTES, uploadProblems } from './upload.rules.js';

const LONGEST = UPLOAD_MINUTES * 60_000;

/** The address of an upload, as somebody uses it. */
export interface UsedAddress {
  readonly token: string;
  /** In seconds since 1970. */
  readonly expires: number;
  readonly signature: string;
}

/** What nobody guesses. */
export const newKey = () => randomBytes(24).toString('base64url');

const folderOf = (token: string) => `uploads/${token}`;

/** Where the bytes of an upload lie once they have come. */
export const bytesOf = ({ key }: Pick<UploadEntity, 'key'>) => `${folderOf(key)}/bytes`;

/** Takes files from clients, and keeps them until they are used or swept. */
@Injectable()
export class UploadService {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly storage: Storage,
    private readonly uploads: UploadRepository,
    private readonly users: UserRepository,
  ) {}

  /** Keeps bytes that are here already as an upload of the viewer's; they are swept unless they become something else. */
  async keep(
    { userId }: Viewer,
    { kind, filename, bytes }: { kind: UploadKindValue; filename: string; bytes: Buffer },
  ): Promise<UploadEntity> {
    const upload = { userId, storyId: null, kind, key: newKey(), filename, size: bytes.length };
    const row = await this.uploads.insert({ ...upload, expiresAt: new Date(Date.now() + LONGEST) });
    await this.storage.put(bytesOf(row), bytes);
    await this.uploads.receive(row.uploadId);
    return row;
  }

  /** @param storyId of a story that the viewer may edit */
  async request(
    { userId }: Viewer,
    { kind, filename, size }: RequestUploadInput,
    storyId: number | null,
  ): Promise<{ row: UploadEntity; url: string }> {
    const problems = uploadProblems({ kind, filename, size });
    if (problems.length > 0) throw badUserInput(problems);
    const row = await this.database.transaction(async () => {
      await this.users.lock(userId);
      await this.#assertRoom(userId, size);
      const key = newKey();
      const expiresAt = new Date(Date.now() + LONGEST);
      return this.uploads.insert({ userId, storyId, kind, key, filename, size, expiresAt });
    });
    return { row, url: await this.storage.uploadUrl({ ...row, key: bytesOf(row) }) };
  }

  /**
   * Writes the bytes of an upload as they come. Until all have come, and unless they are as many as was said, there are
   * none.
   */
  async receive({ token, expires, signature }: UsedAddress, body: Readable): Promise<void> {
    const text = `${bytesOf({ key: token })}:${expires}`;
    if (!isSigned(this.config.jwtSecret(), 'upload', { text, signature })) throw alteredAddress();
    if (expires * 1000 < Date.now()) throw expiredAddress();
    const upload = await this.uploads.findByKey(token);
    if (upload === null) throw noSuchUpload();
    if (upload.receivedAt !== null) throw usedAddress();
    const part = `${folderOf(token)}/${newKey()}`;
    const timer = setTimeout(() => body.destroy(), LONGEST);
    await this.storage
      .putStream(part, exactly(upload.size, body))
      .catch((error: unknown) => {
        throw body.readableAborted || body.errored ? brokenOff() : error;
      })
      .finally(() => {
        clearTimeout(timer);
      });
    await this.#keep(upload, part);
  }

  /**
   * The upload, once its bytes have come.
   * @throws {ApiError} naming `path` when it is not the viewer's, or its bytes have not come whole
   */
  async arrived({ userId }: Viewer, uploadId: number, path: string): Promise<UploadEntity> {
    const upload = await this.uploads.findById(uploadId);
    if (upload?.userId !== userId) throw noSuchUpload();
    if (upload.mediaId !== null) return upload;
    const size = await this.storage.sizeOf(bytesOf(upload));
    if (size === undefined) throw nothingArrived(path);
    if (size !== upload.size) {
      await this.drop(upload);
      throw arrivedInWrongSize(path, upload.size);
    }
    if (upload.receivedAt === null) await this.uploads.receive(uploadId);
    return upload;
  }

  bytes(upload: UploadEntity): Promise<Buffer> {
    return this.storage.bytes(bytesOf(upload));
  }

  /** Forgets an upload, and deletes its bytes. */
  async drop(upload: UploadEntity): Promise<void> {
    await this.discard(upload);
    await this.uploads.delete(upload.uploadId);
  }

  /** Deletes the bytes of an upload, which has become something else. */
  discard({ key }: UploadEntity): Promise<void> {
    return this.storage.deleteFolder(folderOf(key));
  }

  async #assertRoom(userId: number, size: number): Promise<void> {
    const { waiting, bytes } = await this.uploads.loadOf(userId);
    if (waiting >= MOST_WAITING) throw tooManyWaiting();
    const quota = this.config.mediaQuotaMegabytes;
    if (bytes + size > quota * MEGABYTE) throw noRoom(quota);
  }

  async #keep(upload: UploadEntity, part: string): Promise<void> {
    try {
      await this.database.transaction(async () => {
        if (!(await this.uploads.receive(upload.uploadId))) throw usedAddress();
        await this.storage.move(part, bytesOf(upload));
      });
    } catch (error) {
      await this.storage.delete(part);
      throw error;
    }
  }
}

/** Passes on `size` bytes. The body stays open when there are others, so that the answer can still be sent. */
async function* exactly(size: number, body: Readable): AsyncGenerator<Buffer> {
  let passed = 0;
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    passed += chunk.length;
    if (passed > size) throw wrongSize(size);
    yield chunk;
  }
  if (passed < size) throw wrongSize(size);
}
