import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { atOnce, codesOf, dataOf } from '../../support/at-once.js';
import { fingerprint } from '../../support/fingerprint.js';
import { wav } from '../../support/sample-media.js';
import { Uploader } from '../../support/uploading.js';

const REQUEST = `mutation ($size: Int!) {
  requestUpload(input: { kind: AUDIO, filename: "a.wav", size: $size }) { id }
}`;

describe('the room of an author for media', () => {
  let talegraph: TestApp;
  let author: Uploader;
  beforeAll(async () => {
    process.env.MEDIA_QUOTA_MB = '1';
    talegraph = await startApp();
  });
  afterAll(() => {
    delete process.env.MEDIA_QUOTA_MB;
    return talegraph.close();
  });
  beforeEach(async () => {
    author = new Uploader(talegraph, await talegraph.factory.newAuthor());
  });

  it('holds so much of media and of uploads that may still come, and no more', async () => {
    const { id } = await author.media('AUDIO', 'a.wav', wav(30));
    await author.client.get(REQUEST, { size: 500_000 });
    const before = await fingerprint(talegraph.database);
    const { extensions } = await author.client.fail(REQUEST, { size: 69_000 });
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'input.size' }] });
    expect(await fingerprint(talegraph.database)).toEqual(before);
    await author.client.get(REQUEST, { size: 68_000 });
    await author.client.get(`mutation { deleteMedia(id: "${id}") }`);
    await author.client.get(REQUEST, { size: 69_000 });
  });

  it('is not overrun by requests that come at once', async () => {
    const answers = await atOnce(author.client, 8, REQUEST, () => ({ size: 300_000 }));
    expect(dataOf(answers)).toHaveLength(3);
    expect(new Set(codesOf(answers))).toEqual(new Set(['BAD_USER_INPUT']));
  });
});
