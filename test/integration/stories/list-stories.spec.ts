import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { Person } from '../../support/factory.js';
import { everyPage } from '../../support/pages.js';

const STORIES = `query ($filter: StoryFilter, $orderBy: StoryOrder) {
  stories(filter: $filter, orderBy: $orderBy, first: 100) { nodes { title } totalCount }
}`;

const ALL = ['Ash', 'Birch', 'Cedar', 'Date'];

const titlesOf = (stories: { nodes: { title: string }[] }) =>
  stories.nodes.map(({ title }) => title);

describe('stories, filtered', () => {
  let talegraph: TestApp;
  let ada: Person;
  let bo: Person;
  beforeAll(async () => {
    talegraph = await startApp();
    const { factory } = talegraph;
    ada = await factory.newAuthor();
    bo = await factory.newAuthor();
    await factory.newStory(ada, {
      title: 'Ash',
      category: 'fantasy',
      difficultyLevel: 'easy',
      tags: ['dragons', 'war'],
      language: 'en',
    });
    await factory.newStory(bo, {
      title: 'Birch',
      category: 'fantasy',
      difficultyLevel: 'hard',
      tags: ['war'],
      language: 'no',
    });
    await factory.newStory(ada, {
      title: 'Cedar',
      category: 'horror',
      difficultyLevel: 'easy',
      tags: ['time travel'],
      language: 'en',
    });
    await factory.newStory(bo, {
      title: 'Date',
      category: 'horror',
      difficultyLevel: 'hard',
      tags: ['dragons'],
      language: 'pt-BR',
    });
    await factory.newStory(ada, { title: 'Draft', tags: ['dragons'], published: false });
  });
  afterAll(() => talegraph.close());

  it.each([
    ['nothing', () => ({}), ALL],
    ['null', () => null, ALL],
    ['category', () => ({ category: 'fantasy' }), ['Ash', 'Birch']],
    ['category, however written', () => ({ category: ' Fantasy ' }), ['Ash', 'Birch']],
    ['difficulty', () => ({ difficulty: 'HARD' }), ['Birch', 'Date']],
    ['authorId', () => ({ authorId: ada.id }), ['Ash', 'Cedar']],
    ['tag', () => ({ tag: 'dragons' }), ['Ash', 'Date']],
    ['tag of two words', () => ({ tag: 'Time Travel' }), ['Cedar']],
    ['part of a tag', () => ({ tag: 'dragon' }), []],
    ['language', () => ({ language: 'en' }), ['Ash', 'Cedar']],
    ['language with region', () => ({ language: 'pt-BR' }), ['Date']],
    ['query', () => ({ query: 'birch' }), ['Birch']],
    ['null for each', () => ({ category: null, tag: null, authorId: null, query: null }), ALL],
    ['category and tag', () => ({ category: 'fantasy', tag: 'war' }), ['Ash', 'Birch']],
    ['category and difficulty', () => ({ category: 'horror', difficulty: 'EASY' }), ['Cedar']],
    ['authorId and tag', () => ({ authorId: bo.id, tag: 'dragons' }), ['Date']],
    [
      'all of them',
      () => ({
        query: 'ash',
        category: 'fantasy',
        difficulty: 'EASY',
        authorId: ada.id,
        tag: 'war',
        language: 'en',
      }),
      ['Ash'],
    ],
    ['what no story fits', () => ({ category: 'fantasy', tag: 'time travel' }), []],
    ['an author without stories', () => ({ authorId: 'usr_999999' }), []],
  ])('by %s', async (_, filter, expected) => {
    const { stories } = await talegraph.client.get(STORIES, { filter: filter(), orderBy: 'TITLE' });
    expect(titlesOf(stories)).toEqual(expected);
    expect(stories.totalCount).toBe(expected.length);
  });

  it('names a filter that is not an id', async () => {
    const { extensions } = await talegraph.client.fail(STORIES, { filter: { authorId: 'ada' } });
    expect(extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [
        { path: 'filter.authorId', message: 'must be the id of a user, as the API returned it' },
      ],
    });
  });

  it('never lists drafts, hidden or deleted stories, not even to their author', async () => {
    const { factory, client } = talegraph;
    const cleo = await factory.newAuthor();
    const author = client.as(cleo.token);
    const admin = client.as((await factory.newAdmin()).token);
    await factory.newStory(cleo, { title: 'Shown' });
    await factory.newStory(cleo, { title: 'Draft', published: false });
    const hidden = await factory.newStory(cleo, { title: 'Hidden' });
    const deleted = await factory.newStory(cleo, { title: 'Deleted' });
    await author.get(`mutation ($id: ID!) { unpublishStory(id: $id) { id } }`, { id: hidden.id });
    await author.get(`mutation ($id: ID!) { deleteStory(id: $id) }`, { id: deleted.id });
    for (const viewer of [author, admin, client]) {
      for (const orderBy of ['RECENT', 'POPULAR', 'TOP_RATED', 'TITLE']) {
        const { stories } = await viewer.get(STORIES, { filter: { authorId: cleo.id }, orderBy });
        expect(stories).toEqual({ nodes: [{ title: 'Shown' }], totalCount: 1 });
      }
    }
  });
});

