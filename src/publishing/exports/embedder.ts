import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { MediaFiles, type MediaFile, type MediaVariant } from '../../media/library/media-files.js';
import type { Piece } from './export-file.js';

/** The most bytes of media in one file: with a third more in base64, it can still be uploaded to be imported. */
const MOST_BYTES = 40 * 1024 * 1024;

/** How many files are looked up at a time. */
const AT_A_TIME = 8;

/** A medium by the key of its address, and as what it is wanted. */
export interface WantedFile {
  readonly key: string;
  readonly variant: MediaVariant;
}

/** A file of a medium that goes into a text. */
export interface EmbeddedFile {
  readonly contentType: string;
  /** Stands in the text for the file in base64. */
  readonly mark: string;
}

/** The media that go into an exported file. Their bytes are read only as it is sent, one medium at a time. */
export interface Embedded {
  /** By the keys of their addresses. */
  readonly files: ReadonlyMap<string, EmbeddedFile>;
  /** How many are not among them: there was no room, or they are not ready. */
  readonly leftOut: number;
  /** A file with marks, with the media in their places. */
  readonly pieces: (file: Buffer) => Piece[];
}

@Injectable()
export class Embedder {
  constructor(private readonly media: MediaFiles) {}

  /** Takes in the media that are wanted, in this order, as long as there is room. */
  async embed(wanted: readonly WantedFile[]): Promise<Embedded> {
    const unique = [...new Map(wanted.map((each) => [each.key, each])).values()];
    const found = await this.#find(unique);
    // No author can write what nobody can know.
    const secret = randomBytes(16).toString('hex');
    const files = new Map<string, EmbeddedFile>();
    const taken: MediaFile[] = [];
    let room = MOST_BYTES;
    for (const [i, { key }] of unique.entries()) {
      const file = found[i];
      if (file === undefined || file.size > room) continue;
      room -= file.size;
      files.set(key, { contentType: file.contentType, mark: `${secret}:${taken.length};` });
      taken.push(file);
    }
    return {
      files,
      leftOut: unique.length - files.size,
      pieces: (file) => splitAt(secret, file, (i) => this.#inBase64(taken[i]!)),
    };
  }

  #find(wanted: readonly WantedFile[]): Promise<(MediaFile | undefined)[]> {
    const limit = pLimit(AT_A_TIME);
    return Promise.all(
      wanted.map(({ key, variant }) => limit(() => this.media.find(key, variant))),
    );
  }

  #inBase64(file: MediaFile): Piece {
    return {
      size: Math.ceil(file.size / 3) * 4,
      read: async () => Buffer.from((await this.media.bytes(file)).toString('base64')),
    };
  }
}

/** A file cut where marks stand, with what they stand for in their places. */
function splitAt(secret: string, file: Buffer, instead: (i: number) => Piece): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = file.indexOf(secret); at !== -1; at = file.indexOf(secret, from)) {
    const end = file.indexOf(';', at);
    const i = file.toString('latin1', at + secret.length + 1, end);
    pieces.push(file.subarray(from, at), instead(Number(i)));
    from = end + 1;
  }
  return [...pieces, file.subarray(from)];
}
