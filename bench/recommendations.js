/**
 * How good recommendations are, and what they cost. Readers whose tastes are known are written into an embedded PostgreSQL of
 * its own; the job of the server finds the neighbours, and its queries recommend. What readers read last is kept from them,
 * and the figures tell how often it is recommended.
 * Run with `npm run bench:recommendations`, and `-- --quality` or `-- --speed` for one part.
 */
import 'reflect-metadata';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { env } from 'node:process';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { EmbeddedPostgres } from '../dist/src/database/embedded/embedded-postgres.js';
import { population, writePlaythroughs, writePopulation } from './population.js';
import { lcg } from './stories.js';

const { values } = parseArgs({
  options: {
    quality: { type: 'boolean', default: false },
    speed: { type: 'boolean', default: false },
  },
});

const TOP = 10;
const QUALITY = { stories: 1500, readers: 8000, mean: 12, seed: 7 };
const SPEED = { stories: 5000, readers: 100_000, mean: 20, seed: 7 };

/** One story in so many is new: what was read of it is kept from everybody. */
const NEW_STORY = 25;

const percent = (share) => `${(share * 100).toFixed(1)} %`;
const seconds = (begun) => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

/** Runs `work` with the application on a database of its own. */
async function withTalegraph(postgres, name, work) {
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  Object.assign(env, {
    DATABASE_URL: postgres.url.replace(/\/talegraph$/, `/${name}`),
    DATA_DIR: join(folder, name),
    JWT_SECRET: 'a secret of the benchmark, long enough to be one',
    LOG_LEVEL: 'silent',
    SEED_SAMPLES: 'false',
  });
  const [{ AppModule }, { NeighbourSearch }, { RecommendationRepository }] = await Promise.all([
    import('../dist/src/app.module.js'),
    import('../dist/src/recommendations/neighbours/neighbour-search.js'),
    import('../dist/src/recommendations/recommendation.repository.js'),
  ]);
  const app = await NestFactory.createApplicationContext(AppModule.forRoot({ beside: true }), {
    logger: false,
  });
  const client = new pg.Client({ connectionString: env.DATABASE_URL });
  await client.connect();
  try {
    await work({
      client,
      search: app.get(NeighbourSearch),
      repository: app.get(RecommendationRepository),
    });
  } finally {
    await client.end();
    await app.close();
  }
}

/** As the service does it: what is near first, and then what is well liked. */
async function recommended(repository, readerId) {
  const near = await repository.byTaste(readerId);
  const liked = near.length < TOP ? await repository.wellLiked(readerId) : [];
  return [...new Set([...near, ...liked].map(({ storyId }) => Number(storyId)))].slice(0, TOP);
}

async function quality({ client, search, repository }) {
  const people = population(QUALITY);
  const { stories, readers } = people;
  const isNew = (story) => story % NEW_STORY === 0;

  // Of those who finished enough, what they finished last is kept back; of some, nearly all of it.
  const asked = [];
  const histories = readers.map(({ read, language }, number) => {
    const known = read.filter(({ story }) => !isNew(story));
    const liked = known.filter(({ finished, rating }) => finished && (rating ?? 3) > 2);
    const kept = asked.length % 5 === 4 ? [0, 1, 2][Math.floor(asked.length / 5) % 3] : undefined;
    if (liked.length < 5 || asked.length >= 2500) return known;
    const wanted = liked.at(-1);
    const history = known.filter((reading) => reading !== wanted);
    const rest =
      kept === undefined ? history : history.filter(({ finished }) => finished).slice(0, kept);
    const fresh = read.filter(({ story, finished }) => isNew(story) && finished);
    asked.push({ number, language, wanted: wanted.story, rest, fresh, kind: kept ?? 'many' });
    return rest;
  });
  const { storyIds, readerIds } = await writePopulation(client, people, histories);
  const numbers = new Map(storyIds.map((id, number) => [id, number]));
  await writePlaythroughs(
    client,
    asked.map(({ number }) => readerIds[number]),
  );
  await search.run();

  const { rows } = await client.query(
    'SELECT story_id FROM stories ORDER BY play_count DESC, story_id DESC',
  );
  const byPlays = rows.map(({ story_id }) => numbers.get(Number(story_id)));
  const random = lcg(3);
  const lists = { recommended: [], popular: [], 'popular in their language': [], random: [] };
  for (const reader of asked) {
    const known = new Set(reader.rest.map(({ story }) => story));
    const unknown = byPlays.filter((story) => !known.has(story));
    lists.recommended.push(
      (await recommended(repository, readerIds[reader.number])).map((id) => numbers.get(id)),
    );
    lists.popular.push(unknown.slice(0, TOP));
    lists['popular in their language'].push(
      unknown.filter((story) => stories[story].language === reader.language).slice(0, TOP),
    );
    lists.random.push(
      Array.from({ length: TOP }, () => unknown[Math.floor(random() * unknown.length)]),
    );
  }

  const table = {};
  for (const [name, tops] of Object.entries(lists)) {
    const hits = (kind) => {
      const those = asked.flatMap((reader, i) => (reader.kind === kind ? [[reader, tops[i]]] : []));
      return percent(
        those.filter(([{ wanted }, top]) => top.includes(wanted)).length / those.length,
      );
    };
    table[name] = {
      'hit rate at 10': hits('many'),
      'with 2 read': hits(2),
      'with 1 read': hits(1),
      'with 0 read': hits(0),
      coverage: percent(new Set(tops.flat()).size / stories.length),
    };
  }
  console.log(`\n${asked.length} of ${readers.length} readers asked, ${stories.length} stories`);
  console.table(table);
  await tellOfNewStories({ repository, asked, lists, stories, storyIds, numbers, isNew });
}

