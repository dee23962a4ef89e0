import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import type { Config } from '../../config/config.js';
import { sign } from '../../config/signature.js';
import { Storage, type ByteRange, type UploadTarget } from './storage.js';

/** Files in the folder `media` of the data folder; this server itself takes the uploads. */
export class LocalStorage extends Storage {
  readonly origin = undefined;
  readonly #folder: string;

  constructor(private readonly config: Config) {
    const folder = join(config.dataDir, 'media');
    super(new Disk(new FSDriver({ location: folder, visibility: 'private' })));
    this.#folder = folder;
  }

  uploadUrl({ key, expiresAt }: UploadTarget): Promise<string> {
    const expires = Math.floor(expiresAt.getTime() / 1000);
    const signature = sign(this.config.jwtSecret(), 'upload', `${key}:${expires}`);
    const url = `${this.config.publicUrl}/${key}?expires=${expires}&signature=${signature}`;
    return Promise.resolve(url);
  }

  assertAnswers(): Promise<void> {
    return Promise.resolve();
  }

  stream(key: string, range?: ByteRange): Promise<Readable> {
    return Promise.resolve(createReadStream(join(this.#folder, key), range));
  }

  protected isMissing({ code }: NodeJS.ErrnoException): boolean {
    return code === 'ENOENT';
  }
}
