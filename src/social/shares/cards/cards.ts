import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { MediaFiles } from '../../../media/library/media-files.js';
import type { Preview } from '../preview.js';
import { drawCard } from './card.js';

const MOST_BYTES = 32 * 1024 * 1024;

/** How many are drawn at a time, each by a thread of sharp's. */
const AT_ONCE = 2;

/** Grows when cards are drawn differently: those that others keep are then asked for anew. */
const EDITION = 1;

/** The pictures of shares: drawn when first asked for, by one who asks for all who do, then kept while there is room. */
@Injectable()
export class Cards {
  readonly #limit = pLimit(AT_ONCE);
  readonly #kept = new LRUCache<string, Buffer, Preview>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ length }) => length,
    fetchMethod: (_, __, { context }) => this.#limit(() => this.#draw(context)),
  });

  constructor(private readonly files: MediaFiles) {}

  /** Changes with all that the picture shows. */
  etag(preview: Preview): string {
    const shown = JSON.stringify([EDITION, preview]);
    return `"${createHash('sha256').update(shown).digest('base64url')}"`;
  }

  /** @returns a PNG */
  get(preview: Preview): Promise<Buffer> {
    return this.#kept.forceFetch(this.etag(preview), { context: preview });
  }

  async #draw(preview: Preview): Promise<Buffer> {
    const file =
      preview.cover === undefined ? undefined : await this.files.find(preview.cover, 'cover');
    return drawCard(preview, file && (await this.files.bytes(file)));
  }
}