/** Stories that nobody has read: who would like them, and what they are shown with. */
async function tellOfNewStories({ repository, asked, lists, stories, storyIds, numbers, isNew }) {
  const fresh = stories.filter(({ number }) => isNew(number));
  const shown = lists.recommended.flat().filter(isNew).length;
  const fitting = asked.flatMap(({ kind, fresh: read }, i) =>
    kind === 'many' && read.length > 0 ? [[read, lists.recommended[i].filter(isNew)]] : [],
  );
  const hit = fitting.filter(([read, top]) => read.some(({ story }) => top.includes(story)));
  let same = 0;
  let all = 0;
  for (const { number, genre, language } of fresh) {
    const near = await repository.neighbours(null, storyIds[number]);
    for (const { storyId } of near.slice(0, TOP)) {
      const neighbour = stories[numbers.get(Number(storyId))];
      all += 1;
      if (neighbour.genre === genre && neighbour.language === language) same += 1;
    }
  }
  console.log(`${fresh.length} stories that nobody has read:`);
  console.log(`  ${percent(shown / lists.recommended.flat().length)} of what is recommended`);
  console.log(
    `  ${percent(hit.length / fitting.length)} of ${fitting.length} who would finish one are shown it`,
  );
  console.log(`  ${percent(same / all)} of the 10 nearest to them are of their genre and language`);
}

async function speed({ client, search, repository }) {
  const people = population(SPEED);
  const histories = people.readers.map(({ read }) =>
    read.map((reading) => ({ ...reading, finished: true })),
  );
  const { readerIds } = await writePopulation(client, people, histories);
  const asked = readerIds.filter((_, i) => i % 500 === 0);
  await writePlaythroughs(client, asked);
  await client.query('VACUUM ANALYZE');
  const count = histories.reduce((sum, read) => sum + read.length, 0);
  console.log(`\n${SPEED.readers} readers, ${count} stories finished, of ${SPEED.stories}`);
  for (let round = 0; round < 3; round++) {
    const begun = performance.now();
    await search.run();
    console.log(`  the job: ${seconds(begun)}`);
  }
  const { rows } = await client.query(
    'SELECT count(*), count(DISTINCT story_id) AS stories FROM story_neighbours',
  );
  console.log(`  ${rows[0].count} neighbours of ${rows[0].stories} stories`);
  await client.query('VACUUM ANALYZE story_neighbours');
  for (const [name, query] of [
    ['by taste', (id) => repository.byTaste(id)],
    ['well liked, for a reader', (id) => repository.wellLiked(id)],
    ['well liked, for nobody', () => repository.wellLiked(null)],
  ]) {
    const times = [];
    for (const id of asked) {
      const begun = performance.now();
      await query(id);
      times.push(performance.now() - begun);
    }
    console.log(
      `  ${name}: median ${median(times).toFixed(1)} ms, worst ${Math.max(...times).toFixed(1)} ms`,
    );
  }
}

const folder = mkdtempSync(join(tmpdir(), 'talegraph-'));
chmodSync(folder, 0o755);
const postgres = await EmbeddedPostgres.start(folder, { settings: { fsync: 'off' } });
try {
  const both = values.quality === values.speed;
  if (both || values.quality) await withTalegraph(postgres, 'quality', quality);
  if (both || values.speed) await withTalegraph(postgres, 'speed', speed);
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
