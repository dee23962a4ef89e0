import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { everyPage } from '../../support/pages.js';

const STORY = `query ($id: ID, $slug: String) {
  story(id: $id, slug: $slug) {
    id isPublished
    startNode { key } nodes { totalCount } publishedVersion { number }
    draft { isEmpty startNode { key } node(key: "end") { key } nodes { totalCount } choices { totalCount } }
  }
}`;

const DRAFT = {
  isEmpty: false,
  startNode: { key: 'start' },
  node: { key: 'end' },
  nodes: { totalCount: 2 },
  choices: { totalCount: 1 },
};

type Viewer = 'author' | 'admin' | 'another author' | 'a guest' | 'nobody';
const OTHERS: readonly Viewer[] = ['another author', 'a guest', 'nobody'];
const EDITORS: readonly Viewer[] = ['author', 'admin'];

describe('the visibility of drafts', () => {
  let talegraph: TestApp;
  let person: Person;
  let viewers: Readonly<Record<Viewer, GraphqlClient>>;
  let draft: MadeStory;
  let published: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    const { factory, client } = talegraph;
    person = await factory.newAuthor();
    viewers = {
      author: client.as(person.token),
      admin: client.as((await factory.newAdmin()).token),
      'another author': client.as((await factory.newAuthor()).token),
      'a guest': client.as((await factory.newGuest()).token),
      nobody: client,
    };
    draft = await factory.newStory(person, { published: false });
    published = await factory.newStory(person);
  });
  afterAll(() => talegraph.close());

  it.each(OTHERS)('%s finds another author’s draft by neither id nor slug', async (viewer) => {
    for (const by of [{ id: draft.id }, { slug: draft.slug }]) {
      const { status, data, errors } = await viewers[viewer].send(STORY, by);
      expect({ status, data }).toEqual({ status: 200, data: { story: null } });
      expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'NOT_FOUND' }]);
    }
  });

  it('a story is asked for by its id or its slug, not by both', async () => {
    const { extensions } = await viewers.nobody.fail(STORY, { id: published.id, slug: draft.slug });
    expect(extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'slug', message: 'give the id of the story or its slug, not both' }],
    });
  });

  it.each(OTHERS)('%s hears the same of a draft as of what is not there', async (viewer) => {
    const of = (id: string) => viewers[viewer].fail(STORY, { id });
    expect(await of(draft.id)).toEqual(await of('sty_999999'));
  });

  it.each(EDITORS)('the %s sees the draft whole', async (viewer) => {
    for (const by of [{ id: draft.id }, { slug: draft.slug }]) {
      expect((await viewers[viewer].get(STORY, by)).story).toEqual({
        id: draft.id,
        isPublished: false,
        startNode: null,
        nodes: null,
        publishedVersion: null,
        draft: DRAFT,
      });
    }
  });

  it.each(OTHERS)('%s gets null for the draft of a published story', async (viewer) => {
    expect((await viewers[viewer].get(STORY, { id: published.id })).story).toEqual({
      id: published.id,
      isPublished: true,
      startNode: { key: 'start' },
      nodes: { totalCount: 2 },
      publishedVersion: { number: 1 },
      draft: null,
    });
  });

  it.each(EDITORS)('the %s gets the draft of a published story', async (viewer) => {
    const { story } = await viewers[viewer].get(STORY, { id: published.id });
    expect(story.draft).toEqual(DRAFT);
  });

  it.each([...OTHERS, ...EDITORS])(
    '%s reads no node of a draft through storyNode',
    async (viewer) => {
      const { addNode } = await viewers.author.get(
        `mutation ($id: ID!) {
          addNode(storyId: $id, input: { title: "Unpublished", content: "", type: ENDING }) { id }
        }`,
        { id: published.id },
      );
      for (const id of [draft.node('start'), addNode.id]) {
        const { extensions } = await viewers[viewer].fail(
          `query ($id: ID!) { storyNode(id: $id) { title } }`,
          { id },
        );
        expect(extensions).toEqual({ code: 'NOT_FOUND' });
      }
      await viewers.author.get(`mutation ($id: ID!) { deleteNode(id: $id) }`, { id: addNode.id });
    },
  );

  it('a story that was hidden is a draft again', async () => {
    const { id, slug } = await talegraph.factory.newStory(person);
    await viewers.author.get(`mutation ($id: ID!) { unpublishStory(id: $id) { id } }`, { id });
    for (const viewer of OTHERS) {
      for (const by of [{ id }, { slug }]) {
        const { extensions } = await viewers[viewer].fail(STORY, by);
        expect(extensions).toEqual({ code: 'NOT_FOUND' });
      }
    }
    const { story } = await viewers.author.get(STORY, { id });
    expect(story).toMatchObject({ isPublished: false, startNode: null, nodes: null });
  });
});

describe('draftStories', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  it('pages through one’s own drafts, newest first, and for an administrator through all', async () => {
    const { factory, client } = talegraph;
    const ada = await factory.newAuthor();
    const bo = await factory.newAuthor();
    const admin = await factory.newAdmin();
    for (const title of ['A1', 'A2', 'A3'])
      await factory.newStory(ada, { title, published: false });
    await factory.newStory(bo, { title: 'B1', published: false });
    await factory.newStory(ada, { title: 'Published' });
    const titles = async (token: string) => {
      const pages = await everyPage(
        client.as(token),
        `query ($after: String) {
          draftStories(first: 2, after: $after) {
            nodes { title } pageInfo { hasNextPage endCursor } totalCount
          }
        }`,
      );
      return pages.map((nodes) => nodes.map(({ title }) => title));
    };
    expect(await titles(ada.token)).toEqual([['A3', 'A2'], ['A1']]);
    expect(await titles(bo.token)).toEqual([['B1']]);
    expect(await titles(admin.token)).toEqual([
      ['B1', 'A3'],
      ['A2', 'A1'],
    ]);
  });
});
