import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeId } from '../../../src/graphql/ids.js';
import { SweepService } from '../../../src/media/sweep/sweep.service.js';
import { startApp, type TestApp } from '../../support/app.js';
import { picture } from '../../support/sample-media.js';
import { storedFiles, Uploader } from '../../support/uploading.js';
import { untilSomeWait } from '../../support/locks.js';

describe('the sweep', () => {
  let talegraph: TestApp;
  let author: Uploader;
  let bytes: Buffer;
  beforeAll(async () => {
    process.env.UPLOAD_GRACE_HOURS = '2';
    talegraph = await startApp();
    author = new Uploader(talegraph, await talegraph.factory.newAuthor());
    bytes = await picture(30, 20).png().toBuffer();
  });
  afterAll(() => {
    delete process.env.UPLOAD_GRACE_HOURS;
    return talegraph.close();
  });

  const sweep = () => talegraph.app.get(SweepService).sweep();
  const rows = async () =>
    (
      await talegraph.database.query(
        'SELECT (SELECT count(*) FROM uploads) AS uploads, (SELECT count(*) FROM media) AS media',
      )
    )[0];
  /** Lets so many hours pass. */
  const wait = async (hours: number) => {
    const shift = `- ${hours} * interval '1 hour'`;
    await talegraph.database.query(
      `UPDATE uploads SET created_at = created_at ${shift}, expires_at = expires_at ${shift}`,
    );
    await talegraph.database.query(`UPDATE media SET created_at = created_at ${shift}`);
  };

  it('takes what nothing uses after the time of grace, and not before', async () => {
    const requested = await author.request({ kind: 'IMAGE', filename: 'a.png', size: 5 });
    await author.send('IMAGE', 'a.png', bytes);
    await author.send('IMPORT', 'a.json', Buffer.from('{}'));
    await author.media('IMAGE', 'a.png', bytes);
    expect(await rows()).toEqual({ uploads: 4, media: 1 });
    await wait(1.9);
    const before = storedFiles(talegraph);
    await sweep();
    expect(await rows()).toEqual({ uploads: 4, media: 1 });
    expect(storedFiles(talegraph)).toEqual(before);
    await wait(0.2);
    await sweep();
    expect(await rows()).toEqual({ uploads: 0, media: 0 });
    expect(storedFiles(talegraph)).toEqual({});
    expect((await author.put(requested.url, Buffer.from('12345'))).status).toBe(404);
  });

  it('never takes what a draft, a version or the history of a draft refers to', async () => {
    const story = await talegraph.factory.newStory(author.person, { published: false });
    const start = story.node('start');
    const made: any[] = [];
    for (let i = 0; i < 4; i++) {
      made.push(await author.media('IMAGE', 'a.png', bytes, { altText: 'A wall.' }));
    }
    const [past, published, cover, drafted] = made;
    let revision = 1;
    const attach = (id: string) =>
      author.client.get(
        `mutation { updateNode(id: "${start}", input: { revision: ${revision++}, image: { mediaId: "${id}" } }) { id } }`,
      );
    await attach(past.id);
    await attach(published.id);
    await author.client.get(`mutation { publishStory(id: "${story.id}") { id } }`);
    await author.client.get(
      `mutation { updateStory(id: "${story.id}", input: { revision: 1, cover: { mediaId: "${cover.id}" } }) { id } }`,
    );
    await attach(drafted.id);
    const files = storedFiles(talegraph);
    expect(Object.keys(files)).toHaveLength(12);
    await wait(1000);
    await sweep();
    expect(await rows()).toEqual({ uploads: 0, media: 4 });
    expect(storedFiles(talegraph)).toEqual(files);
    for (const { url } of made) expect((await fetch(author.here(url))).status).toBe(200);
  });

  it('gives up on what could not be processed in that time', async () => {
    const story = await talegraph.factory.newStory(author.person, { published: false });
    const { id } = await author.media('IMAGE', 'a.png', bytes, { altText: 'A wall.' });
    await author.client.get(
      `mutation { updateNode(id: "${story.node('start')}", input: { revision: 1, image: { mediaId: "${id}" } }) { id } }`,
    );
    await talegraph.database.query(
      `UPDATE media SET status = 'processing' WHERE media_id = (SELECT max(media_id) FROM media)`,
    );
    await wait(3);
    await sweep();
    expect((await author.client.get(`{ media(id: "${id}") { status url } }`)).media).toEqual({
      status: 'FAILED',
      url: null,
    });
  });

  it('leaves what was completed only now to its job, though its upload is old', async () => {
    const upload = await author.send('IMAGE', 'a.png', bytes);
    await wait(3);
    const { id } = await author.complete(upload, 'A wall.');
    await talegraph.database.query(
      `UPDATE media SET status = 'processing' WHERE media_id = (SELECT max(media_id) FROM media)`,
    );
    await sweep();
    expect((await author.client.get(`{ media(id: "${id}") { status } }`)).media).toEqual({
      status: 'PROCESSING',
    });
    await wait(3);
    await sweep();
    expect((await author.client.fail(`{ media(id: "${id}") { status } }`)).extensions.code).toBe(
      'NOT_FOUND',
    );
  });

  it('leaves what is completed while it waits for it', async () => {
    const upload = await author.send('IMAGE', 'a.png', bytes);
    await wait(3);
    const files = storedFiles(talegraph);
    const runner = talegraph.database.createQueryRunner();
    await runner.startTransaction();
    await runner.query(
      `WITH medium AS (
         INSERT INTO media (user_id, kind, status, key, filename, content_type, size)
         SELECT user_id, kind, 'processing', key, filename, 'image/png', size FROM uploads
         WHERE upload_id = $1 RETURNING media_id
       )
       UPDATE uploads SET media_id = medium.media_id FROM medium WHERE upload_id = $1`,
      [decodeId('upload', upload, 'id')],
    );
    const swept = sweep();
    await untilSomeWait(talegraph.database);
    await runner.commitTransaction();
    await runner.release();
    await swept;
    expect(storedFiles(talegraph)).toMatchObject(files);
    expect(await rows()).toMatchObject({ uploads: 1 });
  });
});
