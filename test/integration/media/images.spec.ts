import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { noise, picture } from '../../support/sample-media.js';
import { storedFiles, Uploader } from '../../support/uploading.js';

describe('an image', () => {
  let talegraph: TestApp;
  let author: Uploader;
  beforeAll(async () => {
    talegraph = await startApp();
    author = new Uploader(talegraph, await talegraph.factory.newAuthor());
  });
  afterAll(() => talegraph.close());

  /** A file of a medium, as a reader gets it. */
  const get = async (url: string, headers: Record<string, string> = {}) => {
    const response = await fetch(author.here(url), { headers });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const keyOf = (url: string) => /media\/([\w-]{32})\//.exec(url)![1]!;
  const variants = async (url: string) =>
    Object.fromEntries(
      await Promise.all(
        ['thumbnail', 'cover', 'full'].map(async (variant) => {
          const { bytes } = await get(url.replace(/\w+$/, variant));
          const { format, width, height } = await sharp(bytes).metadata();
          return [variant, { format, width, height }];
        }),
      ),
    );

  it('becomes WebP in three sizes, and its upload is gone', async () => {
    const bytes = await picture(3000, 2000).jpeg().toBuffer();
    const before = Object.keys(storedFiles(talegraph));
    const media = await author.media('IMAGE', 'sea.jpg', bytes, { altText: 'The sea.' });
    expect(media).toEqual({
      id: expect.stringMatching(/^med_\d+$/),
      kind: 'IMAGE',
      status: 'READY',
      altText: 'The sea.',
      contentType: 'image/jpeg',
      size: bytes.length,
      width: 2560,
      height: 1707,
      color: expect.stringMatching(/^#[0-9a-f]{6}$/),
      durationSeconds: null,
      url: expect.stringMatching(/^http:\/\/localhost:3000\/media\/[\w-]{32}\/full$/),
      thumbnailUrl: expect.stringMatching(/\/thumbnail$/),
    });
    expect(await variants(media.url)).toEqual({
      thumbnail: { format: 'webp', width: 320, height: 213 },
      cover: { format: 'webp', width: 1024, height: 683 },
      full: { format: 'webp', width: 2560, height: 1707 },
    });
    const key = keyOf(media.url);
    expect(Object.keys(storedFiles(talegraph)).filter((name) => !before.includes(name))).toEqual(
      ['cover', 'full', 'thumbnail'].map((variant) => `media/${key}/${variant}`),
    );
  });

  it('is not made larger than it is', async () => {
    const media = await author.media('IMAGE', 'a.png', await picture(40, 30).png().toBuffer());
    expect(media).toMatchObject({ width: 40, height: 30 });
    expect(Object.values(await variants(media.url))).toEqual(
      Array(3).fill({ format: 'webp', width: 40, height: 30 }),
    );
  });

  it.each([
    ['png', 'image/png'],
    ['webp', 'image/webp'],
    ['gif', 'image/gif'],
    ['avif', 'image/avif'],
  ] as const)('may be %s, whatever its name says', async (format, contentType) => {
    const bytes = await picture(64, 64).toFormat(format).toBuffer();
    expect(await author.media('IMAGE', 'a.jpg', bytes)).toMatchObject({
      status: 'READY',
      contentType,
    });
  });

  it('loses where and when it was taken', async () => {
    const bytes = await picture(100, 80)
      .withExif({
        IFD0: { Artist: 'Secret Name', Software: 'Secret Camera' },
        IFD3: { GPSLatitude: '51/1 30/1 3230/100', GPSLatitudeRef: 'N' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>Secret Place</a></x:xmpmeta>')
      .jpeg()
      .toBuffer();
    const before = await sharp(bytes).metadata();
    expect(before.exif!.includes('Secret Name')).toBe(true);
    expect(before.xmp).toBeDefined();
    const { url } = await author.media('IMAGE', 'a.jpg', bytes);
    for (const variant of ['thumbnail', 'cover', 'full']) {
      const file = await get(url.replace(/\w+$/, variant));
      const { exif, xmp, iptc, icc } = await sharp(file.bytes).metadata();
      expect([exif, xmp, iptc, icc]).toEqual([undefined, undefined, undefined, undefined]);
      expect(file.bytes.includes('Secret')).toBe(false);
    }
  });

  it('is turned upright', async () => {
    // Orientation 6: the right side of the stored picture is its bottom.
    const bytes = await picture(120, 60).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const media = await author.media('IMAGE', 'a.jpg', bytes);
    expect(media).toMatchObject({ width: 60, height: 120 });
    const { bytes: full } = await get(media.url);
    const { data } = await sharp(full).raw().toBuffer({ resolveWithObject: true });
    const brightness = (x: number, y: number) => data[(y * 60 + x) * 3]!;
    // The bright quarter stood to the left above; a quarter turn to the right takes it to the right above.
    expect(brightness(45, 30)).toBeGreaterThan(200);
    expect(brightness(15, 30)).toBeLessThan(80);
    expect(brightness(45, 90)).toBeLessThan(80);
  });

  it('is redrawn, so that nothing that was hidden in it is served', async () => {
    const image = await picture(64, 64).jpeg().toBuffer();
    const page = Buffer.from('<html><script>alert(1)</script></html>PK\x03\x04secret.zip');
    const media = await author.media('IMAGE', 'a.jpg', Buffer.concat([image, page]));
    for (const variant of ['thumbnail', 'cover', 'full']) {
      const { bytes } = await get(media.url.replace(/\w+$/, variant));
      expect(bytes.includes('<script>')).toBe(false);
      expect(bytes.includes('secret')).toBe(false);
    }
  });

  it('is served so that it is kept for good, and runs nothing', async () => {
    const media = await author.media('IMAGE', 'a.png', await picture(40, 30).png().toBuffer());
    const { response } = await get(media.url);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/webp',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'cross-origin',
    });
    const head = await fetch(author.here(media.url), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'image/webp']);
  });

  it('is at no other address', async () => {
    const { url } = await author.media('IMAGE', 'a.png', await picture(40, 30).png().toBuffer());
    const wrong = [
      url.replace(/\w+$/, 'audio'),
      url.replace(/\w+$/, 'original'),
      url.replace(/\w+$/, 'constructor'),
      url.replace(/\w+$/, '..%2ffull'),
      url.replace(keyOf(url), 'A'.repeat(32)),
      url.replace(keyOf(url), '..%2f..'),
      url.replace(keyOf(url), keyOf(url).toLowerCase() + 'x'),
    ];
    for (const address of wrong) {
      expect([address, (await get(address)).response.status]).toEqual([address, 404]);
    }
  });

  it('is completed once, however often that is asked for', async () => {
    const bytes = await picture(40, 30).png().toBuffer();
    const upload = await author.send('IMAGE', 'a.png', bytes);
    const answers = await Promise.all(Array.from({ length: 4 }, () => author.complete(upload)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    const { id } = await author.ready(answers[0]!.id);
    expect((await author.complete(upload)).id).toBe(id);
  });

  describe('is refused, and nothing is left of it, where it', () => {
    const refused = async (bytes: Uint8Array, filename = 'a.jpg') => {
      const state = async () => [await fingerprint(talegraph.database), storedFiles(talegraph)];
      const before = await state();
      const id = await author.send('IMAGE', filename, bytes);
      const error = await author.refusedComplete(id);
      expect(await state()).toEqual(before);
      expect((await author.refusedComplete(id)).extensions.code).toBe('NOT_FOUND');
      expect(error.extensions.code).toBe('BAD_USER_INPUT');
      return error.message;
    };

    it.each([
      ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
      ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')],
      ['PDF', Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n')],
      ['a zip', Buffer.from('PK\x03\x04\x14\0\0\0\x08\0' + '\0'.repeat(60), 'latin1')],
      ['a program', Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(200)])],
      ['text', Buffer.from('This is no picture.')],
    ])('is %s by its content', async (_, bytes) => {
      expect(await refused(bytes)).toContain(
        'id: the upload must be a JPEG, PNG, WebP, GIF or AVIF image by its content',
      );
    });

    it('is a TIFF, which is no format for readers', async () => {
      const bytes = await picture(20, 20).tiff().toBuffer();
      expect(await refused(bytes, 'a.png')).toContain('this is image/tiff');
    });

    it.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)(
      'is a %s that breaks off',
      async (format) => {
        const whole = await noise(200).toFormat(format).toBuffer();
        expect(await refused(whole.subarray(0, whole.length / 2))).toMatch(/damaged or breaks off/);
      },
    );

    it('is the head of an image and nothing else', async () => {
      const whole = await picture(200, 200).png().toBuffer();
      expect(await refused(whole.subarray(0, 60))).toMatch(/damaged or breaks off/);
    });

    it('has more than 50 megapixels in few bytes', async () => {
      const bytes = await sharp({
        create: { width: 10_000, height: 5001, channels: 3, background: '#fff' },
        limitInputPixels: false,
      })
        .png({ compressionLevel: 9 })
        .toBuffer();
      expect(bytes.length).toBeLessThan(500_000);
      expect(await refused(bytes)).toContain('must have at most 50 megapixels');
    });

    it('says that it is as large as can be', async () => {
      const bytes = await picture(20, 20).png().toBuffer();
      bytes.writeUInt32BE(0x7fffffff, 16);
      bytes.writeUInt32BE(0x7fffffff, 20);
      expect(await refused(bytes)).toMatch(/megapixels|damaged/);
    });
  });

  it('is somebody else’s to complete', async () => {
    const id = await author.send('IMAGE', 'a.png', await picture(40, 30).png().toBuffer());
    const other = new Uploader(talegraph, await talegraph.factory.newAuthor());
    const before = [await fingerprint(talegraph.database), storedFiles(talegraph)];
    expect((await other.refusedComplete(id)).extensions.code).toBe('NOT_FOUND');
    expect([await fingerprint(talegraph.database), storedFiles(talegraph)]).toEqual(before);
  });
});
