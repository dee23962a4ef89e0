import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SweepService } from '../../../../src/media/sweep/sweep.service.js';
import { startApp, type TestApp } from '../../../support/app.js';
import type { MadeStory } from '../../../support/factory.js';
import { picture, recording } from '../../../support/sample-media.js';
import { storedFiles, Uploader } from '../../../support/uploading.js';

const SAVE = `mutation ($storyId: ID!, $input: SaveTemplateInput!) {
  saveTemplate(storyId: $storyId, input: $input) { id } }`;
const CREATE = `mutation ($id: ID!, $input: CreateFromTemplateInput!) {
  createStoryFromTemplate(templateId: $id, input: $input) { id } }`;
const INSERT = `mutation ($storyId: ID!, $id: ID!) {
  insertTemplate(storyId: $storyId, templateId: $id) { story { id } } }`;
const LOOK = `query ($id: ID!) { story(id: $id) {
  cover { url altText }
  draft { nodes(first: 10) { nodes { key image { media { id } altText } audio { media { id } altText } } } } } }`;

const ABOUT = { title: 'A shape', description: 'With a wall.', isShared: true };

describe('a template of a story with images and recordings', () => {
  let talegraph: TestApp;
  let author: Uploader;
  let other: Uploader;
  let image: any;
  let audio: any;
  let story: MadeStory;
  let template: string;
  beforeAll(async () => {
    talegraph = await startApp();
    author = new Uploader(talegraph, await talegraph.factory.newAuthor());
    other = new Uploader(talegraph, await talegraph.factory.newAuthor());
    const bytes = await picture(60, 40).png().toBuffer();
    image = await author.media('IMAGE', 'a.png', bytes, { altText: 'A wall.' });
    audio = await author.media('AUDIO', 'a.opus', recording('opus.ogg'));
    story = await talegraph.factory.newStory(author.person, { published: false });
    await author.client.get(
      `mutation {
        updateStory(id: "${story.id}", input: { revision: 1, cover: { mediaId: "${image.id}" } }) { id }
        updateNode(id: "${story.node('start')}", input: {
          revision: 1, image: { mediaId: "${image.id}", altText: "Bricks." }, audio: { mediaId: "${audio.id}" }
        }) { id } }`,
    );
    const { saveTemplate } = await author.client.get(SAVE, { storyId: story.id, input: ABOUT });
    template = saveTemplate.id;
  });
  afterAll(() => talegraph.close());

  const look = async (by: Uploader, id: string) => (await by.client.get(LOOK, { id })).story;
  const use = (medium: any, altText: string) => ({ media: { id: medium.id }, altText });

  it('gives them to stories that begin with it, as the same files', async () => {
    const files = storedFiles(talegraph);
    const { createStoryFromTemplate: made } = await other.client.get(CREATE, {
      id: template,
      input: { title: 'Mine' },
    });
    const { cover, draft } = await look(other, made.id);
    expect(cover).toEqual({ url: image.url, altText: 'A wall.' });
    expect(draft.nodes.nodes[0]).toEqual({
      key: 'start',
      image: use(image, 'Bricks.'),
      audio: use(audio, ''),
    });
    expect(storedFiles(talegraph)).toEqual(files);
  });

  it('puts them into drafts, and leaves those alone that the draft has', async () => {
    const into = await talegraph.factory.newStory(author.person, { published: false });
    await author.client.get(
      `mutation { updateNode(id: "${into.node('end')}", input: { revision: 1, audio: { mediaId: "${audio.id}" } }) { id } }`,
    );
    await author.client.get(INSERT, { storyId: into.id, id: template });
    const { draft } = await look(author, into.id);
    expect(draft.nodes.nodes).toEqual([
      { key: 'start', image: null, audio: null },
      { key: 'end', image: null, audio: use(audio, '') },
      {
        key: expect.stringMatching(/^start.+/),
        image: use(image, 'Bricks.'),
        audio: use(audio, ''),
      },
      { key: expect.stringMatching(/^end.+/), image: null, audio: null },
    ]);
  });

  it('keeps them from the sweep and from being deleted, when no draft shows them any more', async () => {
    const { client } = author;
    const { saveTemplate } = await client.get(SAVE, {
      storyId: story.id,
      input: { ...ABOUT, isShared: false },
    });
    await client.get(`mutation { deleteStory(id: "${story.id}") }`);
    await talegraph.database.query(
      `UPDATE media SET created_at = created_at - interval '1000 hours'`,
    );
    await talegraph.database.query('DELETE FROM uploads');
    await talegraph.app.get(SweepService).sweep();
    expect((await fetch(author.here(image.url))).status).toBe(200);
    const error = await client.fail(`mutation { deleteMedia(id: "${image.id}") }`);
    expect(error.extensions.code).toBe('CONFLICT');
    const there = { storyId: null, nodeKey: null, version: null, title: 'A shape' };
    expect(error.extensions.uses).toEqual([
      {
        storyId: expect.any(String),
        templateId: null,
        title: expect.any(String),
        nodeKey: expect.stringMatching(/^start.+/),
        version: null,
      },
      { ...there, templateId: template },
      { ...there, templateId: saveTemplate.id },
    ]);
    // What another author made of the template is told of, and not what it is.
    expect(error.message).toContain('; a story or a template that you do not work on. ');
    expect(error.message).toContain('the template “A shape”');
  });
});
