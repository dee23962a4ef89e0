import { encodeId } from '../../src/graphql/ids.js';
import { Partitions } from '../../src/progress/partitions/partitions.js';
import type { TestApp } from '../support/app.js';
import type { MadeStory, Person } from '../support/factory.js';
import { Player } from '../support/player.js';

const USERS = 20_000;
const STORIES = 12000;
const PLAYS = 24_000;

/** Rows by SQL, the same ones each time. Triggers that count do not run, and foreign keys hold without being looked up. */
const FILL = `
  SET LOCAL session_replication_role = replica;
  CREATE TEMPORARY TABLE platform ON COMMIT DROP AS
    SELECT now() - interval '1 day' AS till, (SELECT max(user_id) FROM users) AS people,
           (SELECT max(story_id) FROM stories) AS stories, (SELECT max(node_id) FROM story_nodes) AS nodes,
           (SELECT max(progress_id) FROM user_progress) AS plays,
           (SELECT published_version_id FROM stories WHERE is_published LIMIT 1) AS version;

  INSERT INTO users (username, role, created_at, last_active)
    SELECT 'many_' || i, 'user', till - i * interval '20 minutes', till
    FROM platform CROSS JOIN generate_series(1, ${USERS}) AS i ORDER BY i;
  INSERT INTO sessions (user_id, user_agent, address, expires_at)
    SELECT people + i, 'test', '127.0.0.1', now() + interval '30 days'
    FROM platform CROSS JOIN generate_series(1, ${USERS}) AS i ORDER BY i;

  INSERT INTO stories (slug, title, description, author_id, difficulty_level, category, tags, language, is_published,
    published_at, play_count, rating_sum, rating_count)
    SELECT 'tale-' || i, 'Tale ' || md5(i::text), 'A tale of harbours' || CASE i % 100 WHEN 0 THEN ' and a lighthouse' ELSE '' END, people + 1 + i % 400, 'medium',
           'category ' || i % 12, ARRAY['tag' || i % 40, 'sea'], 'en', true, till - i * interval '2 hours',
           i * 7 % 5000, 4 * (i % 50), i % 50
    FROM platform CROSS JOIN generate_series(1, ${STORIES}) AS i ORDER BY i;
  INSERT INTO story_versions (story_id, number, snapshot, content_hash, published_by)
    SELECT stories.story_id, 1, snapshot, content_hash, author_id
    FROM platform JOIN story_versions ON version_id = version CROSS JOIN stories
    WHERE stories.published_version_id IS NULL AND is_published ORDER BY stories.story_id;
  UPDATE stories SET published_version_id = version_id FROM story_versions
    WHERE story_versions.story_id = stories.story_id AND published_version_id IS NULL;
  INSERT INTO story_nodes (story_id, node_key, node_title, content, node_type)
    SELECT stories + i % ${STORIES} + 1, 'n' || i / ${STORIES}, 'Node ' || i, 'The harbour keeps its own hours.', 'choice'
    FROM platform CROSS JOIN generate_series(0, ${STORIES * 8 - 1}) AS i ORDER BY i;
  INSERT INTO choices (from_node_id, to_node_id, choice_text, choice_letter, "order")
    SELECT nodes + i, nodes + 1 + i % ${STORIES * 8}, 'Go on', 'A', 0
    FROM platform CROSS JOIN generate_series(1, ${STORIES * 8}) AS i ORDER BY i;

  INSERT INTO user_progress (user_id, story_id, version_id, current_node_id, state, seed, step, start_time, last_updated)
    SELECT people + 1 + i % ${USERS}, stories + 1 + i % ${STORIES}, version, nodes + 1, '{}', gen_random_uuid(), 4,
           till - i * interval '15 minutes', till - i * interval '14 minutes'
    FROM platform CROSS JOIN generate_series(1, ${PLAYS}) AS i ORDER BY i;
  INSERT INTO progress_steps (progress_id, seq, node_id, choice_id, to_node_id, version_id, at)
    SELECT plays + i, seq, nodes + 1, 1, nodes + 2, version, till - i * interval '14 minutes'
    FROM platform CROSS JOIN generate_series(1, ${PLAYS}) AS i CROSS JOIN generate_series(0, 3) AS seq ORDER BY i, seq;

  INSERT INTO reviews (story_id, user_id, rating, text, helpful_count, created_at)
    SELECT CASE WHEN i % 4 = 0 THEN (SELECT story_id FROM stories ORDER BY story_id LIMIT 1) ELSE stories + 1 + i % ${STORIES} END,
           people + i, 1 + i % 5, 'Well told.', i % 30, till - i * interval '1 hour'
    FROM platform CROSS JOIN generate_series(1, ${USERS}) AS i ORDER BY i;
  INSERT INTO follows (follower_id, followed_id)
    SELECT people - n % 2, people + 1 + n FROM platform CROSS JOIN generate_series(1, 400) AS n
    UNION ALL SELECT people + i, people + 1 + i % 5000 FROM platform CROSS JOIN generate_series(5002, ${USERS}) AS i;
  INSERT INTO activities (actor_id, kind, subject, story_id, at)
    SELECT people + 1 + i % 1000, 'finished', 'story:' || i, stories + 1 + i % ${STORIES}, till - interval '1 year' + i * interval '15 minutes'
    FROM platform CROSS JOIN generate_series(1, 30000) AS i ORDER BY i;
  INSERT INTO notifications (user_id, kind, subject, actor_id, story_id, in_app, created_at)
    SELECT people - i % 2, 'review', 'review:' || i, people + i, stories + 1 + i % ${STORIES}, true, till - i * interval '1 hour'
    FROM platform CROSS JOIN generate_series(1, 4000) AS i ORDER BY i;
  INSERT INTO notifications (user_id, kind, subject, actor_id, story_id, in_app, created_at)
    SELECT people + i, 'review', 'review:' || i, people + 1, stories + 1 + i % ${STORIES}, true, till - i * interval '1 hour'
    FROM platform CROSS JOIN generate_series(2, ${USERS}) AS i ORDER BY i;

  -- These count who is ranked.
  SET LOCAL session_replication_role = origin;
  INSERT INTO user_stats (user_id, total_choices_made, xp, is_ranked)
    SELECT people + i, 9, 1 + i % 300, true FROM platform CROSS JOIN generate_series(1, ${USERS}) AS i;
  INSERT INTO reader_periods (period, starts, user_id, choices, xp, is_ranked)
    SELECT period, date_trunc(period, till - i % 60 * interval '1 day')::date, people + i, 9, 1 + i % 300, true
    FROM platform CROSS JOIN generate_series(1, ${USERS}) AS i CROSS JOIN (VALUES ('month'), ('week')) AS periods (period);
  INSERT INTO story_bests (story_id, user_id, choices, play_ms, is_ranked)
    SELECT stories + CASE WHEN i % 4 = 0 THEN 0 ELSE i % ${STORIES} END, people + i, 1 + i % 50, i * 10, true FROM platform CROSS JOIN generate_series(1, ${USERS}) AS i;`;

/** A platform that is large enough for plans to matter, and who asks it. */
export interface Platform {
  readonly author: Person;
  readonly reader: Person;
  readonly story: MadeStory;
  /** The playthrough of the reader, which has made one choice. */
  readonly progressId: string;
  /** Somebody who has written stories, one of those by SQL. */
  readonly writerId: string;
}

export async function newPlatform(talegraph: TestApp): Promise<Platform> {
  const { factory, client, database, app } = talegraph;
  const author = await factory.newAuthor();
  const reader = await factory.newReader();
  const story = await factory.newStory(author, {
    nodes: { hall: ['room', 'end'], room: ['hall'], end: [] },
  });
  const player = new Player(client, reader, story);
  const { id } = (await player.start()) as { id: string };
  await player.choose(id, 0, ['hall', 'room']);
  await talegraph.counted();
  await app.get(Partitions).keep(new Date());
  await database.query(FILL);
  // As a platform in use is: left to autovacuum, plans would depend on when that comes by.
  await database.query('VACUUM (ANALYZE)');
  const writerId = encodeId('user', reader.viewer.userId + 2);
  return { author, reader, story, progressId: id, writerId };
}
