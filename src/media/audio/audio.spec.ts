import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { inspectAudio } from './audio.js';

describe('inspectAudio', () => {
  it.each(['audio/mpeg', 'audio/mp4', 'audio/wav', 'audio/flac'])(
    'lets go of a file that is no %s',
    async (contentType) => {
      const size = 1_000_000;
      const stream = new Readable({
        read() {
          this.push(Buffer.alloc(10_000, 1));
        },
      });
      await expect(inspectAudio(stream, { contentType, size })).rejects.toThrow(/damaged or empty/);
      expect(stream.destroyed).toBe(true);
    },
  );
});
