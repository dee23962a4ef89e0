import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { population, writePlaythroughs, writePopulation } from '../../../bench/population.js';
import { NeighbourSearch } from '../../../src/recommendations/neighbours/neighbour-search.js';
import { RecommendationRepository } from '../../../src/recommendations/recommendation.repository.js';
import { startApp, type TestApp } from '../../support/app.js';

const TOP = 10;
const ASKED = 200;

/**
 * Readers whose tastes are known: what each of some finished last is kept from the statistics, and is to be recommended.
 * `npm run bench:recommendations` does the same with more of them.
 */
describe('the quality of recommendations', () => {
  let talegraph: TestApp;
  let client: pg.Client;
  beforeAll(async () => {
    talegraph = await startApp();
    client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await talegraph.close();
  });

  it('is far above what is most popular', async () => {
    const people = population({ stories: 300, readers: 1500, seed: 11 });
    const wanted: { reader: number; story: number; known: Set<number> }[] = [];
    const histories = people.readers.map(({ read }, reader) => {
      const liked = read.filter(({ finished, rating }) => finished && (rating ?? 3) > 2);
      if (liked.length < 5 || wanted.length >= ASKED) return read;
      const { story } = liked.at(-1)!;
      const history = read.filter((reading) => reading.story !== story);
      wanted.push({ reader, story, known: new Set(history.map((reading) => reading.story)) });
      return history;
    });
    const { storyIds, readerIds } = await writePopulation(client, people, histories);
    await writePlaythroughs(
      client,
      wanted.map(({ reader }) => readerIds[reader]!),
    );
    await talegraph.app.get(NeighbourSearch).run();

    const { rows } = await client.query(
      'SELECT story_id FROM stories ORDER BY play_count DESC, story_id DESC',
    );
    const byPlays = rows.map(({ story_id }) => storyIds.indexOf(Number(story_id)));
    const hits = { recommended: 0, popular: 0 };
    for (const { reader, story, known } of wanted) {
      const near = await talegraph.app.get(RecommendationRepository).byTaste(readerIds[reader]);
      const top = near.slice(0, TOP).map(({ storyId }) => storyIds.indexOf(storyId));
      expect(top.filter((one) => known.has(one))).toEqual([]);
      if (top.includes(story)) hits.recommended += 1;
      const popular = byPlays.filter((one) => !known.has(one)).slice(0, TOP);
      if (popular.includes(story)) hits.popular += 1;
    }
    expect(wanted).toHaveLength(ASKED);
    expect(hits.popular).toBeGreaterThan(0);
    // Three times as often, and every third at least.
    expect(hits.recommended).toBeGreaterThan(3 * hits.popular);
    expect(hits.recommended).toBeGreaterThan(ASKED / 3);
  }, 120_000);
});
