import { lcg } from './stories.js';

const GENRES = 12;
const DIFFICULTIES = ['easy', 'medium', 'hard'];
const LANGUAGES = ['en', 'en', 'en', 'en', 'es', 'fr'];
const COMMON = 'you find a way through the night and nobody knows what waits there'.split(' ');

/**
 * Stories and readers whose tastes are known, the same for the same seed. A story is of one genre and a little of another,
 * and written in one language; its category and words tell that of most. Few stories are known to many. A reader likes one
 * genre or several, reads one language, and now and then anything that others read; their ratings tell how well it fits.
 * @returns stories, and for each reader what they read, in order: `{ story, rating, finished }`
 */
export function population({ stories: storyCount, readers: readerCount, mean = 12, seed = 1 }) {
  const random = lcg(seed);
  for (let i = 0; i < 100; i++) random();
  const among = (n) => Math.floor(random() * n);
  const words = Array.from({ length: GENRES }, (_, genre) =>
    Array.from(
      { length: 30 },
      (_, i) => `${'bcdfghjklmnp'[genre]}a${'bcdfghjklm'[i % 10]}o${'nrt'[i % 3]}ex`,
    ),
  );
  const stories = Array.from({ length: storyCount }, (_, number) => {
    const genre = among(GENRES);
    const other = among(GENRES);
    const told = () => (random() < 0.75 ? genre : random() < 0.5 ? other : among(GENRES));
    const wordOf = () => (random() < 0.4 ? COMMON[among(COMMON.length)] : pick(words[told()]));
    return {
      number,
      genre,
      other,
      quality: random(),
      /** As in Zipf's law, with an exponent of 0.8. */
      fame: (1 + among(storyCount)) ** -0.8,
      category: `category-${told()}`,
      language: LANGUAGES[among(LANGUAGES.length)],
      difficulty: DIFFICULTIES[among(3)],
      author: among(Math.ceil(storyCount / 5)),
      tags: [`tag-${told()}-${among(4)}`, `tag-${told()}-${among(4)}`],
      title: `${wordOf()} ${wordOf()}`,
      description: Array.from({ length: 25 }, wordOf).join(' '),
    };
  });
  function pick(list) {
    return list[among(list.length)];
  }

  const liking = ({ tastes, language }, story) =>
    story.language !== language
      ? 0
      : (tastes.get(story.genre) ?? 0) + 0.3 * (tastes.get(story.other) ?? 0);
  const shelves = new Map();
  /** Stories of a genre in a language, or all in it, to draw from by their fame. */
  const shelf = (language, genre) => {
    const key = `${language} ${genre}`;
    if (!shelves.has(key)) {
      const list = stories.filter(
        (story) => story.language === language && (genre === undefined || story.genre === genre),
      );
      let sum = 0;
      shelves.set(key, { list, sums: list.map(({ fame }) => (sum += fame)) });
    }
    return shelves.get(key);
  };
  const draw = ({ list, sums }) => {
    const wanted = random() * sums.at(-1);
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return list[low];
  };

  const readers = Array.from({ length: readerCount }, () => {
    const tastes = new Map();
    const genres = 1 + among(3);
    for (let i = 0; i < genres; i++) tastes.set(among(GENRES), 1);
    const reader = { tastes, language: LANGUAGES[among(LANGUAGES.length)] };
    const wanted = Math.min(storyCount / 4, Math.ceil(-Math.log(1 - random()) * mean));
    const read = new Map();
    for (let tries = 0; read.size < wanted && tries < wanted * 5; tries++) {
      const genre = random() < 0.2 ? undefined : pick([...tastes.keys()]);
      const place = shelf(reader.language, genre);
      if (place.list.length === 0) continue;
      const story = draw(place);
      if (read.has(story.number)) continue;
      const fit = Math.min(1, liking(reader, story));
      const isRated = random() < 0.3;
      const stars = Math.round(1 + 2.2 * fit + 1.3 * story.quality + random() - 0.5);
      read.set(story.number, {
        story: story.number,
        rating: isRated ? Math.min(5, Math.max(1, stars)) : null,
        finished: random() < 0.5 + 0.4 * fit,
      });
    }
    return { ...reader, read: [...read.values()] };
  });
  return { stories, readers };
}

