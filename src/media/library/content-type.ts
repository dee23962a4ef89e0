import { fileTypeFromBuffer } from 'file-type';
import { UnfitContent } from './unfit-content.js';
import type { MediaKindValue } from './media.entity.js';

/** How many of the first bytes tell what a file is. */
export const HEAD_BYTES = 64 * 1024;

/** What is taken, by the names that the sniffer has for it; the values are how it is served. */
const TAKEN: Readonly<
  Record<MediaKindValue, { types: Readonly<Record<string, string>>; what: string }>
> = {
  image: {
    what: 'a JPEG, PNG, WebP, GIF or AVIF image',
    types: {
      'image/jpeg': 'image/jpeg',
      'image/png': 'image/png',
      'image/webp': 'image/webp',
      'image/gif': 'image/gif',
      'image/avif': 'image/avif',
    },
  },
  audio: {
    what: 'an MP3, Ogg, WAV, M4A, AAC or FLAC recording',
    types: {
      'audio/mpeg': 'audio/mpeg',
      'audio/ogg': 'audio/ogg',
      'audio/ogg; codecs=opus': 'audio/ogg',
      'audio/wav': 'audio/wav',
      'audio/x-m4a': 'audio/mp4',
      'audio/mp4': 'audio/mp4',
      'audio/aac': 'audio/aac',
      'audio/flac': 'audio/flac',
      'audio/x-flac': 'audio/flac',
    },
  },
};

/**
 * What a file is by its first bytes, whatever it is called.
 * @throws {UnfitContent} when that is nothing that its kind may be
 */
export async function contentTypeOf(kind: MediaKindValue, head: Uint8Array): Promise<string> {
  const { types, what } = TAKEN[kind];
  const found = (await fileTypeFromBuffer(head))?.mime;
  const type = found === undefined ? undefined : types[found];
  if (type !== undefined) return type;
  throw new UnfitContent(
    `must be ${what} by its content, whatever its name; this is ${found ?? 'none that is known'}`,
  );
}
