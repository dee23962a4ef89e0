import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadBucketCommand,
  NoSuchKey,
  NotFound,
  S3Client,
} from '@aws-sdk/client-s3';
import { Disk } from 'flydrive';
import { S3Driver } from 'flydrive/drivers/s3';
import type { BucketSettings } from '../../config/storage-url.js';
import { StorageUnavailable } from './storage-unavailable.js';
import { Storage, type ByteRange, type UploadTarget } from './storage.js';

/** How long to wait for a connection, in milliseconds. */
const CONNECTING = 5000;

/** How long to wait for an answer, and for each next part of it, in milliseconds. */
const ANSWERING = 20_000;

/** How often a request is made before it counts as failed. */
const ATTEMPTS = 2;

/** Files in a private bucket; clients put their uploads there without passing through this server. */
export class BucketStorage extends Storage {
  readonly origin: string;
  readonly #client: S3Client;
  readonly #bucket: string;

  readonly #patience: number;

  /** @param patience how long to wait for an answer, and for each next part of it, in milliseconds */
  constructor(
    { endpoint, region, bucket, accessKeyId, secretAccessKey }: BucketSettings,
    patience = ANSWERING,
  ) {
    const client = new S3Client({
      endpoint,
      region,
      credentials: { accessKeyId, secretAccessKey },
      forcePathStyle: true,
      // Else presigned addresses would carry the checksum of an empty file, and not all services know checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: {
        connectionTimeout: CONNECTING,
        requestTimeout: patience,
        throwOnRequestTimeout: true,
      },
      maxAttempts: ATTEMPTS,
    });
    super(new Disk(new S3Driver({ client, bucket, visibility: 'private', supportsACL: false })));
    this.origin = endpoint;
    this.#client = client;
    this.#bucket = bucket;
    this.#patience = patience;
  }

  /** The length is signed too: the storage itself refuses any other. */
  uploadUrl({ key, size, expiresAt }: UploadTarget): Promise<string> {
    const expiresIn = Math.ceil((expiresAt.getTime() - Date.now()) / 1000);
    return this.disk.getSignedUploadUrl(key, { expiresIn, ContentLength: size });
  }

  stream(key: string, range?: ByteRange): Promise<Readable> {
    return this.reach(async () => {
      const { Body } = await this.#client.send(
        new GetObjectCommand({
          Bucket: this.#bucket,
          Key: key,
          ...(range && { Range: `bytes=${range.start}-${range.end}` }),
        }),
      );
      return Readable.from(this.#chunksOf(Body as Readable), { objectMode: false });
    });
  }

  async assertAnswers(): Promise<void> {
    try {
      await this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }));
    } catch (error) {
      throw new StorageUnavailable(error);
    }
  }

  protected isMissing(error: Error): boolean {
    return error instanceof NoSuchKey || error instanceof NotFound;
  }

  /** The client itself waits for the beginning of an answer alone; slow readers are waited for. */
  async *#chunksOf(body: Readable): AsyncGenerator<Buffer> {
    const giveUp = () => body.destroy(new Error(`nothing came for ${this.#patience} ms`));
    let timer = setTimeout(giveUp, this.#patience);
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        clearTimeout(timer);
        yield chunk;
        timer = setTimeout(giveUp, this.#patience);
      }
    } catch (error) {
      throw this.failed(error);
    } finally {
      clearTimeout(timer);
    }
  }
}