describe('stories, ordered', () => {
  const ROWS = [
    { title: 'Echo', day: 3, plays: 5, ratings: [] },
    { title: 'echo', day: 1, plays: 5, ratings: [5, 5, 5, 5, 5] },
    { title: 'Alpha', day: 3, plays: 0, ratings: [5] },
    { title: 'ECHO', day: 3, plays: 9, ratings: [] },
    { title: 'beta', day: 2, plays: 5, ratings: [3, 3, 3] },
    { title: 'Zulu', day: 1, plays: 0, ratings: [1] },
    { title: 'Alpha', day: 4, plays: 7, ratings: Array.from({ length: 20 }, () => 5) },
  ];

  let talegraph: TestApp;
  let ids: string[];
  beforeAll(async () => {
    talegraph = await startApp();
    const author = await talegraph.factory.newAuthor();
    ids = [];
    for (const { title, day, plays, ratings } of ROWS) {
      const { id, storyId } = await talegraph.factory.newStory(author, { title });
      ids.push(id);
      await talegraph.database.query(
        `UPDATE stories SET published_at = $2, play_count = $3, rating_sum = $4, rating_count = $5
         WHERE story_id = $1`,
        [
          storyId,
          `2026-01-0${day}T12:00:00.123Z`,
          plays,
          ratings.reduce<number>((sum, rating) => sum + rating, 0),
          ratings.length,
        ],
      );
    }
  });
  afterAll(() => talegraph.close());

  const PAGES = `query ($orderBy: StoryOrder, $after: String) {
    stories(orderBy: $orderBy, first: 2, after: $after) {
      nodes { id } edges { cursor node { id } } pageInfo { hasNextPage endCursor } totalCount
    }
  }`;

  it.each([
    // Of equals, the newest story first.
    ['RECENT', [6, 3, 2, 0, 4, 5, 1]],
    ['POPULAR', [3, 6, 4, 1, 0, 5, 2]],
    // Their means with five ratings of 3 besides: 4.6, 4, 3.33, then thrice 3, and 2.67.
    ['TOP_RATED', [6, 1, 2, 4, 3, 0, 5]],
    // Capitals do not count; of equals, the oldest story first.
    ['TITLE', [2, 6, 4, 0, 1, 3, 5]],
    [undefined, [6, 3, 2, 0, 4, 5, 1]],
  ])('%s pages through all of them, ties included, in order', async (orderBy, places) => {
    const pages = await everyPage(talegraph.client, PAGES, { orderBy });
    expect(pages.map((nodes) => nodes.length)).toEqual([2, 2, 2, 1]);
    expect(pages.flat().map(({ id }) => id)).toEqual(places.map((place) => ids[place]));
  });

  it('continues after any edge, not only after the last of a page', async () => {
    const { stories: first } = await talegraph.client.get(PAGES, { orderBy: 'POPULAR' });
    const { stories: second } = await talegraph.client.get(PAGES, {
      orderBy: 'POPULAR',
      after: first.edges[0].cursor,
    });
    expect(second.nodes.map(({ id }: { id: string }) => id)).toEqual([ids[6], ids[4]]);
    expect(second.totalCount).toBe(7);
  });

  it('ends with an empty page after the last story', async () => {
    const { stories: all } = await talegraph.client.get(
      `{ stories(orderBy: TITLE) { pageInfo { hasNextPage endCursor } } }`,
    );
    expect(all.pageInfo.hasNextPage).toBe(false);
    const { stories } = await talegraph.client.get(PAGES, {
      orderBy: 'TITLE',
      after: all.pageInfo.endCursor,
    });
    expect(stories).toEqual({
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
      totalCount: 7,
    });
  });

  it('tells the mean rating, and none where nobody has rated', async () => {
    const { stories } = await talegraph.client.get(
      `{ stories(orderBy: TITLE) { nodes { averageRating ratingCount playCount } } }`,
    );
    expect(stories.nodes).toEqual([
      { averageRating: 5, ratingCount: 1, playCount: 0 },
      { averageRating: 5, ratingCount: 20, playCount: 7 },
      { averageRating: 3, ratingCount: 3, playCount: 5 },
      { averageRating: null, ratingCount: 0, playCount: 5 },
      { averageRating: 5, ratingCount: 5, playCount: 5 },
      { averageRating: null, ratingCount: 0, playCount: 9 },
      { averageRating: 1, ratingCount: 1, playCount: 0 },
    ]);
  });
});
