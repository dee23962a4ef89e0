import type { Readable } from 'node:stream';
import { parseStream } from 'music-metadata';
import { UnfitContent } from '../library/unfit-content.js';

export interface AudioFacts {
  readonly durationSeconds: number;
}

/**
 * Reads a recording through.
 * @throws {UnfitContent} when it has no sound, or pictures that move
 */
export async function inspectAudio(
  stream: Readable,
  file: { contentType: string; size: number },
): Promise<AudioFacts> {
  const { format } = await parseStream(
    stream,
    { mimeType: file.contentType, size: file.size },
    { duration: true, skipCovers: true },
  )
    .catch((error: unknown) => {
      throw unreadable(error);
    })
    .finally(() => stream.destroy());
  if (format.hasVideo) throw new UnfitContent('must be a recording of sound alone, without a film');
  if (!(format.duration! > 0)) throw unreadable();
  return { durationSeconds: format.duration! };
}

const unreadable = (cause?: unknown) =>
  new UnfitContent('cannot be read: the recording is damaged or empty; save it again', { cause });