/** Writes a population into an empty database. @returns the ids of its stories and of its readers */
export async function writePopulation(client, { stories, readers }, histories) {
  const ids = async (sql, values) =>
    (await client.query(sql, values)).rows.map(({ id }) => Number(id));
  const authors = Math.max(...stories.map(({ author }) => author)) + 1;
  const users = await ids(
    `INSERT INTO users (username, role) SELECT 'bench-' || i, 'user' FROM generate_series(1, $1::int) AS i
     ORDER BY i RETURNING user_id AS id`,
    [authors + readers.length],
  );
  const column = (of) => stories.map(of);
  const storyIds = await ids(
    `INSERT INTO stories (slug, title, description, author_id, difficulty_level, category, language, tags, is_published, published_at)
     SELECT 'bench-' || number, title, description, author, difficulty, category, language, string_to_array(tags, ' '), true, now()
     FROM unnest($1::int[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[])
       AS told (number, title, description, author, difficulty, category, language, tags) ORDER BY number
     RETURNING story_id AS id`,
    [
      ...[column(({ number }) => number), column(({ title }) => title)],
      ...[column(({ description }) => description), column(({ author }) => users[author])],
      ...[column(({ difficulty }) => difficulty), column(({ category }) => category)],
      ...[column(({ language }) => language), column(({ tags }) => tags.join(' '))],
    ],
  );
  const readerIds = users.slice(authors);
  await writeReadings(client, { storyIds, readerIds }, histories);
  return { storyIds, readerIds };
}

/** @param histories what each reader read, in order */
async function writeReadings(client, { storyIds, readerIds }, histories) {
  const CHUNK = 5000;
  for (let begin = 0; begin < histories.length; begin += CHUNK) {
    const rows = histories
      .slice(begin, begin + CHUNK)
      .flatMap((read, i) =>
        read.map((reading, place) => ({ ...reading, reader: readerIds[begin + i], place })),
      );
    const column = (of) => rows.map(of);
    const columns = [
      column(({ reader }) => reader),
      column(({ story }) => storyIds[story]),
      column(({ finished }) => (finished ? 1 : 0)),
      column(({ place }) => place),
      column(({ rating }) => rating),
    ];
    await client.query(
      `WITH told AS (
         SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::int[], $4::int[], $5::int[]) AS row (reader, story, finishes, place, rating)
       ), reviewed AS (
         INSERT INTO reviews (user_id, story_id, rating) SELECT reader, story, rating FROM told WHERE rating IS NOT NULL
       )
       INSERT INTO reader_stories (user_id, story_id, plays, finishes, last_at)
       SELECT reader, story, 1, finishes, timestamptz '2026-01-01' + place * interval '1 day' FROM told`,
      columns,
    );
  }
  await client.query(`
    UPDATE stories SET play_count = plays, rating_sum = sum, rating_count = count FROM (
      SELECT story_id, count(*) AS plays, coalesce(sum(rating), 0) AS sum, count(rating) AS count
      FROM reader_stories LEFT JOIN reviews USING (user_id, story_id) GROUP BY story_id
    ) AS counted WHERE counted.story_id = stories.story_id`);
  await client.query(`
    INSERT INTO story_versions (story_id, number, snapshot, content_hash, published_by)
    SELECT story_id, 1, '{}', '', author_id FROM stories`);
  await client.query(`
    INSERT INTO story_nodes (story_id, node_key, node_title, content, node_type)
    SELECT story_id, 'start', 'Start', '', 'story' FROM stories`);
  await client.query('ANALYZE');
}

/** Playthroughs of what readers have read, by which they know it: for those that are asked. */
export async function writePlaythroughs(client, readerIds) {
  await client.query(
    `INSERT INTO user_progress (seed, user_id, story_id, version_id, current_node_id, state)
     SELECT gen_random_uuid(), user_id, story_id, version_id, node_id, '{}'
     FROM reader_stories JOIN story_versions USING (story_id) JOIN story_nodes USING (story_id) WHERE user_id = ANY($1)`,
    [readerIds],
  );
}
