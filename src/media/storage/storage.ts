import type { Readable } from 'node:stream';
import type { Disk } from 'flydrive';

/** A part of a file: both ends are in it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What a client needs to put the bytes of one file. */
export interface UploadTarget {
  readonly key: string;
  /** How many bytes it will have, no more and no less. */
  readonly size: number;
  readonly expiresAt: Date;
}

/** Where files lie, each under a key that nobody guesses. */
export abstract class Storage {
  /** Where clients put files, when that is not this server. */
  abstract readonly origin: string | undefined;

  protected constructor(protected readonly disk: Disk) {}

  /** The address that takes one file by PUT, and only that one. */
  abstract uploadUrl(target: UploadTarget): Promise<string>;

  abstract stream(key: string, range?: ByteRange): Promise<Readable>;

  /** @returns undefined where there is no such file */
  async sizeOf(key: string): Promise<number | undefined> {
    if (!(await this.disk.exists(key))) return undefined;
    return (await this.disk.getMetaData(key)).contentLength;
  }

  async bytes(key: string): Promise<Buffer> {
    return Buffer.from(await this.disk.getBytes(key));
  }

  put(key: string, bytes: Uint8Array): Promise<void> {
    return this.disk.put(key, bytes);
  }

  /** Writes a file as it comes, without holding it in memory. A stream that fails leaves nothing behind but its error. */
  async putStream(key: string, stream: Readable): Promise<void> {
    try {
      await this.disk.putStream(key, stream);
    } catch (error) {
      await this.delete(key);
      throw stream.errored ?? error;
    }
  }

  copy(from: string, to: string): Promise<void> {
    return this.disk.copy(from, to);
  }

  move(from: string, to: string): Promise<void> {
    return this.disk.move(from, to);
  }

  /** A file that is gone already is no fault. */
  delete(key: string): Promise<void> {
    return this.disk.delete(key);
  }

  /** Deletes all files whose keys begin with `folder/`. */
  deleteFolder(folder: string): Promise<void> {
    return this.disk.deleteAll(`${folder}/`);
  }
}
