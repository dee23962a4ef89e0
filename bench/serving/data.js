/**
 * The data set: stories that were imported and published through Talegraph itself, and readers with their steps, made by SQL.
 * It stays in its folder, so that a second run starts at once.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from '../../dist/src/database/embedded/embedded-postgres.js';
import { fill } from '../readers-fill.js';
import { FUNCTIONS } from './statements.js';
import { startTalegraph } from './servers.js';

const PASSWORD = 'correct horse battery';
/** How many stories are played, each from a playthrough that Talegraph itself began. */
const PLAYED = 8;
/** How many stories are looked at, and played in mixed sessions. */
const SHOWN = 50;
/** How many nodes are read. */
const READ = 200;

const words = 'The lamp of a harbour under rain keeps its own hours and nobody asks why. '.repeat(
  8,
);

/** A story in which nodes lead on to two or three nearby; the last of each hundred is an ending. */
const storyOf = (slug, count) => ({
  slug,
  title: `The story ${slug}`,
  description: `What happened at the harbour, told in ${count} nodes.`,
  category: ['fantasy', 'mystery', 'horror', 'romance'][slug.length % 4],
  nodes: Array.from({ length: count }, (_, i) => {
    const isEnding = i % 100 === 99 || i === count - 1;
    const targets = [i + 1, i + 2 + (i % 7), i - 3].slice(0, i % 2 === 0 ? 3 : 2);
    return {
      key: `n${i}`,
      title: `Node ${i}`,
      content: `${words}\n\nThis is the place ${i}.`,
      type: isEnding ? 'ending' : 'choice',
      ...(i === 0 && { start: true }),
      ...(isEnding && { endingKind: 'neutral' }),
      position: { x: (i % 100) * 200, y: Math.floor(i / 100) * 150 },
      ...(!isEnding && {
        choices: targets.map((to, place) => ({
          text: `Take way ${place}`,
          ...(place === 1 && { consequences: 'The rain grows stronger.' }),
          to: `n${Math.min(Math.max(to, 0), count - 1)}`,
        })),
      }),
    };
  }),
});

const documentOf = (stories) => ({ format: 'talegraph', version: 1, stories });

async function publish(server, stories) {
  for (let from = 0; from < stories.length; from += 100) {
    const ids = await server.importStories(documentOf(stories.slice(from, from + 100)));
    for (const id of ids)
      await server.ask(
        `mutation ($id: ID!) { publishStory(id: $id, input: { publishAnyway: true }) { id } }`,
        { id },
      );
  }
}

/** What has been loaded, as its last statement says; what was loaded by half is thrown away. */
async function loadedIn(url) {
  const db = new pg.Client({ connectionString: url.replace(/talegraph$/, 'postgres') });
  await db.connect();
  try {
    const { rows } = await db.query(
      `SELECT shobj_description(oid, 'pg_database') AS told FROM pg_database WHERE datname = 'talegraph'`,
    );
    if (rows[0].told !== null) return JSON.parse(rows[0].told);
    await db.query('DROP DATABASE talegraph');
    await db.query('CREATE DATABASE talegraph');
    return undefined;
  } finally {
    await db.end();
  }
}

