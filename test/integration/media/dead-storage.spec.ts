import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { deadEndpoint } from '../../support/faulty-storage.js';
import { Uploader } from '../../support/uploading.js';

const AWAY = {
  code: 'SERVICE_UNAVAILABLE',
  message: 'The storage of media is away for a moment. Try again shortly.',
};

describe('a bucket that does not answer', () => {
  let talegraph: TestApp;
  let author: Uploader;
  beforeAll(async () => {
    process.env.STORAGE_URL = `s3://key:secret@host/stories?endpoint=${await deadEndpoint()}`;
    talegraph = await startApp();
    author = new Uploader(talegraph, await talegraph.factory.newAuthor());
  });
  afterAll(async () => {
    delete process.env.STORAGE_URL;
    await talegraph.close();
  });

  it('is told as a service that is away, and all else works', async () => {
    const { id } = await author.request({ kind: 'IMAGE', filename: 'a.png', size: 5 });
    const { message, extensions } = await author.refusedComplete(id);
    expect({ message, extensions }).toEqual({
      message: AWAY.message,
      extensions: { code: AWAY.code },
    });
    expect(await author.client.get('{ stories { totalCount } }')).toEqual({
      stories: { totalCount: 0 },
    });
  });

  it('is 503 to who asks for media', async () => {
    const [{ key }] = await talegraph.database.query(
      `INSERT INTO media (user_id, kind, status, key, filename, content_type, size)
       SELECT user_id, 'image', 'ready', repeat('A', 32), 'a.png', 'image/png', 5 FROM users
       RETURNING key`,
    );
    const response = await fetch(`${talegraph.url}/media/${key}/full`);
    expect({ status: response.status, answer: await response.json() }).toEqual({
      status: 503,
      answer: AWAY,
    });
  });
});
