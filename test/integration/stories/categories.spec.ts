import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';

const CATEGORIES = '{ storyCategories { name storyCount } }';

describe('storyCategories', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  const categories = async () => (await talegraph.client.get(CATEGORIES)).storyCategories;

  it('is empty while nothing is published', async () => {
    const author = await talegraph.factory.newAuthor();
    await talegraph.factory.newStory(author, { published: false });
    expect(await categories()).toEqual([]);
  });

  it('counts the published stories of each category, A to Z, and forgets empty ones', async () => {
    const { factory, client } = talegraph;
    const person = await factory.newAuthor();
    const author = client.as(person.token);
    await factory.newStory(person, { category: 'mystery' });
    await factory.newStory(person, { category: 'fantasy' });
    await factory.newStory(await factory.newAuthor(), { category: 'mystery' });
    await factory.newStory(person, { category: 'mystery', published: false });
    const only = await factory.newStory(person, { category: 'horror' });
    expect(await categories()).toEqual([
      { name: 'fantasy', storyCount: 1 },
      { name: 'horror', storyCount: 1 },
      { name: 'mystery', storyCount: 2 },
    ]);
    await author.get(`mutation ($id: ID!) { unpublishStory(id: $id) { id } }`, { id: only.id });
    expect(await categories()).toEqual([
      { name: 'fantasy', storyCount: 1 },
      { name: 'mystery', storyCount: 2 },
    ]);
  });

  it('names what stories(filter: {category}) takes', async () => {
    for (const { name, storyCount } of await categories()) {
      const { stories } = await talegraph.client.get(
        `query ($category: String!) { stories(filter: { category: $category }) { totalCount } }`,
        { category: name },
      );
      expect(stories.totalCount).toBe(storyCount);
    }
  });
});
