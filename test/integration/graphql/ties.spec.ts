import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { everyPage } from '../../support/pages.js';

const STORIES = `query ($orderBy: StoryOrder, $filter: StoryFilter, $after: String) {
  stories(orderBy: $orderBy, filter: $filter, first: 2, after: $after) {
    nodes { slug }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Title, publication day, plays, sum and count of ratings; in the order of their ids. */
const ROWS = [
  ['b', 1, 5, 0, 0],
  ['A', 1, 0, 10, 2],
  ['a', 2, 5, 0, 0],
  ['C', 2, 0, 5, 1],
  ['B', 2, 7, 10, 2],
  ['Ä', 3, 0, 1, 1],
  ['c', 1, 0, 0, 0],
] as const;

describe('stories that rank equal', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
    const { database, factory } = talegraph;
    const author = await factory.newAuthor();
    for (const [i, [title, day, plays, sum, ratings]] of ROWS.entries()) {
      const { storyId } = await factory.newStory(author, { title, slug: `s${i}` });
      await database.query(
        `UPDATE stories SET published_at = make_timestamptz(2026, 1, $2, 12, 0, 0.123),
           play_count = $3, rating_sum = $4, rating_count = $5 WHERE story_id = $1`,
        [storyId, day, plays, sum, ratings],
      );
    }
  });
  afterAll(() => talegraph.close());

  const slugs = async (variables: object) =>
    (await everyPage(talegraph.client, STORIES, variables)).flat().map(({ slug }) => slug);

  it.each([
    ['RECENT', ['s5', 's4', 's3', 's2', 's6', 's1', 's0']],
    ['POPULAR', ['s4', 's2', 's0', 's6', 's5', 's3', 's1']],
    ['TOP_RATED', ['s4', 's1', 's3', 's6', 's2', 's0', 's5']],
    ['TITLE', ['s1', 's2', 's5', 's0', 's4', 's3', 's6']],
  ])('come once each over the pages by %s', async (orderBy, expected) => {
    expect(await slugs({ orderBy })).toEqual(expected);
  });

  it('come once each over the pages of a search', async () => {
    const found = await slugs({ filter: { query: 'story' } });
    expect(found.sort()).toEqual(['s0', 's1', 's2', 's3', 's4', 's5', 's6']);
  });
});
