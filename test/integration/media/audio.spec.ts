import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { aac, flac, mp3, picture, recording, wav } from '../../support/sample-media.js';
import { storedFiles, Uploader } from '../../support/uploading.js';

describe('a recording', () => {
  let talegraph: TestApp;
  let author: Uploader;
  beforeAll(async () => {
    talegraph = await startApp();
    author = new Uploader(talegraph, await talegraph.factory.newAuthor());
  });
  afterAll(() => talegraph.close());

  it.each([
    ['MP3', 'a.mp3', mp3(100), 'audio/mpeg', 2.6],
    ['WAV', 'a.wav', wav(3), 'audio/wav', 3],
    ['FLAC', 'a.flac', flac(4), 'audio/flac', 4],
    ['AAC', 'a.aac', aac(100), 'audio/aac', 2.3],
    ['Ogg with Opus', 'a.opus', recording('opus.ogg'), 'audio/ogg', 0.5],
    ['Ogg with Vorbis', 'a.ogg', recording('vorbis.ogg'), 'audio/ogg', 0.5],
    ['M4A', 'a.m4a', recording('aac.m4a'), 'audio/mp4', 0.5],
  ])('may be %s', async (_, filename, bytes, contentType, seconds) => {
    const media = await author.media('AUDIO', filename, bytes, { altText: 'A bell.' });
    expect(media).toMatchObject({
      kind: 'AUDIO',
      status: 'READY',
      altText: 'A bell.',
      contentType,
      width: null,
      color: null,
      thumbnailUrl: null,
      url: expect.stringMatching(/\/media\/[\w-]{32}\/audio$/),
    });
    expect(media.durationSeconds).toBeCloseTo(seconds, 1);
    const response = await fetch(author.here(media.url));
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('is told by its content, not by its name', async () => {
    expect(await author.media('AUDIO', 'a.mp3', wav(1))).toMatchObject({
      contentType: 'audio/wav',
    });
  });

  describe('is served in parts', () => {
    const bytes = wav(1);
    let url: string;
    beforeAll(async () => {
      url = author.here((await author.media('AUDIO', 'a.wav', bytes)).url);
    });

    it.each([
      ['bytes=0-99', 0, 99],
      ['bytes=100-', 100, bytes.length - 1],
      ['bytes=-50', bytes.length - 50, bytes.length - 1],
      ['bytes=0-999999999', 0, bytes.length - 1],
      ['bytes=-999999999', 0, bytes.length - 1],
      ['bytes=5-5', 5, 5],
    ])('for %s', async (range, start, end) => {
      const response = await fetch(url, { headers: { range } });
      expect(response.status).toBe(206);
      expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${bytes.length}`);
      expect(response.headers.get('content-length')).toBe(String(end - start + 1));
      const part = Buffer.from(await response.arrayBuffer());
      expect(part.equals(bytes.subarray(start, end + 1))).toBe(true);
    });

    it.each([
      'bytes=10-5',
      `bytes=${bytes.length}-`,
      'bytes=0-1,5-6',
      'bytes=-',
      'lines=1-2',
      'bytes=a-b',
    ])('and whole for %s', async (range) => {
      const response = await fetch(url, { headers: { range } });
      expect(response.status).toBe(200);
      expect((await response.arrayBuffer()).byteLength).toBe(bytes.length);
    });
  });

  it.each([
    ['a picture', () => picture(20, 20).png().toBuffer(), /this is image\/png/],
    ['HTML', Buffer.from('<html><script>1</script></html>'), /none that is known/],
    ['the head of a WAV', wav(1).subarray(0, 44), /damaged or empty/],
    [
      'a film',
      Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom' + '\0'.repeat(100), 'latin1'),
      /this is video\/mp4/,
    ],
  ])('is refused, and nothing is left of it, where it is %s', async (_, bytes, message) => {
    const before = [await fingerprint(talegraph.database), storedFiles(talegraph)];
    const id = await author.send(
      'AUDIO',
      'a.mp3',
      typeof bytes === 'function' ? await bytes() : bytes,
    );
    const error = await author.refusedComplete(id);
    expect(error.extensions.code).toBe('BAD_USER_INPUT');
    expect(error.message).toMatch(message);
    expect([await fingerprint(talegraph.database), storedFiles(talegraph)]).toEqual(before);
  });
});
