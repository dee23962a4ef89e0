import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Logger } from '@nestjs/common';
import type { Disk } from 'flydrive';
import { ApiError } from '../../graphql/errors.js';
import { causesOf, StorageUnavailable } from './storage-unavailable.js';

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

const logger = new Logger('Storage');

/**
 * Where files lie, each under a key that nobody guesses.
 * Whatever goes wrong with the storage itself is a {@link StorageUnavailable}, and logged.
 */
export abstract class Storage {
  /** Where clients put files, when that is not this server. */
  abstract readonly origin: string | undefined;

  protected constructor(protected readonly disk: Disk) {}

  /** The address that takes one file by PUT, and only that one. */
  abstract uploadUrl(target: UploadTarget): Promise<string>;

  abstract stream(key: string, range?: ByteRange): Promise<Readable>;

  /** @throws {StorageUnavailable} which is not logged, unless files can be looked for */
  abstract assertAnswers(): Promise<void>;

  /** Whether an error says no more than that there is no such file. */
  protected abstract isMissing(error: Error): boolean;

  /** @returns undefined where there is no such file */
  sizeOf(key: string): Promise<number | undefined> {
    return this.reach(async () => {
      if (!(await this.disk.exists(key))) return undefined;
      return (await this.disk.getMetaData(key)).contentLength;
    });
  }

  bytes(key: string): Promise<Buffer> {
    return this.reach(async () => buffer(await this.stream(key)));
  }

  put(key: string, bytes: Uint8Array): Promise<void> {
    return this.reach(() => this.disk.put(key, bytes));
  }

  /**
   * Writes a file as it comes, without holding it in memory.
   * @throws what `chunks` threw, in which case nothing is left behind
   */
  async putStream(key: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const source = new Source(chunks);
    try {
      await this.disk.putStream(key, Readable.from(source, { objectMode: false }));
    } catch (error) {
      await this.delete(key);
      throw source.failure ?? this.failed(error);
    }
  }

  copy(from: string, to: string): Promise<void> {
    return this.reach(() => this.disk.copy(from, to));
  }

  move(from: string, to: string): Promise<void> {
    return this.reach(() => this.disk.move(from, to));
  }

  /** A file that is gone already is no fault. */
  delete(key: string): Promise<void> {
    return this.reach(() => this.disk.delete(key));
  }

  /** Deletes all files whose keys begin with `folder/`. */
  deleteFolder(folder: string): Promise<void> {
    return this.reach(() => this.disk.deleteAll(`${folder}/`));
  }

  /** Does something with the storage, in the one way to do so. */
  protected async reach<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.failed(error);
    }
  }

  /** What to throw for an error of the storage: itself where the fault is not the storage's. */
  protected failed(error: unknown): unknown {
    const causes = causesOf(error);
    if (error instanceof ApiError || causes.some((cause) => this.isMissing(cause))) return error;
    const failure = new StorageUnavailable(error);
    logger.error(causes.length > 1 ? `${causes[0]!.message}: ${failure.reason}` : failure.reason);
    return failure;
  }
}

/** Passes on what is to be written, and remembers when that was what failed. */
class Source implements AsyncIterable<Uint8Array> {
  failure: unknown;

  constructor(private readonly chunks: AsyncIterable<Uint8Array>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      yield* this.chunks;
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}
