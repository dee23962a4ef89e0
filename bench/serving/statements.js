/** What the raw server asks PostgreSQL for: one statement for each request, which answers the JSON that is sent. */

/** The columns of a node with its choices and the titles of their targets. */
const nodeJson = (node) => `json_build_object(
  'id', ${node}.node_id, 'key', ${node}.node_key, 'title', ${node}.node_title, 'content', ${node}.content,
  'isEnding', ${node}.is_ending_node, 'choices', coalesce((
    SELECT json_agg(json_build_object('id', choice.choice_id, 'letter', choice.choice_letter, 'text', choice.choice_text,
        'consequences', choice.consequences, 'to', json_build_object('id', target.node_id, 'title', target.node_title))
      ORDER BY choice."order")
    FROM choices AS choice JOIN story_nodes AS target ON target.node_id = choice.to_node_id
    WHERE choice.from_node_id = ${node}.node_id AND choice.deleted_at IS NULL), '[]'))`;

const STORY = `'id', story.story_id, 'slug', story.slug, 'title', story.title, 'description', story.description,
  'category', story.category, 'playCount', story.play_count, 'ratingCount', story.rating_count,
  'author', json_build_object('username', author.username)`;

/** Moves a playthrough that stands where the reader saw it, by a choice that the node has, and records the step. */
const move = ({ progress, step, node, choice, user }) => `
  WITH moved AS (
    UPDATE user_progress AS play
    SET current_node_id = choice.to_node_id, step = play.step + 1, is_completed = target.is_ending_node, last_updated = now()
    FROM choices AS choice JOIN story_nodes AS target ON target.node_id = choice.to_node_id
    WHERE play.progress_id = ${progress} AND play.user_id = ${user} AND play.step = ${step}
      AND play.current_node_id = ${node} AND NOT play.is_completed AND play.deleted_at IS NULL
      AND choice.choice_id = ${choice} AND choice.from_node_id = play.current_node_id AND choice.deleted_at IS NULL
    RETURNING play
  ), recorded AS (
    INSERT INTO progress_steps (progress_id, seq, node_id, choice_id, to_node_id, at, day, version_id, is_end)
    SELECT (play).progress_id, ${step}, ${node}, ${choice}, (play).current_node_id, (play).last_updated,
           (now() AT TIME ZONE 'UTC')::date, (play).version_id, (play).is_completed FROM moved
  )`;

/** Begins a playthrough of the version that readers get, and counts it. */
const begin = ({ story, user }) => `
  WITH counted AS (
    UPDATE stories SET play_count = play_count + 1 WHERE story_id = ${story} AND is_published
    RETURNING story_id, published_version_id
  ), begun AS (
    INSERT INTO user_progress (user_id, story_id, version_id, current_node_id, state, seed, start_day)
    SELECT ${user}, story_id, published_version_id, node_id, '{}', gen_random_uuid(), (now() AT TIME ZONE 'UTC')::date
    FROM counted JOIN story_nodes USING (story_id) WHERE is_starting_node AND deleted_at IS NULL
    RETURNING user_progress AS play
  )`;

const playJson = `SELECT json_build_object('progressId', (play).progress_id, 'step', (play).step,
    'isEnding', node.is_ending_node, 'node', ${nodeJson('node')})::text AS body`;

const STATEMENTS = {
  read: `SELECT ${nodeJson('node')}::text AS body FROM story_nodes AS node JOIN stories AS story USING (story_id)
    WHERE node.node_id = $1 AND node.deleted_at IS NULL AND story.is_published`,
  draft: `SELECT ${nodeJson('node')}::text AS body FROM story_nodes AS node JOIN stories AS story USING (story_id)
    WHERE story.story_id = $1 AND node.node_key = $2 AND node.deleted_at IS NULL AND story.author_id = $3`,
  list: `SELECT coalesce(json_agg(page.body), '[]')::text AS body FROM (
      SELECT json_build_object(${STORY}) AS body FROM stories AS story JOIN users AS author ON author.user_id = story.author_id
      WHERE story.is_published ORDER BY story.published_at DESC, story.story_id DESC LIMIT 20
    ) AS page`,
  page: `SELECT json_build_object(${STORY}, 'start', ${nodeJson('node')})::text AS body
    FROM stories AS story JOIN users AS author ON author.user_id = story.author_id
    JOIN story_nodes AS node ON node.story_id = story.story_id AND node.is_starting_node AND node.deleted_at IS NULL
    WHERE story.slug = $1 AND story.is_published AND story.deleted_at IS NULL`,
  flow: `SELECT json_agg(${nodeJson('node')} ORDER BY node.node_id)::text AS body FROM (
      SELECT node.* FROM story_nodes AS node JOIN stories AS story USING (story_id)
      WHERE node.story_id = $1 AND node.deleted_at IS NULL AND story.is_published ORDER BY node.node_id LIMIT 100
    ) AS node`,
  wholeFlow: `SELECT json_agg(json_build_object('id', node_id, 'key', node_key, 'title', node_title, 'content', content,
      'type', node_type, 'isStart', is_starting_node, 'isEnding', is_ending_node, 'choices', coalesce((
        SELECT json_agg(json_build_object('id', choice_id, 'letter', choice_letter, 'text', choice_text,
          'consequences', consequences, 'to', to_node_id) ORDER BY choice."order")
        FROM choices AS choice WHERE from_node_id = node_id AND choice.deleted_at IS NULL), '[]')) ORDER BY node_id)::text AS body
    FROM story_nodes JOIN stories AS story USING (story_id)
    WHERE story_id = $1 AND story_nodes.deleted_at IS NULL AND story.is_published`,
  choose: `${move({ progress: '$1::bigint', step: '$2::integer', node: '$3::bigint', choice: '$4::bigint', user: '$5::bigint' })}
    ${playJson} FROM moved JOIN story_nodes AS node ON node.node_id = (play).current_node_id`,
  start: `${begin({ story: '$1::bigint', user: '$2::bigint' })}
    ${playJson} FROM begun JOIN story_nodes AS node ON node.node_id = (play).current_node_id`,
};

/** Named, so that each connection prepares it once. */
export const statement = (name, values) => ({
  name: `raw-${name}`,
  text: STATEMENTS[name],
  values,
});

const user = `current_setting('jwt.claims.user_id')::bigint`;

/** The same choices and starts as functions, which PostGraphile makes mutations of. */
export const FUNCTIONS = `
  CREATE SCHEMA IF NOT EXISTS bench;
  CREATE OR REPLACE FUNCTION bench.choose(progress bigint, at_step integer, node bigint, choice bigint) RETURNS user_progress
    LANGUAGE sql VOLATILE STRICT AS $$
    ${move({ progress: '$1', step: '$2', node: '$3', choice: '$4', user })} SELECT (play).* FROM moved $$;
  CREATE OR REPLACE FUNCTION bench.start_playing(story bigint) RETURNS user_progress
    LANGUAGE sql VOLATILE STRICT AS $$ ${begin({ story: '$1', user })} SELECT (play).* FROM begun $$;`;
