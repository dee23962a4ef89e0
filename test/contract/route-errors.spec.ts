import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import type { Person } from '../support/factory.js';
import { fingerprint } from '../support/fingerprint.js';
import { Uploader, type RouteAnswer } from '../support/uploading.js';

const EXPORT = `query ($storyId: ID!) { exportStory(storyId: $storyId, format: TWEE) { url } }`;

describe('what is not there, on HTTP routes', () => {
  let talegraph: TestApp;
  let owner: Person;
  let uploader: Uploader;
  beforeAll(async () => {
    talegraph = await startApp();
    owner = await talegraph.factory.newAuthor();
    uploader = new Uploader(talegraph, owner);
  });
  afterAll(() => talegraph.close());

  const get = async (url: string): Promise<RouteAnswer> => {
    const response = await fetch(uploader.here(url));
    const { code, message } = (await response.json()) as { code: string; message: string };
    return { status: response.status, code, message };
  };

  const notFound = (message: string) => ({ status: 404, code: 'NOT_FOUND', message });

  it.each(['image', 'audio', 'nothing'])(
    'is 404 of media, whichever the variant: %s',
    async (variant) => {
      expect(await get(`${talegraph.url}/media/${'A'.repeat(32)}/${variant}`)).toEqual(
        notFound('There is no such medium.'),
      );
    },
  );

  it('is 404 of an upload whose address is genuine, and nothing is kept', async () => {
    const { url } = await uploader.request({ kind: 'IMPORT', filename: 'a.json', size: 2 });
    await talegraph.database.query('DELETE FROM uploads');
    const before = await fingerprint(talegraph.database);
    expect(await uploader.put(url, Buffer.from('{}'))).toEqual(
      notFound('There is no such upload.'),
    );
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it.each(['draft', 'story'])('is 404 of an exported %s that was deleted', async (kind) => {
    const story = await talegraph.factory.newStory(owner, { published: kind === 'story' });
    const { url } = (await uploader.client.get(EXPORT, { storyId: story.id })).exportStory;
    expect((await fetch(uploader.here(url))).status).toBe(200);
    await uploader.client.get(`mutation ($id: ID!) { deleteStory(id: $id) }`, { id: story.id });
    expect(await get(url)).toEqual(notFound('There is no such story.'));
  });

  it('is 404 of an exported draft for who works on it no longer', async () => {
    const { factory, client } = talegraph;
    const draft = await factory.newStory(owner, { published: false });
    const viewer = await factory.newAuthor();
    await factory.share(owner, draft, viewer, 'viewer');
    const { url } = (await client.as(viewer.token).get(EXPORT, { storyId: draft.id })).exportStory;
    await uploader.client.get(
      `mutation ($storyId: ID!, $userId: ID!) { removeCollaborator(storyId: $storyId, userId: $userId) }`,
      { storyId: draft.id, userId: viewer.id },
    );
    expect(await get(url)).toEqual(notFound('There is no such story.'));
  });

  it('is 404 of an address that no route has', async () => {
    expect(await get(`${talegraph.url}/exports/of/nothing`)).toEqual(
      notFound('Cannot GET /exports/of/nothing'),
    );
  });
});
