import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BucketSettings } from '../../../src/config/storage-url.js';
import { BucketStorage } from '../../../src/media/storage/bucket-storage.js';
import { SweepService } from '../../../src/media/sweep/sweep.service.js';
import { startApp, type TestApp } from '../../support/app.js';
import { S3Server } from '../../support/s3-server.js';
import { picture, wav } from '../../support/sample-media.js';
import { Uploader } from '../../support/uploading.js';

const PATIENCE = 200;

const AWAY = {
  code: 'SERVICE_UNAVAILABLE',
  message: 'The storage of media is away for a moment. Try again shortly.',
};

describe('media in a bucket', () => {
  const s3 = new S3Server();
  let talegraph: TestApp;
  let author: Uploader;
  let image: Buffer;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    await s3.start();
    process.env.STORAGE_URL = s3.url;
    talegraph = await startApp();
    author = new Uploader(talegraph, await talegraph.factory.newAuthor());
    image = await picture(300, 200).png().toBuffer();
  });
  beforeEach(async () => {
    await talegraph.database.query('TRUNCATE uploads, media CASCADE');
    s3.reset();
  });
  afterAll(async () => {
    delete process.env.STORAGE_URL;
    await talegraph.close();
    await s3.stop();
  });

  /** What lies in the bucket, by the first and the last part of its name. */
  const stored = () => [...s3.files.keys()].map((key) => key.replace(/\/.*\//, '/')).sort();
  const requested = (kind: 'IMAGE' | 'AUDIO', { length }: Buffer) =>
    author.request({ kind, filename: kind === 'IMAGE' ? 'a.png' : 'a.wav', size: length });
  const put = async (url: string, bytes: Buffer) => {
    const response = await fetch(url, { method: 'PUT', body: new Uint8Array(bytes) });
    const [, code] = /<Code>(\w+)</.exec(await response.text()) ?? [];
    return { status: response.status, code };
  };
  const uploaded = async (kind: 'IMAGE' | 'AUDIO', bytes: Buffer) => {
    const { id, url } = await requested(kind, bytes);
    expect(await put(url, bytes)).toEqual({ status: 200, code: undefined });
    return id;
  };
  /** A medium, once it is made and its upload is cleared away. */
  const ready = async ({ id }: { id: string }) => {
    const media = await author.ready(id);
    while (stored().includes('uploads/bytes')) await setTimeout(50);
    return media;
  };
  const made = async (upload: string) => ready(await author.complete(upload, 'A wall.'));
  const get = async (url: string, headers: Record<string, string> = {}) => {
    const response = await fetch(author.here(url), { headers });
    return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
  };
  const sweepMuchLater = async () => {
    const past = `created_at = created_at - interval '30 days'`;
    await talegraph.database.query(`UPDATE uploads SET ${past}, expires_at = created_at`);
    await talegraph.database.query(`UPDATE media SET ${past}`);
    await talegraph.app.get(SweepService).sweep();
  };
  const rows = async () =>
    (
      await talegraph.database.query<unknown[]>(
        `SELECT (SELECT count(*) FROM uploads)::int AS uploads, (SELECT count(*) FROM media)::int AS media`,
      )
    )[0];

  describe('goes there and comes from there', () => {
    it('as a picture straight from its author, drawn in all sizes', async () => {
      const media = await made(await uploaded('IMAGE', image));
      expect(media).toMatchObject({ status: 'READY', width: 300, height: 200 });
      expect(stored()).toEqual(['media/cover', 'media/full', 'media/thumbnail']);
      const full = [...s3.files].find(([key]) => key.endsWith('/full'))![1];
      expect(await get(media.url)).toEqual({ status: 200, body: full });
    });

    it('as a recording, whole and in parts', async () => {
      const bytes = wav(3);
      const { url } = await made(await uploaded('AUDIO', bytes));
      const part = (start: number, end?: number) => ({
        status: 206,
        body: bytes.subarray(start, end),
      });
      expect(await get(url)).toEqual({ status: 200, body: bytes });
      expect(await get(url, { range: 'bytes=1000-1999' })).toEqual(part(1000, 2000));
      expect(await get(url, { range: 'bytes=-50' })).toEqual(part(bytes.length - 50));
    });

    it('and goes away when somebody deletes it, or the sweep finds that nothing uses it', async () => {
      const { id } = await made(await uploaded('AUDIO', wav(1)));
      expect(stored()).toEqual(['media/audio']);
      await author.client.get(`mutation { deleteMedia(id: "${id}") }`);
      expect(stored()).toEqual([]);
      await made(await uploaded('AUDIO', wav(1)));
      await uploaded('IMAGE', image);
      expect(stored()).toEqual(['media/audio', 'uploads/bytes']);
      await sweepMuchLater();
      expect(stored()).toEqual([]);
      expect(await rows()).toEqual({ uploads: 0, media: 0 });
    });
  });

  describe('is taken', () => {
    it('at the address that was signed alone, and in the length that was said', async () => {
      const { id, url } = await requested('IMAGE', image);
      const refused = { status: 403, code: 'SignatureDoesNotMatch' };
      const altered = url.replace(/(?<=X-Amz-Signature=)./, (digit) => (digit === '0' ? '1' : '0'));
      expect(await put(altered, image)).toEqual(refused);
      expect(await put(url.replace('/bytes?', '/other?'), image)).toEqual(refused);
      expect(await put(url, image.subarray(1))).toEqual(refused);
      expect(await put(url.replace(/\?.*/, ''), image)).toEqual({
        status: 403,
        code: 'AccessDenied',
      });
      expect(stored()).toEqual([]);
      expect((await author.refusedComplete(id)).extensions.code).toBe('BAD_USER_INPUT');
      expect((await put(url, image)).status).toBe(200);
    });

    it('until the time that was told, and no longer', async () => {
      const { url, expiresAt } = await requested('IMAGE', image);
      const end = new Date(expiresAt).getTime();
      s3.now = () => end + 2000;
      expect(await put(url, image)).toEqual({ status: 403, code: 'AccessDenied' });
      expect(stored()).toEqual([]);
      s3.now = () => end - 2000;
      expect((await put(url, image)).status).toBe(200);
    });
  });

  describe('is not lost', () => {
    it('while the bucket is away', async () => {
      const { url } = await made(await uploaded('AUDIO', wav(2)));
      const upload = await uploaded('IMAGE', image);
      const files = new Map(s3.files);
      await s3.stop();
      const { message, extensions } = await author.refusedComplete(upload);
      expect({ message, extensions }).toEqual({
        message: AWAY.message,
        extensions: { code: AWAY.code },
      });
      const answer = await get(url);
      expect({ status: answer.status, answer: JSON.parse(String(answer.body)) }).toEqual({
        status: 503,
        answer: AWAY,
      });
      await requested('IMAGE', image);
      const before = await rows();
      await expect(sweepMuchLater()).rejects.toMatchObject({ code: AWAY.code });
      expect(await rows()).toEqual(before);
      await s3.start();
      expect(s3.files).toEqual(files);
      expect(await get(url)).toEqual({ status: 200, body: wav(2) });
      expect(await made(upload)).toMatchObject({ status: 'READY' });
    });

    it('when the bucket fails while it is made: that is done once it works again', async () => {
      const upload = await uploaded('IMAGE', image);
      s3.faultOf = (method) => (method === 'PUT' ? 'fails' : undefined);
      const media = await author.complete(upload, 'A wall.');
      const delayed = `FROM pgboss.job WHERE name = 'process-media' AND state = 'created' AND start_after > now()`;
      while ((await talegraph.database.query<unknown[]>(`SELECT ${delayed}`)).length === 0) {
        await setTimeout(50);
      }
      expect(stored()).toEqual(['uploads/bytes']);
      s3.faultOf = () => undefined;
      await talegraph.database.query(
        `UPDATE pgboss.job SET start_after = now() WHERE id IN (SELECT id ${delayed})`,
      );
      expect(await ready(media)).toMatchObject({ status: 'READY' });
      expect(stored()).toEqual(['media/cover', 'media/full', 'media/thumbnail']);
    });

    it('when the bucket hangs at any step: all is told in time, and done when asked again', async () => {
      const storage = new BucketStorage(s3.settings, PATIENCE);
      const seconds = async (work: Promise<unknown>) => {
        const began = Date.now();
        await expect(work).rejects.toMatchObject({ code: AWAY.code });
        return (Date.now() - began) / 1000;
      };
      await storage.put('a', Buffer.from('1'));
      for (const hanging of ['HEAD', 'GET', 'PUT', 'DELETE', 'POST']) {
        s3.faultOf = (method) => (method === hanging ? 'hangs' : undefined);
        const uses = {
          HEAD: () => storage.sizeOf('a'),
          GET: () => storage.bytes('a'),
          PUT: () => storage.put('a', Buffer.from('2')),
          DELETE: () => storage.move('a', 'b'),
          POST: () => storage.deleteFolder('b'),
        };
        expect(await seconds(uses[hanging as keyof typeof uses]())).toBeLessThan(3);
        expect(s3.files.get('a')).toEqual(Buffer.from('1'));
      }
      s3.faultOf = () => undefined;
      await storage.move('a', 'b');
      expect([...s3.files]).toEqual([['b', Buffer.from('1')]]);
    });
  });

  it('refuses another key, and tells the server why', async () => {
    const expectRefusal = async (settings: Partial<BucketSettings>, why: string) => {
      const storage = new BucketStorage({ ...s3.settings, ...settings }, PATIENCE);
      await expect(storage.assertAnswers()).rejects.toMatchObject({ code: AWAY.code });
      await expect(storage.bytes('a')).rejects.toMatchObject({
        code: AWAY.code,
        reason: expect.stringContaining(why),
      });
    };
    await expectRefusal({ secretAccessKey: 'other' }, 'SignatureDoesNotMatch');
    await expectRefusal({ accessKeyId: 'other' }, 'InvalidAccessKeyId');
    await expectRefusal({ bucket: 'other' }, 'NoSuchBucket');
    await expect(new BucketStorage(s3.settings).assertAnswers()).resolves.toBeUndefined();
  });
});
