import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeId } from '../../../src/graphql/ids.js';
import { ImportUploads } from '../../../src/media/uploads/import-uploads.js';
import { startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { storedFiles, Uploader } from '../../support/uploading.js';

const TEXT = Buffer.from('{"title": "Ünder the 🌊"}');
const IMPORT = { kind: 'IMPORT', filename: 'story.json', size: TEXT.length };

describe('an upload', () => {
  let talegraph: TestApp;
  let author: Uploader;
  let other: Uploader;
  beforeAll(async () => {
    talegraph = await startApp();
    author = new Uploader(talegraph, await talegraph.factory.newAuthor());
    other = new Uploader(talegraph, await talegraph.factory.newAuthor());
  });
  afterAll(() => talegraph.close());

  const imports = () => talegraph.app.get(ImportUploads);
  const idOf = (upload: string) => decodeId('upload', upload, 'id');
  const state = async () => ({
    rows: await fingerprint(talegraph.database),
    files: storedFiles(talegraph),
  });
  /** Runs `work`, and expects that it leaves rows and files as they were. */
  const leavingNothing = async <T>(work: () => Promise<T>): Promise<T> => {
    const before = await state();
    const result = await work();
    expect(await state()).toEqual(before);
    return result;
  };

  it('is told where and how to send its bytes', async () => {
    const requested = Date.now();
    const upload = await author.request(IMPORT);
    expect(upload).toEqual({
      id: expect.stringMatching(/^upl_\d+$/),
      url: expect.stringMatching(
        /^http:\/\/localhost:3000\/uploads\/[\w-]{32}\/bytes\?expires=\d{10}&signature=[\w-]{43}$/,
      ),
      method: 'PUT',
      headers: [{ name: 'Content-Type', value: 'application/octet-stream' }],
      expiresAt: expect.any(String),
      maxBytes: TEXT.length,
    });
    const minutes = (Date.parse(upload.expiresAt) - requested) / 60_000;
    expect(minutes).toBeGreaterThanOrEqual(15);
    expect(minutes).toBeLessThan(15.2);
  });

  it.each(['image/png', 'application/json', 'multipart/form-data', 'no type at all', ''])(
    'is taken under whatever type its client says, such as %j',
    async (type) => {
      const { url } = await author.request(IMPORT);
      expect(await author.put(url, TEXT, type)).toMatchObject({ status: 204 });
    },
  );

  it('of a file to import is read by the import, and dropped by it', async () => {
    const before = storedFiles(talegraph);
    const withMark = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), TEXT]);
    const id = idOf(await author.send('IMPORT', 'story.json', withMark));
    await imports().check(author.person.viewer, id, 'input.uploadId');
    expect(await imports().text(id)).toBe(TEXT.toString());
    await imports().drop(id);
    expect(storedFiles(talegraph)).toEqual(before);
    await imports().drop(id);
    await expect(imports().text(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each([
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['UTF-16', Buffer.from('{"title": "x"}', 'utf16le')],
    ['text with a NUL', Buffer.from('{"a": "\0"}')],
  ])('of a file to import is refused where it holds %s', async (_, bytes) => {
    await leavingNothing(async () => {
      const id = idOf(await author.send('IMPORT', 'story.json', bytes));
      await expect(
        imports().check(author.person.viewer, id, 'input.uploadId'),
      ).rejects.toMatchObject({
        message:
          'input.uploadId: must be plain text in UTF-8: save the file in that encoding and upload it again',
      });
    });
  });

  it('of somebody else is not there to import', async () => {
    const id = idOf(await author.send('IMPORT', 'story.json', TEXT));
    await leavingNothing(() =>
      expect(imports().check(other.person.viewer, id, 'input.uploadId')).rejects.toMatchObject({
        code: 'NOT_FOUND',
      }),
    );
  });

  it('whose bytes have not come cannot be imported', async () => {
    const { id } = await author.request(IMPORT);
    await leavingNothing(() =>
      expect(
        imports().check(author.person.viewer, idOf(id), 'input.uploadId'),
      ).rejects.toMatchObject({ code: 'BAD_USER_INPUT' }),
    );
  });

  it.each([
    ['../../etc/passwd.json', /path/],
    ['..\\story.json', /path/],
    ['a/b.json', /path/],
    ['.json', /dot first/],
    ['story\n.json', /control characters/],
    ['story\0.json', /NUL character/],
    ['x'.repeat(200) + '.json', /200 characters/],
    ['', /empty/],
  ])('is not granted for the file name %j', async (filename, message) => {
    const error = await leavingNothing(() => author.refusedRequest({ ...IMPORT, filename }));
    expect(error.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.filename', message: expect.stringMatching(message) }],
    });
  });

  it.each([
    ['IMAGE', 'picture.jpg.html', /extension "\.html"/],
    ['IMAGE', 'picture.svg', /extension "\.svg"/],
    ['IMAGE', 'picture.php.jpg', /extension "\.php"/],
    ['IMAGE', 'picture.HTML.jpg', /extension "\.HTML"/],
    ['AUDIO', 'song.exe.mp3', /extension "\.exe"/],
  ])('of kind %s is not granted for the file name %j', async (kind, filename, message) => {
    const error = await leavingNothing(() => author.refusedRequest({ kind, filename, size: 5 }));
    expect(error.extensions.fields).toEqual([
      { path: 'input.filename', message: expect.stringMatching(message) },
    ]);
  });

  it.each([
    ['IMAGE', 'x'],
    ['IMAGE', 'my.picture.tmp'],
    ['IMAGE', 'html.png'],
    ['AUDIO', 'film.mp4'],
    ['IMPORT', 'story'],
    ['IMPORT', 'story.html'],
  ])('of kind %s is granted under the name %j', async (kind, filename) => {
    const { maxBytes } = await author.request({ kind, filename, size: 5 });
    expect(maxBytes).toBe(5);
  });

  it.each([
    ['IMAGE', 'a.png', 15],
    ['AUDIO', 'a.mp3', 50],
    ['IMPORT', 'a.json', 64],
  ])('of kind %s, such as %s, has at most %i MB', async (kind, filename, megabytes) => {
    const most = megabytes * 1024 * 1024;
    await author.request({ kind, filename, size: most });
    for (const size of [most + 1, 0, -1]) {
      const error = await leavingNothing(() => author.refusedRequest({ kind, filename, size }));
      expect(error.extensions.fields).toEqual([
        { path: 'input.size', message: expect.stringContaining(`1 to ${most} bytes`) },
      ]);
    }
  });

  it('is told all that is wrong with it at once', async () => {
    const error = await author.refusedRequest({ kind: 'IMAGE', filename: 'a.svg', size: 0 });
    expect(error.extensions.fields).toMatchObject([
      { path: 'input.filename' },
      { path: 'input.size' },
    ]);
  });

  it('for the library of a story is granted to those who may edit it', async () => {
    const story = await talegraph.factory.newStory(author.person, { published: false });
    await author.request({ ...IMPORT, storyId: story.id });
    const error = await leavingNothing(() =>
      other.refusedRequest({ ...IMPORT, storyId: story.id }),
    );
    expect(error.extensions.code).toBe('NOT_FOUND');
  });

  it('is not granted while 50 others wait', async () => {
    const busy = new Uploader(talegraph, await talegraph.factory.newAuthor());
    for (let i = 0; i < 50; i++) await busy.request(IMPORT);
    const error = await leavingNothing(() => busy.refusedRequest(IMPORT));
    expect(error.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 900 });
  });

  describe('is refused, and nothing is left of it,', () => {
    const altered = (url: string, change: (address: URL) => void) => {
      const address = new URL(url);
      change(address);
      return address.href;
    };

    it.each<[string, (address: URL) => void]>([
      [
        'signature',
        (a) => {
          a.searchParams.set('signature', 'A'.repeat(43));
        },
      ],
      [
        'length of the signature',
        (a) => {
          a.searchParams.set('signature', 'A');
        },
      ],
      [
        'lack of a signature',
        (a) => {
          a.searchParams.delete('signature');
        },
      ],
      ['lack of everything', (a) => (a.search = '')],
      [
        'expiry',
        (a) => {
          a.searchParams.set('expires', '9999999999');
        },
      ],
      [
        'token',
        (a) => (a.pathname = a.pathname.replace(/.{33}\/bytes/, `/${'A'.repeat(32)}/bytes`)),
      ],
      ['path', (a) => (a.pathname = '/uploads/..%2f..%2fjwt-secret/bytes')],
    ])('at an address of another %s', async (_, change) => {
      const { url } = await author.request(IMPORT);
      const answer = await leavingNothing(() => author.put(altered(url, change), TEXT));
      expect(answer).toMatchObject({ status: 403, code: 'FORBIDDEN' });
      expect(answer.message).toContain('altered');
      expect((await author.put(url, TEXT)).status).toBe(204);
    });

    it('at an address that has expired', async () => {
      const { url } = await author.request(IMPORT);
      const now = Date.now;
      Date.now = () => now() + 16 * 60_000;
      const answer = await leavingNothing(() => author.put(url, TEXT)).finally(() => {
        Date.now = now;
      });
      expect(answer).toMatchObject({ status: 403, code: 'FORBIDDEN' });
      expect(answer.message).toContain('expired');
    });

    it('at an address that was used, which keeps the first bytes', async () => {
      const { url, id } = await author.request(IMPORT);
      expect((await author.put(url, TEXT)).status).toBe(204);
      const others = Buffer.alloc(TEXT.length, 'x');
      const answer = await leavingNothing(() => author.put(url, others));
      expect(answer).toMatchObject({ status: 409, code: 'CONFLICT' });
      expect(await imports().text(idOf(id))).toBe(TEXT.toString());
    });

    it('where several use an address at once, all but one', async () => {
      const { url } = await author.request(IMPORT);
      const before = Object.keys(storedFiles(talegraph)).length;
      const answers = await Promise.all(Array.from({ length: 8 }, () => author.put(url, TEXT)));
      expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(7).fill(409)]);
      expect(Object.keys(storedFiles(talegraph))).toHaveLength(before + 1);
    });

    it.each([
      ['more', Buffer.concat([TEXT, TEXT])],
      ['fewer', TEXT.subarray(1)],
      ['no', Buffer.alloc(0)],
    ])('with %s bytes than were said', async (_, bytes) => {
      const { url } = await author.request(IMPORT);
      const answer = await leavingNothing(() => author.put(url, bytes));
      expect(answer).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
      expect(answer.message).toBe(
        `size: must be ${TEXT.length} bytes, as requestUpload was told, no more and no less`,
      );
      expect((await author.put(url, TEXT)).status).toBe(204);
    });

    it('with more bytes than were said, though no length was announced', async () => {
      const { url } = await author.request(IMPORT);
      const endless = new ReadableStream({
        pull(controller) {
          controller.enqueue(new Uint8Array(65_536));
        },
      });
      const answer = await leavingNothing(() => author.put(url, endless).catch(() => undefined));
      // The client may find the connection closed before it reads the answer.
      expect(answer?.status ?? 400).toBe(400);
    });

    it('where the client announces more than it sends, and goes away', async () => {
      const { url } = await author.request(IMPORT);
      const { hostname, port, pathname, search } = new URL(author.here(url));
      await leavingNothing(async () => {
        const socket = connect(Number(port), hostname);
        socket.write(
          `PUT ${pathname}${search} HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n` +
            `Content-Length: ${TEXT.length}\r\n\r\n${TEXT.subarray(0, 5).toString()}`,
        );
        await new Promise((resolve) => setTimeout(resolve, 200));
        socket.destroy();
        await new Promise((resolve) => setTimeout(resolve, 200));
      });
      expect((await author.put(url, TEXT)).status).toBe(204);
    });
  });
});
