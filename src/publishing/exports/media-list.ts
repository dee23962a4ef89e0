import { Injectable } from '@nestjs/common';
import type { MediaEntity } from '../../media/library/media.entity.js';
import { MediaRepository } from '../../media/library/media.repository.js';
import type { ListedMedium } from '../documents/document-media.js';
import type { DocumentMedium } from '../formats/story-document.js';
import { Embedder, type Embedded, type WantedFile } from './embedder.js';

/** The media of documents that are written, as they list them. */
@Injectable()
export class MediaList {
  constructor(
    private readonly media: MediaRepository,
    private readonly embedder: Embedder,
  ) {}

  /** @returns the media that are there, as m1, m2 and so on, with marks for their bytes as far as there is room */
  async of(
    mediaIds: readonly number[],
  ): Promise<{ listed: readonly ListedMedium[]; embedded: Embedded }> {
    const found = new Map((await this.media.findByIds(mediaIds)).map((row) => [row.mediaId, row]));
    const rows = mediaIds.flatMap((id) => found.get(id) ?? []);
    const embedded = await this.embedder.embed(rows.map(toWanted));
    return {
      listed: rows.map((row, i) => ({
        id: row.mediaId,
        medium: toMedium(row, `m${i + 1}`, embedded),
      })),
      embedded,
    };
  }
}

const toWanted = ({ key, kind }: MediaEntity): WantedFile => ({
  key,
  variant: kind === 'image' ? 'full' : 'audio',
});

function toMedium(row: MediaEntity, key: string, { files }: Embedded): DocumentMedium {
  const { kind, filename, sourceHash, fileHash } = row;
  const data = files.get(row.key)?.mark;
  const sha256 = data === undefined ? (fileHash ?? sourceHash) : fileHash;
  return {
    ...{ key, kind, filename },
    ...(sha256 !== null && { sha256 }),
    ...(data !== undefined && { data }),
  };
}
