/** What is measured: on which servers, by how many connections, and what is asked. */
import { newPlays, nodesIn, waysIn } from './data.js';

/**
 * @returns the workloads by name. `prepare` makes what each run of one needs anew; `sample` is asked of each server
 * beforehand, whose answers must be equal.
 */
export function workloadsOf({ db, asked, readers }, connections) {
  const reads = asked.nodes.map((node) => ({ op: 'read', node }));
  const flows = asked.stories.map(({ story }) => ({ op: 'flow', story }));
  const wholeFlow = [{ op: 'wholeFlow', story: asked.large.at(-1).story }];
  const reading = (title, servers, asks, rest) => ({
    ...{ title, servers, kind: 'reading', connections, asks, sample: asks.slice(0, 20) },
    ...rest,
  });
  return {
    read: reading('Player read', ['uncached', 'postgraphile', 'raw'], reads),
    cached: reading(
      'Player read, kept as bytes',
      ['shipped', 'memory'],
      asked.nodes.map((node) => ({ op: 'kept', node })),
    ),
    draft: reading(
      'Draft read',
      ['uncached', 'postgraphile', 'raw'],
      asked.drafts.map((draft) => ({ op: 'draft', ...draft })),
      { asAuthor: true },
    ),
    list: reading('Story list', ['uncached', 'postgraphile', 'raw'], [{ op: 'list' }]),
    flow: reading('Flow of 100 nodes', ['uncached', 'postgraphile', 'raw'], flows, {
      connections: Math.min(16, connections),
    }),
    wholeFlow: reading('Flow of the large story', ['shipped', 'postgraphile', 'raw'], wholeFlow, {
      ...{ connections: 1, probe: reads[0] },
    }),
    choose: {
      ...{ title: 'makeChoice', servers: ['uncached', 'postgraphile', 'raw'], kind: 'playing' },
      ...{ connections, ways: asked.ways },
      async prepare() {
        const users = readers.slice(1, 1 + connections).map(({ uid }) => uid);
        const plays = await newPlays(db, asked.plays, users);
        return { plays };
      },
    },
    session: {
      ...{ title: 'Mixed reader session', servers: ['shipped', 'postgraphile', 'raw'] },
      ...{ kind: 'session', connections, ways: asked.ways, stories: asked.stories },
      sample: asked.stories.map(({ slug }) => ({ op: 'page', slug })),
    },
  };
}

/** Reads nodes of all stories, so that caches fill up to their bounds. */
export async function everywhere({ db }, connections) {
  const { rows } = await db.query(
    `SELECT min(node_id)::int AS node FROM story_nodes WHERE NOT is_ending_node GROUP BY story_id ORDER BY story_id`,
  );
  const asks = rows.map(({ node }) => ({ op: 'read', node }));
  return { title: 'One node of each story', kind: 'reading', connections, asks };
}

/** Choices of playthroughs that begin, and of such that have gone on for ten thousand steps. */
export async function longPlays({ db, asked, readers }, connections) {
  const at = (step) => ({
    ...{ title: `makeChoice at step ${step}`, kind: 'playing', connections, ways: asked.ways },
    async prepare() {
      const users = readers.slice(1, 1 + connections).map(({ uid }) => uid);
      const plays = await newPlays(db, asked.plays, users);
      if (step > 0) await lengthen(db, plays, asked.ways, step);
      return { plays: plays.map((play) => ({ ...play, step })) };
    },
  });
  return { 'step 0': at(0), 'step 10,000': at(10_000) };
}

/** Records steps of playthroughs that have just begun, back and forth. */
async function lengthen(db, plays, ways, steps) {
  await db.query(
    `INSERT INTO progress_steps (progress_id, seq, node_id, choice_id, to_node_id, at, day, version_id, is_end)
     SELECT progress_id, seq, node, choice, node, now(), (now() AT TIME ZONE 'UTC')::date, version_id, false
     FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS play (progress_id, node, choice)
     JOIN user_progress USING (progress_id) CROSS JOIN generate_series(0, $4::integer - 1) AS seq`,
    [
      plays.map(({ progress }) => progress),
      plays.map(({ node }) => node),
      plays.map(({ node }) => ways[node][0].id),
      steps,
    ],
  );
  await db.query(
    `UPDATE user_progress SET step = $2, state = jsonb_set(state, '{turn}', to_jsonb($2::integer)) WHERE progress_id = ANY($1)`,
    [plays.map(({ progress }) => progress), steps],
  );
}

/** Reads, choices and flows of stories by how many nodes they have. */
export async function ofSize({ db, asked, readers }, connections) {
  const workloads = {};
  for (const template of asked.large) {
    const { story, slug } = template;
    const name = slug.replace('large-', '');
    const drawn = await nodesIn(db, `story_id = ${story}`, 200);
    const ways = await waysIn(db, [story]);
    const shared = { connections, kind: 'reading' };
    Object.assign(workloads, {
      [`read ${name}`]: {
        ...{ ...shared, title: 'Player read' },
        asks: drawn.map(({ node }) => ({ op: 'read', node })),
      },
      [`draft ${name}`]: {
        ...{ ...shared, title: 'Draft read', asAuthor: true },
        asks: drawn.map(({ key }) => ({ op: 'draft', story, key })),
      },
      [`choose ${name}`]: {
        ...{ title: 'makeChoice', kind: 'playing', connections, ways },
        async prepare() {
          const users = readers.slice(1, 1 + connections).map(({ uid }) => uid);
          return { plays: await newPlays(db, [template], users) };
        },
      },
      [`flow ${name}`]: {
        ...{ ...shared, title: 'Flow of 100 nodes', asks: [{ op: 'flow', story }] },
      },
      [`wholeFlow ${name}`]: {
        ...{ ...shared, title: 'Flow of all', connections: 1 },
        asks: [{ op: 'wholeFlow', story }],
      },
    });
  }
  return workloads;
}
