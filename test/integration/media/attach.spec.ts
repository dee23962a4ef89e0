import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import { picture, wav } from '../../support/sample-media.js';
import { storedFiles, Uploader } from '../../support/uploading.js';

const IMAGE = 'image { url coverUrl thumbnailUrl width height altText color }';
const AUDIO = 'audio { url contentType durationSeconds altText }';
const NODE = `query ($id: ID!) { storyNode(id: $id) { ${IMAGE} ${AUDIO} } }`;
const UPDATE = `mutation ($id: ID!, $input: UpdateNodeInput!) {
  updateNode(id: $id, input: $input) {
    id revision image { altText media { id } } audio { altText media { id } }
  }
}`;
const PUBLISH = 'mutation ($id: ID!) { publishStory(id: $id) { publishedVersion { number } } }';

describe('media of a story', () => {
  let talegraph: TestApp;
  let author: Uploader;
  let other: Uploader;
  let image: any;
  let audio: any;
  let story: MadeStory;
  let node: string;
  beforeAll(async () => {
    talegraph = await startApp();
    author = new Uploader(talegraph, await talegraph.factory.newAuthor());
    other = new Uploader(talegraph, await talegraph.factory.newAuthor());
    const bytes = await picture(60, 40).png().toBuffer();
    image = await author.media('IMAGE', 'a.png', bytes, { altText: 'A lighthouse.' });
    audio = await author.media('AUDIO', 'a.wav', wav(1), { altText: 'Rain.' });
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    story = await talegraph.factory.newStory(author.person, { published: false });
    node = story.node('start');
  });

  const anonymous = () => talegraph.client;
  const update = async (input: object, revision = 1) =>
    (await author.client.get(UPDATE, { id: node, input: { revision, ...input } })).updateNode;
  const publish = async () =>
    (await author.client.get(PUBLISH, { id: story.id })).publishStory.publishedVersion.number;
  const read = async () => (await anonymous().get(NODE, { id: node })).storyNode;
  const snapshotOf = async (number: number) =>
    (
      await talegraph.app
        .get(DataSource)
        .query(
          'SELECT snapshot, content_hash FROM story_versions WHERE story_id = $1 AND number = $2',
          [story.storyId, number],
        )
    )[0];

  it('is shown to readers once it is published', async () => {
    expect(await update({ image: { mediaId: image.id }, audio: { mediaId: audio.id } })).toEqual({
      id: node,
      revision: 2,
      image: { altText: 'A lighthouse.', media: { id: image.id } },
      audio: { altText: 'Rain.', media: { id: audio.id } },
    });
    await publish();
    expect(await read()).toEqual({
      image: {
        url: image.url,
        coverUrl: image.url.replace('full', 'cover'),
        thumbnailUrl: image.thumbnailUrl,
        width: 60,
        height: 40,
        altText: 'A lighthouse.',
        color: image.color,
      },
      audio: { url: audio.url, contentType: 'audio/wav', durationSeconds: 1, altText: 'Rain.' },
    });
  });

  it('is offered in a playthrough as well', async () => {
    await update({ image: { mediaId: image.id } });
    await publish();
    const { startStory } = await author.client.get(
      `mutation { startStory(storyId: "${story.id}") { currentNode { ${IMAGE} } } }`,
    );
    expect(startStory.currentNode.image.url).toBe(image.url);
  });

  it('comes with a new node', async () => {
    const { addNode } = await author.client.get(
      `mutation ($id: ID!, $input: AddNodeInput!) { addNode(storyId: $id, input: $input) { image { altText media { status } } audio { altText } } }`,
      {
        id: story.id,
        input: {
          title: 'N',
          content: 'C',
          type: 'ENDING',
          image: { mediaId: image.id, altText: ' Elsewhere. ' },
        },
      },
    );
    expect(addNode).toEqual({
      image: { altText: 'Elsewhere.', media: { status: 'READY' } },
      audio: null,
    });
  });

  it('stays where it is left out, and goes where it is null', async () => {
    await update({ image: { mediaId: image.id }, audio: { mediaId: audio.id } });
    expect(await update({ title: 'T' }, 2)).toMatchObject({
      image: { altText: 'A lighthouse.' },
      audio: { altText: 'Rain.' },
    });
    expect(await update({ image: null }, 3)).toMatchObject({
      image: null,
      audio: { altText: 'Rain.' },
    });
    expect(await update({ audio: null }, 4)).toMatchObject({ image: null, audio: null });
    const [row] = await talegraph.database.query(
      'SELECT media FROM story_nodes WHERE node_key = $1 AND story_id = $2',
      ['start', story.storyId],
    );
    expect(row).toEqual({ media: null });
  });

  it('stays in a version when the draft changes, and comes back with it', async () => {
    await update({ image: { mediaId: image.id, altText: 'First.' } });
    expect(await publish()).toBe(1);
    await update({ image: null }, 2);
    expect((await read()).image.altText).toBe('First.');
    expect(await publish()).toBe(2);
    expect((await read()).image).toBeNull();
    const { storyVersions } = await author.client.get(
      `{ storyVersions(storyId: "${story.id}") { nodes { id number } } }`,
    );
    const [, first] = storyVersions.nodes;
    const { compareVersions } = await author.client.get(
      `{ compareVersions(storyId: "${story.id}", from: "${first.id}") { changed differences { nodes { nodeKey fields { name } } } } }`,
    );
    expect(compareVersions).toEqual({
      changed: 1,
      differences: { nodes: [{ nodeKey: 'start', fields: [{ name: 'media' }] }] },
    });
    await author.client.get(
      `mutation { restoreVersion(storyId: "${story.id}", versionId: "${first.id}") { id } }`,
    );
    expect((await snapshotOf(1)).content_hash).toBe(
      (await publish(), await snapshotOf(3)).content_hash,
    );
    expect((await read()).image.altText).toBe('First.');
  });

  it('is taken back and made again with the change that brought it', async () => {
    await update({ image: { mediaId: image.id } });
    const draft = async () =>
      (
        await author.client.get(
          `{ story(id: "${story.id}") { draft { node(key: "start") { image { altText } } } } }`,
        )
      ).story.draft.node.image;
    await author.client.get(`mutation { undoDraft(storyId: "${story.id}") { id } }`);
    expect(await draft()).toBeNull();
    await author.client.get(`mutation { redoDraft(storyId: "${story.id}") { id } }`);
    expect(await draft()).toEqual({ altText: 'A lighthouse.' });
  });

  it('leaves a story without media what it was, byte for byte', async () => {
    await publish();
    const { snapshot, content_hash: hash } = await snapshotOf(1);
    expect(JSON.stringify(snapshot)).not.toContain('media');
    await update({ image: { mediaId: image.id } });
    await update({ image: null }, 2);
    expect(await publish()).toBe(1);
    expect((await snapshotOf(1)).content_hash).toBe(hash);
  });

  describe('keeps a story from being published', () => {
    const findings = async () => {
      const before = await fingerprint(talegraph.database);
      const error = await author.client.fail(PUBLISH, { id: story.id });
      expect(error.extensions.code).toBe('STORY_INVALID');
      expect(await fingerprint(talegraph.database)).toEqual(before);
      return (error.extensions.findings as { code: string }[]).filter(({ code }) =>
        /MEDIA|ALT/.test(code),
      );
    };

    it('where an image has no alt text', async () => {
      await update({ image: { mediaId: image.id, altText: '  ' } });
      expect(await findings()).toEqual([
        expect.objectContaining({
          code: 'IMAGE_WITHOUT_ALT_TEXT',
          severity: 'ERROR',
          nodeId: node,
          message: 'The image of node start has no text for those who do not see it.',
          fix: 'Say what it shows: updateNode with image.altText.',
        }),
      ]);
      await update({ image: { mediaId: image.id, altText: 'A lighthouse.' } }, 2);
      await publish();
    });

    it('where it is not ready', async () => {
      await update({ image: { mediaId: image.id }, audio: { mediaId: audio.id } });
      const set = (status: string) =>
        talegraph.database.query('UPDATE media SET status = $1', [status]);
      await set('processing');
      expect(await findings()).toMatchObject([
        { code: 'MEDIA_NOT_READY', nodeId: node },
        { code: 'MEDIA_NOT_READY', nodeId: node },
      ]);
      await set('ready');
      await publish();
    });

    it('but not where a recording has no alt text', async () => {
      await update({ audio: { mediaId: audio.id, altText: '' } });
      await publish();
      expect((await read()).audio.altText).toBeNull();
    });
  });

  describe('is refused', () => {
    const refused = async (input: object, client = author.client) => {
      const before = [await fingerprint(talegraph.database), storedFiles(talegraph)];
      const error = await client.fail(UPDATE, { id: node, input: { revision: 1, ...input } });
      expect([await fingerprint(talegraph.database), storedFiles(talegraph)]).toEqual(before);
      return error;
    };

    it('where it is somebody else’s', async () => {
      const bytes = await picture(20, 20).png().toBuffer();
      const foreign = await other.media('IMAGE', 'b.png', bytes);
      const error = await refused({ image: { mediaId: foreign.id } });
      expect(error.extensions.fields).toEqual([
        {
          path: 'input.image.mediaId',
          message: 'must be an image of your library, or of this story’s',
        },
      ]);
    });

    it('where it is not there, or of another kind, all at once with what else is wrong', async () => {
      const error = await refused({
        image: { mediaId: audio.id },
        audio: { mediaId: 'med_999999' },
        endingKind: 'GOOD',
      });
      expect((error.extensions.fields as { path: string }[]).map(({ path }) => path)).toEqual([
        'input.endingKind',
        'input.image.mediaId',
        'input.audio.mediaId',
      ]);
    });

    it('where its id is no id, or its alt text is too long', async () => {
      expect((await refused({ image: { mediaId: story.id } })).extensions.fields).toMatchObject([
        { path: 'input.image.mediaId' },
      ]);
      const long = { mediaId: image.id, altText: 'x'.repeat(501) };
      expect((await refused({ image: long })).extensions.fields).toMatchObject([
        { path: 'input.image.altText' },
      ]);
    });
  });

  describe('as a cover', () => {
    const SET = `mutation ($id: ID!, $input: UpdateStoryInput!) {
      updateStory(id: $id, input: $input) { revision cover { url altText width } }
    }`;
    const set = async (cover: object | null, revision = 1) =>
      (await author.client.get(SET, { id: story.id, input: { cover, revision } })).updateStory;

    it('is shown at once, and taken away by null', async () => {
      expect(await set({ mediaId: image.id })).toEqual({
        revision: 2,
        cover: { url: image.url, altText: 'A lighthouse.', width: 60 },
      });
      expect(await set(null, 2)).toEqual({ revision: 3, cover: null });
    });

    it('comes with a new story, and with put', async () => {
      const details = 'title: "T", description: "D", category: "c", difficultyLevel: EASY';
      const cover = `cover: { mediaId: "${image.id}", altText: "Mine." }`;
      const { createStory, bySlug, put, without } = await author.client.get(`mutation {
        createStory(input: { ${details}, ${cover} }) { cover { altText } }
        bySlug: createStory(input: { ${details}, slug: "with-a-cover", ${cover} }) { cover { altText } }
        put: putStory(id: "put-with-a-cover", input: { ${details}, ${cover} }) { cover { altText } }
        without: putStory(id: "put-with-a-cover", input: { ${details} }) { cover { altText } }
      }`);
      expect([createStory, bySlug, put, without].map(({ cover: shown }) => shown)).toEqual([
        ...Array(3).fill({ altText: 'Mine.' }),
        null,
      ]);
    });

    it('is recorded, and taken back', async () => {
      await set({ mediaId: image.id });
      await author.client.get(`mutation { undoDraft(storyId: "${story.id}") { id } }`);
      const shown = `{ story(id: "${story.id}") { cover { altText } } }`;
      expect((await author.client.get(shown)).story.cover).toBeNull();
      await author.client.get(`mutation { redoDraft(storyId: "${story.id}") { id } }`);
      expect((await author.client.get(shown)).story.cover).toEqual({ altText: 'A lighthouse.' });
    });

    it('needs its alt text, and to be an image of the author’s', async () => {
      const before = await fingerprint(talegraph.database);
      const fail = (cover: object) =>
        author.client.fail(SET, { id: story.id, input: { cover, revision: 1 } });
      for (const [cover, path] of [
        [{ mediaId: image.id, altText: ' ' }, 'input.cover.altText'],
        [{ mediaId: audio.id }, 'input.cover.mediaId'],
        [{ mediaId: 'med_999999' }, 'input.cover.mediaId'],
      ] as const) {
        expect((await fail(cover)).extensions.fields).toMatchObject([{ path }]);
      }
      expect(await fingerprint(talegraph.database)).toEqual(before);
    });

    it('costs one statement for a whole list', async () => {
      for (const slug of ['cover-a', 'cover-b', 'cover-c']) {
        const made = await talegraph.factory.newStory(author.person, { slug, category: 'covers' });
        await author.client.get(SET, {
          id: made.id,
          input: { cover: { mediaId: image.id }, revision: 1 },
        });
      }
      const list = `{ stories(filter: { category: "covers" }) { nodes { cover { url } } } }`;
      await anonymous().get(list);
      let answer: any;
      const statements = await talegraph.statements.during(async () => {
        answer = await anonymous().get(list);
      });
      expect(answer.stories.nodes).toEqual(Array(3).fill({ cover: { url: image.url } }));
      expect(statements.filter((text) => text.includes('media'))).toHaveLength(1);
      expect(statements).toHaveLength(2);
    });
  });
});
