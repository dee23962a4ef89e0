import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { inspectAudio } from '../audio/audio.js';
import { inspectImage } from '../images/image.js';
import type { ByteRange } from '../storage/storage.js';
import { contentTypeOf, HEAD_BYTES } from './content-type.js';
import type { MediaKindValue } from './media.entity.js';
import type { NewMedia } from './media.repository.js';

export type MediaFacts = Pick<
  NewMedia,
  'contentType' | 'width' | 'height' | 'color' | 'durationSeconds' | 'sourceHash'
>;

/** Bytes that somebody gives for an image or a recording. */
export interface GivenContent {
  readonly size: number;
  readonly bytes: () => Promise<Buffer>;
  readonly stream: (range?: ByteRange) => Promise<Readable>;
}

export const contentOf = (bytes: Buffer): GivenContent => ({
  size: bytes.length,
  bytes: () => Promise.resolve(bytes),
  stream: ({ start, end } = { start: 0, end: bytes.length - 1 }) =>
    Promise.resolve(Readable.from([bytes.subarray(start, end + 1)], { objectMode: false })),
});

/** Looks at what somebody gives for an image or a recording, to its end. */
@Injectable()
export class MediaInspector {
  /** A decoded image can take 200 MB: one at a time. */
  readonly #decoding = pLimit(1);

  /** Does something that decodes an image, when no other is being decoded. */
  decoding<T>(work: () => Promise<T>): Promise<T> {
    return this.#decoding(work);
  }

  /** @throws {UnfitContent} when it is not what its kind may be */
  async inspect(kind: MediaKindValue, content: GivenContent): Promise<MediaFacts> {
    const facts = await (kind === 'image' ? this.#image(content) : inspectedAudio(content));
    return { ...facts, sourceHash: await hashOf(content) };
  }

  #image(content: GivenContent) {
    return this.decoding(async () => {
      const bytes = await content.bytes();
      const contentType = await contentTypeOf('image', bytes.subarray(0, HEAD_BYTES));
      return { contentType, ...(await inspectImage(bytes)), durationSeconds: null };
    });
  }
}

async function inspectedAudio({ size, stream }: GivenContent) {
  const head = await stream({ start: 0, end: Math.min(size, HEAD_BYTES) - 1 });
  const chunks = (await head.toArray()) as Buffer[];
  const contentType = await contentTypeOf('audio', Buffer.concat(chunks));
  const { durationSeconds } = await inspectAudio(await stream(), { contentType, size });
  return { contentType, durationSeconds, width: null, height: null, color: null };
}

/** In hexadecimal. */
export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

async function hashOf({ stream }: GivenContent): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(await stream(), hash);
  return hash.digest('hex');
}
