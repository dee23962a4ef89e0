import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import { picture } from '../../support/sample-media.js';
import { storedFiles, Uploader } from '../../support/uploading.js';

const LIBRARY = `query ($storyId: ID, $first: Int = 20, $after: String) {
  mediaLibrary(storyId: $storyId, first: $first, after: $after) {
    totalCount nodes { id } pageInfo { hasNextPage endCursor }
  }
}`;
const DELETE = 'mutation ($id: ID!) { deleteMedia(id: $id) }';
const ALT = `mutation ($id: ID!, $altText: String!) {
  updateMedia(id: $id, input: { altText: $altText }) { id altText }
}`;

describe('a library of media', () => {
  let talegraph: TestApp;
  let bytes: Buffer;
  let author: Uploader;
  let other: Uploader;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    bytes = await picture(30, 20).png().toBuffer();
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    author = new Uploader(talegraph, await talegraph.factory.newAuthor());
    other = new Uploader(talegraph, await talegraph.factory.newAuthor());
    story = await talegraph.factory.newStory(author.person, { published: false });
  });

  const state = async () => [await fingerprint(talegraph.database), storedFiles(talegraph)];
  const add = async (storyId?: string): Promise<any> =>
    author.media('IMAGE', 'a.png', bytes, { altText: 'A wall.', storyId });
  const attach = (mediaId: string, revision = 1) =>
    author.client.get(
      `mutation { updateNode(id: "${story.node('start')}", input: { revision: ${revision}, image: ${mediaId === '' ? 'null' : `{ mediaId: "${mediaId}" }`} }) { id } }`,
    );
  const idsIn = async (who: Uploader, variables: object = {}) =>
    (await who.client.get(LIBRARY, variables)).mediaLibrary.nodes.map(({ id }: any) => id);

  it('is one’s own, newest first, page by page', async () => {
    const [first, second, third] = [await add(), await add(), await add()];
    const { mediaLibrary: page } = await author.client.get(LIBRARY, { first: 2 });
    expect(page).toMatchObject({
      totalCount: 3,
      nodes: [{ id: third.id }, { id: second.id }],
      pageInfo: { hasNextPage: true },
    });
    expect(await idsIn(author, { after: page.pageInfo.endCursor })).toEqual([first.id]);
    expect(await idsIn(other)).toEqual([]);
  });

  it('is a story’s: of what was uploaded for it, and what its draft refers to', async () => {
    const [uploaded, own, attached] = [await add(story.id), await add(), await add()];
    await attach(attached.id);
    expect(await idsIn(author, { storyId: story.id })).toEqual([attached.id, uploaded.id]);
    expect(await idsIn(author)).toEqual([attached.id, own.id, uploaded.id]);
    expect((await other.client.fail(LIBRARY, { storyId: story.id })).extensions.code).toBe(
      'NOT_FOUND',
    );
  });

  it('is shared by those who work on a story', async () => {
    const [shared, own] = [await add(story.id), await add()];
    await talegraph.database.query(
      `INSERT INTO story_collaborators (story_id, user_id, added_by, role) VALUES ($1, $2, $3, 'editor')`,
      [story.storyId, other.person.viewer.userId, author.person.viewer.userId],
    );
    expect(await idsIn(other, { storyId: story.id })).toEqual([shared.id]);
    await other.client.get(ALT, { id: shared.id, altText: 'A door.' });
    await other.client.get(
      `mutation { updateNode(id: "${story.node('start')}", input: { revision: 1, image: { mediaId: "${shared.id}" } }) { id } }`,
    );
    const before = await state();
    expect((await other.client.fail(ALT, { id: own.id, altText: 'x' })).extensions.code).toBe(
      'NOT_FOUND',
    );
    expect((await other.client.fail(DELETE, { id: own.id })).extensions.code).toBe('NOT_FOUND');
    expect(await state()).toEqual(before);
  });

  it.each([
    [
      'are taken off it',
      (id: string, userId: string) => `removeCollaborator(storyId: "${id}", userId: "${userId}")`,
      'NOT_FOUND',
    ],
    [
      'may no longer change it',
      (id: string, userId: string) =>
        `setCollaboratorRole(storyId: "${id}", userId: "${userId}", role: VIEWER) { role }`,
      'FORBIDDEN',
    ],
  ])('gets nothing from those who %s after they sent it', async (_, change, code) => {
    await talegraph.factory.share(author.person, story, other.person, 'editor');
    const id = await other.send('IMAGE', 'a.png', bytes, story.id);
    await author.client.get(`mutation { ${change(story.id, other.person.id)} }`);
    const before = await state();
    expect((await other.refusedComplete(id)).extensions.code).toBe(code);
    expect(await state()).toEqual(before);
    expect(await idsIn(author, { storyId: story.id })).toEqual([]);
  });

  it('shows those who may not change it a medium, and lets them change nothing', async () => {
    const { id } = await add(story.id);
    await talegraph.factory.share(author.person, story, other.person, 'viewer');
    expect(await idsIn(other, { storyId: story.id })).toEqual([id]);
    const before = await state();
    for (const call of [ALT, DELETE]) {
      const { extensions } = await other.client.fail(call, { id, altText: 'x' });
      expect(extensions.code).toBe('FORBIDDEN');
    }
    expect(await state()).toEqual(before);
  });

  it('takes another alt text, which is not empty', async () => {
    const { id } = await add();
    expect((await author.client.get(ALT, { id, altText: ' A gate. ' })).updateMedia).toEqual({
      id,
      altText: 'A gate.',
    });
    for (const altText of ['', '   ', 'x'.repeat(501)]) {
      expect((await author.client.fail(ALT, { id, altText })).extensions.fields).toMatchObject([
        { path: 'input.altText' },
      ]);
    }
  });

  it('lets go of what nothing uses, files and all', async () => {
    const files = storedFiles(talegraph);
    const { id, url } = await add();
    expect((await author.client.get(DELETE, { id })).deleteMedia).toBe(true);
    expect(storedFiles(talegraph)).toEqual(files);
    expect((await fetch(author.here(url))).status).toBe(404);
    expect((await author.client.fail(DELETE, { id })).extensions.code).toBe('NOT_FOUND');
  });

  it('keeps what a draft, a cover or a version uses, and says where', async () => {
    const { id } = await add();
    await attach(id);
    await author.client.get(
      `mutation { updateStory(id: "${story.id}", input: { revision: 1, cover: { mediaId: "${id}" } }) { id } }`,
    );
    await author.client.get(`mutation { publishStory(id: "${story.id}") { id } }`);
    const refused = async () => {
      const before = await state();
      const error = await author.client.fail(DELETE, { id });
      expect(await state()).toEqual(before);
      expect(error.extensions.code).toBe('CONFLICT');
      return error;
    };
    const [{ title }] = await talegraph.database.query(
      'SELECT title FROM stories WHERE story_id = $1',
      [story.storyId],
    );
    const use = { storyId: story.id, templateId: null, title, nodeKey: null, version: null };
    const error = await refused();
    expect(error.extensions.uses).toEqual([
      use,
      { ...use, nodeKey: 'start' },
      { ...use, version: 1 },
    ]);
    expect(error.message).toContain(
      `the cover of “${title}”; node start of “${title}”; version 1 of “${title}”`,
    );
    await attach('', 2);
    await author.client.get(
      `mutation { updateStory(id: "${story.id}", input: { revision: 2, cover: null }) { id } }`,
    );
    expect((await refused()).extensions.uses).toEqual([{ ...use, version: 1 }]);
  });

  it('names a handful of the nodes that show it, and tells how many more there are', async () => {
    const { id } = await add();
    await attach(id);
    await talegraph.database.query(
      `INSERT INTO story_nodes (story_id, node_key, node_title, content, node_type, media)
       SELECT story_id, 'n' || n, 'N', '', 'story', media
       FROM story_nodes, generate_series(10, 33) AS n WHERE story_id = $1 AND node_key = 'start'`,
      [story.storyId],
    );
    const { message, extensions } = await author.client.fail(DELETE, { id });
    expect(message).toMatch(/in use: (node n1[0-4] of “[^”]+”; ){5}20 more\. Take it away/);
    const uses = Array.from({ length: 20 }, (_, i) => ({ nodeKey: `n${i + 10}` }));
    expect(extensions).toMatchObject({ usesTotal: 25, uses });
  });

  it('tells nobody of the stories that they may not see', async () => {
    const { id } = await add();
    await attach(id);
    const secret = await talegraph.factory.newStory(author.person, {
      title: 'The secret sequel',
      published: false,
    });
    await author.client.get(
      `mutation { updateNode(id: "${secret.node('start')}", input: { revision: 1, image: { mediaId: "${id}" } }) { id } }`,
    );
    await talegraph.factory.share(author.person, story, other.person, 'editor');
    const seen = await other.client.fail(DELETE, { id });
    expect(seen.extensions).toMatchObject({ code: 'CONFLICT', uses: [{ storyId: story.id }] });
    expect(seen.message).toContain('; a story or a template that you do not work on.');
    await author.client.get(
      `mutation { updateNode(id: "${story.node('start')}", input: { revision: 2, image: null }) { id } }`,
    );
    const unseen = await other.client.fail(DELETE, { id });
    expect(unseen.extensions).toEqual({ code: 'CONFLICT', uses: [], usesTotal: 0 });
    expect(unseen.message).toContain('in use: a story or a template that you do not work on.');
    expect(JSON.stringify([seen, unseen])).not.toMatch(/secret/i);
    expect((await author.client.fail(DELETE, { id })).message).toContain('“The secret sequel”');
  });

  it('lets go of what only the history names; taken back, the draft shows nothing there', async () => {
    const { id } = await add();
    await attach(id);
    await attach('', 2);
    await author.client.get(DELETE, { id });
    await author.client.get(`mutation { undoDraft(storyId: "${story.id}") { id } }`);
    const { story: shown } = await author.client.get(
      `{ story(id: "${story.id}") { draft { node(key: "start") { image { altText media { id } } } } } }`,
    );
    expect(shown.draft.node.image).toEqual({ altText: 'A wall.', media: null });
    const { validateStory } = await author.client.get(
      `{ validateStory(storyId: "${story.id}") { findings { code } } }`,
    );
    expect(validateStory.findings).toContainEqual({ code: 'MEDIA_NOT_READY' });
  });
});
