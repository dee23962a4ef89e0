import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { IMAGE_VARIANTS, type ImageVariant } from '../images/image.js';
import { Storage, type ByteRange } from '../storage/storage.js';
import type { MediaEntity } from './media.entity.js';
import { MediaRepository } from './media.repository.js';

/** What of a medium can be asked for: a picture in three sizes, or a recording. */
export type MediaVariant = ImageVariant | 'audio';

export interface MediaFile {
  readonly contentType: string;
  readonly size: number;
  readonly key: string;
}

const folderOf = (key: string) => `media/${key}`;
const fileOf = (key: string, variant: MediaVariant) => `${folderOf(key)}/${variant}`;

/** The files of media: what was made of an upload, and nothing that somebody sent as a picture. */
@Injectable()
export class MediaFiles {
  constructor(
    private readonly config: Config,
    private readonly storage: Storage,
    private readonly media: MediaRepository,
  ) {}

  /** The address of a file. Who has it can get the file: nobody guesses it. */
  readonly url = (key: string, variant: MediaVariant): string =>
    `${this.config.publicUrl}/media/${key}/${variant}`;

  /** @returns undefined where there is no such file, or it is not ready */
  async find(key: string, variant: string): Promise<MediaFile | undefined> {
    const media = await this.media.findByKey(key);
    if (media?.status !== 'ready' || !has(media, variant)) return undefined;
    const file = fileOf(key, variant);
    const size = await this.storage.sizeOf(file);
    const contentType = media.kind === 'image' ? 'image/webp' : media.contentType;
    return size === undefined ? undefined : { contentType, size, key: file };
  }

  stream(file: MediaFile, range?: ByteRange): Promise<Readable> {
    return this.storage.stream(file.key, range);
  }

  /** A whole file at once, for what embeds it. */
  bytes(file: MediaFile): Promise<Buffer> {
    return this.storage.bytes(file.key);
  }

  write(key: string, variant: MediaVariant, bytes: Uint8Array): Promise<void> {
    return this.storage.put(fileOf(key, variant), bytes);
  }

  /** Makes a file of one that lies in the storage already. */
  copy(from: string, key: string, variant: MediaVariant): Promise<void> {
    return this.storage.copy(from, fileOf(key, variant));
  }

  delete({ key }: Pick<MediaEntity, 'key'>): Promise<void> {
    return this.storage.deleteFolder(folderOf(key));
  }
}

function has({ kind }: MediaEntity, variant: string): variant is MediaVariant {
  return kind === 'audio'
    ? variant === 'audio'
    : (IMAGE_VARIANTS as readonly string[]).includes(variant);
}
