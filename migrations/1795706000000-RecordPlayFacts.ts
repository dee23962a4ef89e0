import type { MigrationInterface, QueryRunner } from 'typeorm';

const USER_STATS = `
  CREATE VIEW user_stats AS
  SELECT plays.*, coalesce(endings.found, 0) AS endings_found
  FROM (
    SELECT user_id,
           count(DISTINCT user_progress.story_id)                AS stories_started,
           count(DISTINCT user_progress.story_id) FILTER (WHERE endings_reached <> '{}')
                                                                 AS stories_completed,
           sum(choices_made)::bigint                             AS total_choices_made,
           mode() WITHIN GROUP (ORDER BY category)               AS favorite_category,
           floor(sum(play_seconds) / 60)::bigint                 AS total_play_time
    FROM user_progress JOIN stories ON stories.story_id = user_progress.story_id
    GROUP BY user_id
  ) AS plays LEFT JOIN (
    SELECT user_id, count(DISTINCT (story_id, node_id)) AS found
    FROM user_progress CROSS JOIN LATERAL unnest(endings_reached) AS node_id GROUP BY user_id
  ) AS endings USING (user_id);`;

/**
 * What statistics are made from stands on the steps: the version, whether it came to an ending, the reader's day. What
 * happened and is not counted yet stands in play_facts, beginning with everything that has been played.
 */
export class RecordPlayFacts1795706000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW user_stats;
      ALTER TABLE user_progress
        DROP COLUMN choices_made, DROP COLUMN endings_reached, DROP COLUMN play_seconds,
        ADD COLUMN start_day date NOT NULL DEFAULT now();
      UPDATE user_progress SET start_day = (start_time AT TIME ZONE timezone)::date
        FROM users WHERE users.user_id = user_progress.user_id;

      ALTER TABLE progress_steps
        ADD COLUMN version_id bigint,
        ADD COLUMN is_end     boolean NOT NULL DEFAULT false,
        ADD COLUMN day        date NOT NULL DEFAULT now();
      UPDATE progress_steps
        SET version_id = coalesce(first_version_id, user_progress.version_id),
            day = (at AT TIME ZONE timezone)::date
        FROM user_progress JOIN users USING (user_id)
        WHERE user_progress.progress_id = progress_steps.progress_id;

      -- Playthroughs that were moved, step by step: going back takes a reader to the version of then.
      DO $$
      DECLARE
        play   record;
        made   record;
        before bigint[];
        version bigint;
      BEGIN
        FOR play IN SELECT progress_id, first_version_id FROM user_progress WHERE first_version_id IS NOT NULL LOOP
          version := play.first_version_id;
          before := '{}';
          FOR made IN SELECT seq, outcome FROM progress_steps WHERE progress_id = play.progress_id ORDER BY seq LOOP
            before[made.seq] := version;
            version := coalesce((made.outcome -> 'moved' ->> 'to')::bigint,
                                before[(made.outcome ->> 'back')::integer], version);
            UPDATE progress_steps SET version_id = version
              WHERE progress_id = play.progress_id AND seq = made.seq;
          END LOOP;
        END LOOP;
      END $$;

      UPDATE progress_steps SET is_end = true
        FROM (
          SELECT version_id, (node ->> 'id')::bigint AS node_id
          FROM story_versions CROSS JOIN LATERAL jsonb_array_elements(snapshot -> 'nodes') AS node
          WHERE node ->> 'type' = 'ending'
        ) AS ends
        WHERE choice_id IS NOT NULL AND ends.version_id = progress_steps.version_id
          AND ends.node_id = to_node_id;
      ALTER TABLE progress_steps ALTER COLUMN version_id SET NOT NULL;

      CREATE TABLE play_facts (
        fact_id     bigint GENERATED ALWAYS AS IDENTITY,
        progress_id bigint NOT NULL,
        seq         integer NOT NULL,
        CONSTRAINT play_facts_pkey PRIMARY KEY (fact_id)
      );
      INSERT INTO play_facts (progress_id, seq)
        SELECT progress_id, -1 FROM user_progress
        UNION ALL SELECT progress_id, seq FROM progress_steps WHERE choice_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE play_facts;
      ALTER TABLE user_progress
        DROP COLUMN start_day,
        ADD COLUMN choices_made    integer NOT NULL DEFAULT 0,
        ADD COLUMN endings_reached bigint[] NOT NULL DEFAULT '{}',
        ADD COLUMN play_seconds    double precision NOT NULL DEFAULT 0;
      UPDATE user_progress
        SET choices_made = made, endings_reached = coalesce(reached, '{}'), play_seconds = seconds
        FROM (
          SELECT progress_id, count(*) AS made,
                 array_agg(DISTINCT to_node_id) FILTER (WHERE is_end) AS reached,
                 sum(least(greatest(extract(epoch FROM at - before), 0), 600)) AS seconds
          FROM (
            SELECT progress_steps.*,
                   lag(at, 1, start_time) OVER (PARTITION BY progress_id ORDER BY seq) AS before
            FROM progress_steps JOIN user_progress USING (progress_id)
          ) AS steps WHERE choice_id IS NOT NULL GROUP BY progress_id
        ) AS steps WHERE steps.progress_id = user_progress.progress_id;
      ALTER TABLE progress_steps DROP COLUMN day, DROP COLUMN is_end, DROP COLUMN version_id;
      ${USER_STATS}
    `);
  }
}
