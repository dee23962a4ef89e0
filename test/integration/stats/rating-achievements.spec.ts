import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FactCounter } from '../../../src/stats/counting/fact-counter.js';
import { startApp, type TestApp } from '../../support/app.js';
import { countedTables } from '../../support/counted-tables.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { play } from '../../support/playing.js';

const RATE = `mutation ($id: ID!, $input: RateStoryInput!) { rateStory(storyId: $id, input: $input) { id } }`;
const HELPFUL = 'mutation ($id: ID!) { markReviewHelpful(id: $id) { helpfulCount } }';
const RETRACT = 'mutation ($id: ID!) { deleteRating(storyId: $id) }';
const KEYS = '{ achievements { earned(first: 50) { nodes { achievement { key } } } } }';

let talegraph: TestApp;
let author: Person;
let stories: MadeStory[];
beforeAll(async () => {
  talegraph = await startApp();
  author = await talegraph.factory.newAuthor();
  const nodes = { start: ['end'], end: [] };
  stories = [
    await talegraph.factory.newStory(author, { nodes }),
    await talegraph.factory.newStory(author, { nodes }),
  ];
});
afterAll(() => talegraph.close());

const as = (person: Person) => talegraph.client.as(person.token);
const earned = async (person: Person): Promise<string[]> => {
  await talegraph.counted();
  const { achievements } = await as(person).get(KEYS);
  return achievements.earned.nodes
    .map(({ achievement }: any) => achievement.key)
    .filter((key: string) => /^(reviews|helped|rated)/.test(key))
    .sort();
};
const rate = async (person: Person, story: MadeStory, input: object): Promise<string> => {
  await play(as(person), story, ['start', 'end']);
  return (await as(person).get(RATE, { id: story.id, input })).rateStory.id;
};

it('are earned by reviews, by readers who were helped and by good ratings, each once, and kept', async () => {
  const readers = await Promise.all(
    Array.from({ length: 10 }, () => talegraph.factory.newReader()),
  );
  const critic = readers[0]!;
  await rate(critic, stories[0]!, { rating: 5 });
  expect(await earned(critic)).toEqual([]);
  const first = await rate(critic, stories[0]!, { rating: 5, review: 'Short and good.' });
  expect(await earned(critic)).toEqual(['reviews-1']);
  const second = await rate(critic, stories[1]!, { rating: 1, review: 'Shorter.' });

  for (const reader of readers.slice(1, 9)) {
    await rate(reader, stories[0]!, { rating: 5 });
    await rate(reader, stories[1]!, { rating: 1 });
    for (const id of [first, second]) await as(reader).get(HELPFUL, { id });
  }
  // Eight voted, for two reviews each; nine rated the first story well, and the second badly.
  expect(await earned(critic)).toEqual(['helped-1', 'reviews-1']);
  expect(await earned(author)).toEqual([]);

  const last = readers[9]!;
  await rate(last, stories[1]!, { rating: 1 });
  expect(await earned(author)).toEqual([]);
  await rate(last, stories[0]!, { rating: 1 });
  await as(author).get(HELPFUL, { id: first });
  for (const id of [first, second, first]) await as(last).get(HELPFUL, { id });
  expect(await earned(critic)).toEqual(['helped-1', 'helped-10', 'reviews-1']);
  expect(await earned(author)).toEqual(['rated-10']);

  for (const { id } of stories) await as(critic).get(RETRACT, { id });
  expect(await earned(critic)).toEqual(['helped-1', 'helped-10', 'reviews-1']);
  expect(await earned(author)).toEqual(['rated-10']);
  const counted = await countedTables(talegraph.database);
  await talegraph.app.get(FactCounter).rebuild(() => undefined);
  expect(await countedTables(talegraph.database)).toEqual(counted);
});
