import type { Readable } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Disk } from 'flydrive';
import { S3Driver } from 'flydrive/drivers/s3';
import type { BucketSettings } from '../../config/storage-url.js';
import { Storage, type ByteRange, type UploadTarget } from './storage.js';

/** Files in a private bucket; clients put their uploads there without passing through this server. */
export class BucketStorage extends Storage {
  readonly origin: string;
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor({ endpoint, region, bucket, accessKeyId, secretAccessKey }: BucketSettings) {
    const client = new S3Client({
      endpoint,
      region,
      credentials: { accessKeyId, secretAccessKey },
      forcePathStyle: true,
      // Else presigned addresses would carry the checksum of an empty file, and not all services know checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    super(new Disk(new S3Driver({ client, bucket, visibility: 'private', supportsACL: false })));
    this.origin = endpoint;
    this.#client = client;
    this.#bucket = bucket;
  }

  /** The length is signed too: the storage itself refuses any other. */
  uploadUrl({ key, size, expiresAt }: UploadTarget): Promise<string> {
    const expiresIn = Math.ceil((expiresAt.getTime() - Date.now()) / 1000);
    return this.disk.getSignedUploadUrl(key, { expiresIn, ContentLength: size });
  }

  async stream(key: string, range?: ByteRange): Promise<Readable> {
    const { Body } = await this.#client.send(
      new GetObjectCommand({
        Bucket: this.#bucket,
        Key: key,
        ...(range && { Range: `bytes=${range.start}-${range.end}` }),
      }),
    );
    return Body as Readable;
  }
}