async function load(url, dataDir, size, log) {
  const { stories, large, users, steps } = size;
  const server = await startTalegraph(url, dataDir);
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  try {
    const { register } = await server.ask(
      `mutation { register(input: { username: "author", email: "author@example.org", password: "${PASSWORD}" }) { accessToken } }`,
    );
    server.token = register.accessToken;
    const timed = async (what, work) => {
      const began = performance.now();
      await work();
      log(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
    };
    await timed(`${stories} stories imported and published`, () =>
      publish(
        server,
        Array.from({ length: stories }, (_, i) => storyOf(`tale-${i}`, 100)),
      ),
    );
    await timed(`${users} readers with ${steps} steps`, () => fill(db, { users, steps, log }));
    for (const nodes of large)
      await timed(`a story of ${nodes} nodes imported and published`, () =>
        publish(server, [storyOf(`large-${nodes}`, nodes)]),
      );
    const { rows } = await db.query(
      `(SELECT story_id AS id FROM stories WHERE slug LIKE 'tale-%' ORDER BY story_id LIMIT ${PLAYED})
       UNION ALL SELECT story_id FROM stories WHERE slug LIKE 'large-%'`,
    );
    for (const { id } of rows)
      await server.ask(
        `mutation ($id: ID!) { startStory(storyId: $id, input: { restart: true }) { id } }`,
        { id: `sty_${id}` },
      );
    await db.query(FUNCTIONS);
    await db.query(`VACUUM ANALYZE`);
    await db.query(`COMMENT ON DATABASE talegraph IS '${JSON.stringify(size)}'`);
  } finally {
    await db.end();
    await server.stop();
  }
}

/** The playthroughs that Talegraph began itself, which others are copied from. */
async function templatesOf(db, author) {
  const { rows } = await db.query(
    `SELECT story_id::int AS story, progress_id::float8 AS progress, current_node_id::int AS start, slug
     FROM user_progress JOIN stories USING (story_id)
     WHERE user_id = $1 AND progress_id IN (SELECT min(progress_id) FROM user_progress WHERE user_id = $1 GROUP BY story_id)
     ORDER BY story_id`,
    [author],
  );
  return rows;
}

/** The choices at each node that come to no ending, so that readers can go on, and where they lead. */
export async function waysIn(db, stories) {
  const { rows } = await db.query(
    `SELECT choice_id::int AS id, from_node_id::int AS node, to_node_id::int AS "to"
     FROM choices JOIN story_nodes AS target ON target.node_id = to_node_id
     WHERE target.story_id = ANY($1) AND NOT is_ending_node`,
    [stories],
  );
  const ways = {};
  for (const { id, node, to } of rows) (ways[node] ??= []).push({ id, to });
  return ways;
}

/** Nodes of stories, drawn so that they lie anywhere. */
export async function nodesIn(db, where, most) {
  const { rows } = await db.query(
    `SELECT node_id::int AS node, story_id::int AS story, node_key AS key
     FROM story_nodes JOIN stories USING (story_id) WHERE ${where} AND NOT is_ending_node ORDER BY hashint8(node_id) LIMIT $1`,
    [most],
  );
  return rows;
}

/** What the workloads ask for: ids, keys and slugs, and where each choice of the stories that are played leads. */
async function askedOf(db) {
  const column = async (sql) => (await db.query(sql)).rows.map(({ value }) => Number(value));
  const [author] = await column(`SELECT user_id AS value FROM users WHERE username = 'author'`);
  const templates = await templatesOf(db, author);
  const isLarge = ({ slug }) => slug.startsWith('large-');
  const plays = templates.filter((play) => !isLarge(play));
  const { rows: stories } = await db.query(
    `SELECT story_id::int AS story, slug FROM stories WHERE slug LIKE 'tale-%' ORDER BY story_id LIMIT ${SHOWN}`,
  );
  const ways = await waysIn(
    db,
    stories.map(({ story }) => story),
  );
  const drawn = await nodesIn(db, `slug LIKE 'tale-%'`, READ);
  return {
    ...{ author, plays, stories, ways, large: templates.filter(isLarge) },
    nodes: drawn.map(({ node }) => node),
    drafts: drawn.map(({ story, key }) => ({ story, key })),
  };
}

/** Sessions of readers, so that each connection is somebody else. The first one is the author's. */
async function signIn(db, author, count) {
  const { rows } = await db.query(
    `INSERT INTO sessions (user_id, user_agent, address, expires_at)
     SELECT user_id, 'bench', '127.0.0.1', now() + interval '1 day'
     FROM (SELECT user_id FROM users WHERE role = 'user' ORDER BY user_id = $1 DESC, user_id LIMIT $2) AS readers
     RETURNING session_id::int AS sid, user_id::int AS uid`,
    [author, count],
  );
  return rows.toSorted((one, other) => (other.uid === author) - (one.uid === author));
}

/** Copies the playthroughs that Talegraph began, one for each of the users. @returns them, each with where it stands */
export async function newPlays(db, plays, users) {
  const { rows } = await db.query(
    `INSERT INTO user_progress (user_id, story_id, version_id, current_node_id, state, seed, start_day)
     SELECT uid, story_id, version_id, current_node_id, state, gen_random_uuid(), start_day
     FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS reader (uid, template, place)
     JOIN user_progress ON progress_id = template ORDER BY place
     RETURNING progress_id::float8 AS progress, current_node_id::int AS node, user_id::int AS user, version_id::int AS version,
       xmin::text AS "rowVersion"`,
    [users, users.map((_, i) => plays[i % plays.length].progress)],
  );
  return rows;
}

/** PostgreSQL on the folder with the data in it. @returns its address, what to ask for, and how to end it */
export async function openData(dataDir, size, { connections, log, autovacuum = 'on' }) {
  const postgres = await EmbeddedPostgres.start(dataDir, {
    settings: { shared_buffers: '512MB', max_wal_size: '4GB', autovacuum },
  });
  try {
    return await opened(postgres, dataDir, size, { connections, log });
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function opened(postgres, dataDir, size, { connections, log }) {
  const loaded = await loadedIn(postgres.url);
  if (loaded === undefined) await load(postgres.url, dataDir, size, log);
  else if (JSON.stringify(loaded) !== JSON.stringify(size))
    throw new Error(`${dataDir} holds other data: ${JSON.stringify(loaded)}.`);
  const db = new pg.Client({ connectionString: postgres.url });
  await db.connect();
  const asked = await askedOf(db);
  const readers = await signIn(db, asked.author, connections + 1);
  return {
    ...{ db, asked, readers, url: postgres.url },
    pid: Number(readFileSync(join(postgres.folder, 'postmaster.pid'), 'utf8').split('\n')[0]),
    async close() {
      await db.end();
      await postgres.stop();
    },
  };
}
