import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { everyPage } from '../../support/pages.js';

const SEARCH = `query ($filter: StoryFilter!, $orderBy: StoryOrder) {
  stories(filter: $filter, orderBy: $orderBy, first: 100) { nodes { title } totalCount }
}`;

const CORPUS = [
  {
    title: 'The Dragons of Winter',
    description: 'A kingdom lies under snow.',
    tags: ['castle', 'magic'],
    category: 'fantasy',
  },
  {
    title: 'Lighthouse',
    description: 'Its keeper watches over running ships, and over one dragon.',
    tags: ['ocean'],
    category: 'mystery',
  },
  {
    title: 'Murder on the Express',
    description: 'A detective investigates in a hurry.',
    tags: ['locomotive'],
    category: 'mystery',
  },
  {
    title: 'Cart Before Dice',
    description: 'On a stage, in a sum of daring acts.',
    tags: ['comedy'],
    category: 'humour',
  },
];

describe('stories, searched', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
    const author = await talegraph.factory.newAuthor();
    for (const shape of CORPUS) await talegraph.factory.newStory(author, shape);
    await talegraph.factory.newStory(author, { title: 'Dragon draft', published: false });
  });
  afterAll(() => talegraph.close());

  /** The titles found, A to Z. */
  const found = async (query: string, filter: object = {}): Promise<string[]> => {
    const { stories } = await talegraph.client.get(SEARCH, {
      filter: { query, ...filter },
      orderBy: 'TITLE',
    });
    expect(stories.totalCount).toBe(stories.nodes.length);
    return stories.nodes.map(({ title }: { title: string }) => title);
  };

  it.each([
    ['dragon', ['Lighthouse', 'The Dragons of Winter']],
    ['DRAGONS', ['Lighthouse', 'The Dragons of Winter']],
    ['kingdoms', ['The Dragons of Winter']],
    ['run ship', ['Lighthouse']],
    ['investigating', ['Murder on the Express']],
    ['castles', ['The Dragons of Winter']],
  ])('finds %j in whatever form the words have', async (query, titles) => {
    expect(await found(query)).toEqual(titles);
  });

  it.each([
    ['title', 'lighthuose', 'Lighthouse'],
    ['title', 'murdr', 'Murder on the Express'],
    ['title', 'wintre dragns', 'The Dragons of Winter'],
    ['description', 'detectvie', 'Murder on the Express'],
    ['description', 'kingdon', 'The Dragons of Winter'],
    ['tags', 'locomotvie', 'Murder on the Express'],
    ['tags', 'comdey', 'Cart Before Dice'],
  ])('forgives a typo in a word of the %s: %j', async (_, query, title) => {
    expect(await found(query)).toEqual([title]);
  });

  // `Cart`, `Dice`, `sum`, `stage` and `daring` are in the last story, and a few letters in common.
  it.each(['art', 'cat', 'ice', 'sun', 'star', 'dark', 'xyz'])(
    'does not take the short %j for a word that it merely resembles',
    async (query) => {
      expect(await found(query)).toEqual([]);
    },
  );

  const SPECIAL = [
    "'",
    '"',
    '%',
    '_',
    '\\',
    '(',
    ')',
    '&',
    '|',
    '!',
    ':',
    '*',
    '-',
    '<',
    '>',
    '$1',
  ];

  it.each(SPECIAL)('finds nothing by %j alone', async (character) => {
    expect(await found(character)).toEqual([]);
  });

  it.each(SPECIAL)('finds the same words with %j beside them', async (character) => {
    const titles = ['Lighthouse', 'The Dragons of Winter'];
    expect(await found(`dragon${character}`)).toEqual(titles);
    expect(await found(`${character}dragon`)).toEqual(titles);
    expect(await found(`dragon ${character} dragons`)).toEqual(titles);
  });

  it('searches among the stories that fit the other filters', async () => {
    expect(await found('dragon', { category: 'mystery' })).toEqual(['Lighthouse']);
    expect(await found('dragon', { tag: 'comedy' })).toEqual([]);
  });

  it.each(['', '   ', null])('lists all stories for the query %j', async (query) => {
    const { stories } = await talegraph.client.get(SEARCH, { filter: { query } });
    expect(stories.totalCount).toBe(CORPUS.length);
  });

  it('refuses a query of more than 200 characters', async () => {
    const { extensions } = await talegraph.client.fail(SEARCH, {
      filter: { query: 'x'.repeat(201) },
    });
    expect(extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'filter.query', message: 'must not have more than 200 characters' }],
    });
  });
});

describe('stories by RELEVANCE', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
    const author = await talegraph.factory.newAuthor();
    const newStory = (shape: object) => talegraph.factory.newStory(author, shape);
    await newStory({ title: 'First Tale', description: 'Somewhere stands a lantern.' });
    await newStory({ title: 'Second Tale', description: 'Dark nights.', tags: ['lantern'] });
    await newStory({ title: 'The Lantern', description: 'Dark nights.' });
    await newStory({ title: 'Third Tale', description: 'It has nothing to do with light.' });
    for (let i = 1; i <= 7; i++)
      await newStory({ title: `Compass ${i}`, description: 'Alike in all but number.' });
  });
  afterAll(() => talegraph.close());

  it.each(['lantern', 'Lanterns', 'lantren'])(
    'puts the story with %j in its title first, and is the default with a query',
    async (query) => {
      const { stories } = await talegraph.client.get(SEARCH, { filter: { query } });
      expect(stories.nodes[0]).toEqual({ title: 'The Lantern' });
      expect(stories.totalCount).toBe(3);
      const { stories: asked } = await talegraph.client.get(SEARCH, {
        filter: { query },
        orderBy: 'RELEVANCE',
      });
      expect(asked).toEqual(stories);
    },
  );

  it.each(['compass', 'compas', 'alike in number', 'lantern'])(
    'pages through all that %j finds, equals included, each once',
    async (query) => {
      const pages = await everyPage(
        talegraph.client,
        `query ($query: String!, $after: String) {
          stories(filter: { query: $query }, orderBy: RELEVANCE, first: 2, after: $after) {
            nodes { title } pageInfo { hasNextPage endCursor }
          }
        }`,
        { query },
      );
      const { stories } = await talegraph.client.get(SEARCH, { filter: { query } });
      expect(pages.flat()).toEqual(stories.nodes);
      expect(new Set(pages.flat().map(({ title }) => title)).size).toBe(stories.totalCount);
      expect(stories.totalCount).toBe(query === 'lantern' ? 3 : 7);
    },
  );

  it.each([{}, { query: null }, { query: ' ' }, { category: 'fantasy' }])(
    'is refused with the filter %j, which has no query',
    async (filter) => {
      const { extensions } = await talegraph.client.fail(SEARCH, { filter, orderBy: 'RELEVANCE' });
      expect(extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'orderBy', message: 'RELEVANCE needs filter.query' }],
      });
    },
  );
});
