import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deflateSync } from 'node:zlib';
import { startApp, type TestApp } from '../../../support/app.js';
import { fingerprint } from '../../../support/fingerprint.js';
import { outcomes, problemsIn } from '../../../support/importing.js';
import { picture, recording, wav } from '../../../support/sample-media.js';
import { storedFiles, Uploader } from '../../../support/uploading.js';
import { DocumentStories, medium, oneNode, type Written } from './document-stories.js';

/** A PNG of one grey colour that says it has so many pixels a side, packed into few bytes. */
function bomb(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.writeUInt8(8, 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const rows = deflateSync(Buffer.alloc(side * (side + 1)));
  const parts = [chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

function crc32(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

describe('a document with media that are not what they should be', () => {
  let talegraph: TestApp;
  let author: Uploader;
  let stories: DocumentStories;
  let png: Buffer;
  beforeAll(async () => {
    talegraph = await startApp();
    author = new Uploader(talegraph, await talegraph.factory.newAuthor());
    stories = new DocumentStories(talegraph, author);
    png = await picture(40, 30).png().toBuffer();
  });
  afterAll(() => talegraph.close());

  /** All that is there but what tells of imports. */
  const all = async () => {
    const passing = new Set(['import_jobs', 'import_stories', 'uploads']);
    const tables = Object.entries(await fingerprint(talegraph.database));
    return {
      tables: tables.filter(([name]) => !passing.has(name)),
      uploads: await talegraph.database.query(
        `SELECT * FROM uploads WHERE kind <> 'import' ORDER BY upload_id`,
      ),
      files: Object.keys(storedFiles(talegraph)).filter((name) => name.startsWith('media/')),
    };
  };

  const withImage = (changes: Written, image: object = { media: 'x', alt: 'A wall.' }) =>
    oneNode(
      'hostile',
      { image },
      {
        media: [
          { ...medium('x', 'a.png', png), ...changes },
          medium('y', 'b.opus', recording('opus.ogg')),
        ],
      },
    );
  const base64 = (bytes: Buffer | string) => ({ data: Buffer.from(bytes).toString('base64') });

  it.each<[string, () => Written, RegExp]>([
    [
      'HTML that is called a picture',
      () => withImage(base64('<html><script>alert(1)</script></html>')),
      /^hostile 9:12 ERROR media\.0\.data: must be a JPEG, PNG, .* this is none that is known$/,
    ],
    [
      'SVG',
      () => withImage(base64('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')),
      /^hostile 9:12 ERROR media\.0\.data: must be a JPEG, PNG, .* by its content/,
    ],
    [
      'a recording that is called a picture',
      () => withImage(base64(recording('opus.ogg'))),
      /^hostile 9:12 ERROR media\.0\.data: must be a JPEG.* this is audio\/ogg/,
    ],
    [
      'a picture that breaks off',
      () => withImage(base64(png.subarray(0, png.length - 30))),
      /^hostile 9:12 ERROR media\.0\.data: cannot be decoded/,
    ],
    [
      'a picture of 100 megapixels in few bytes',
      () => withImage(base64(bomb(10_000))),
      /^hostile 9:12 ERROR media\.0\.data: must have at most 50 megapixels/,
    ],
    [
      'more bytes than a picture may have',
      () => withImage(base64(Buffer.alloc(15 * 1024 * 1024 + 3))),
      /^hostile 9:12 ERROR media\.0\.data: an image has at most 15 MB$/,
    ],
    [
      'no bytes',
      () => withImage({ data: '' }),
      /^hostile 9:12 ERROR media\.0\.data: an image has 1 to \d+ bytes/,
    ],
    [
      'bytes that are no base64',
      () => withImage({ data: '!!!!' }),
      /^hostile 9:12 ERROR media\.0\.data: must be base64 with its padding/,
    ],
    [
      'base64 with more behind it',
      () => withImage({ data: `${png.toString('base64')}=<script>` }),
      /^hostile 9:12 ERROR media\.0\.data: must be base64 with its padding/,
    ],
    [
      'other bytes than the hash says',
      () => withImage({ sha256: '0'.repeat(64) }),
      /^hostile 10:14 ERROR media\.0\.sha256: is not that of the data, which is [0-9a-f]{64}/,
    ],
    [
      'a hash that is none',
      () => withImage({ sha256: '../../etc' }),
      /^hostile 10:14 ERROR media\.0\.sha256: must have 64 hexadecimal digits/,
    ],
    [
      'a file name with a path',
      () => withImage({ filename: '../../a.png' }),
      /^hostile 8:16 ERROR media\.0\.filename: must be the name of a file alone/,
    ],
    [
      'a file name that others would run',
      () => withImage({ filename: 'a.php.png' }),
      /^hostile 8:16 ERROR media\.0\.filename: must not have the extension/,
    ],
    [
      'a key that no medium has',
      () => withImage({}, { media: 'z', alt: 'A wall.' }),
      /^hostile 26:14 ERROR nodes\.0\.image\.media: there is no z among the media/,
    ],
    [
      'a key of another kind',
      () => withImage({}, { media: 'y', alt: 'A wall.' }),
      /^hostile 26:14 ERROR nodes\.0\.image\.media: y is of kind audio, and must be of kind image/,
    ],
    [
      'the same key twice',
      () => ({
        ...withImage({}),
        media: [medium('x', 'a.png', png), medium('x', 'a.png', png)],
      }),
      /^hostile 12:11 ERROR media\.1\.key: x is there twice/,
    ],
    [
      'a cover without a text',
      () => ({ ...withImage({}), cover: { media: 'x' } }),
      /^hostile \d+:\d+ ERROR cover: an image needs a text/,
    ],
    [
      'a field that media do not have',
      () => withImage({ url: 'http://169.254.169.254/' }),
      /^hostile 10:11 ERROR media\.0\.url: is no field that belongs here/,
    ],
    [
      'more media than a story may have',
      () => ({
        ...withImage({}),
        media: ['x', ...Array.from({ length: 500 }, (_, i) => `x${i}`)].map((key) =>
          medium(key, 'a.wav', wav(0)),
        ),
      }),
      /^hostile \d+:\d+ ERROR media: must have at most 500/,
    ],
  ])(
    'is refused with field, line and column where it has %s, and leaves nothing behind',
    async (_, story, problem) => {
      const before = await all();
      const job = await stories.imported(story());
      expect(outcomes(job).map(([, action]) => action)).toEqual(['REFUSED']);
      const errors = problemsIn(job).filter((each) => each.includes(' ERROR '));
      expect(errors).toEqual([expect.stringMatching(problem)]);
      expect(await all()).toEqual(before);
    },
  );

  it('tells all that is wrong at once, and makes no medium while any of them is wrong', async () => {
    const before = await all();
    const story = oneNode(
      'hostile',
      { image: { media: 'good', alt: 'A.' }, audio: { media: 'bad' } },
      {
        media: [
          medium('good', 'a.png', png),
          { ...medium('bad', 'b.wav', wav(1).subarray(0, 44)) },
        ],
        cover: { media: 'worse', alt: 'B.' },
      },
    );
    story.media.push({ ...medium('worse', 'c.png', png), data: 'bad!' });
    const errors = problemsIn(await stories.imported(story)).filter((each) =>
      each.includes('ERROR'),
    );
    expect(errors).toEqual([
      expect.stringMatching(/media\.2\.data: must be base64/),
      expect.stringMatching(/media\.1\.data: cannot be read: the recording is damaged or empty/),
    ]);
    expect(await all()).toEqual(before);
  });

  it('keeps nothing but the pixels of a picture with something behind it', async () => {
    const polyglot = Buffer.concat([png, Buffer.from('<html><script>alert(1)</script>')]);
    await stories.imported(
      oneNode(
        'polyglot',
        { image: { media: 'x', alt: 'A wall.' } },
        { media: [medium('x', 'a.png', polyglot)] },
      ),
    );
    const { media } = await stories.exported('polyglot');
    const bytes = Buffer.from(media[0].data, 'base64');
    expect([bytes.subarray(8, 12).toString(), bytes.includes('<script>')]).toEqual(['WEBP', false]);
  });

  it('gives nobody the medium of another author for its hash', async () => {
    const other = new DocumentStories(
      talegraph,
      new Uploader(talegraph, await talegraph.factory.newAuthor()),
    );
    await other.imported(
      oneNode('secret', { audio: { media: 'x' } }, { media: [medium('x', 'a.wav', wav(1))] }),
    );
    const [{ data: _, ...bare }] = (await other.exported('secret')).media;
    await stories.imported(oneNode('thief', { audio: { media: 'm1' } }, { media: [bare] }));
    expect(await stories.exported('thief')).not.toHaveProperty('media');
  });
});
