import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Steps that are no choices (going back, setting variables), save slots, and facts that going back leaves standing. */
export class AddPlaythroughHistory1795420800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE progress_steps
        ALTER COLUMN choice_id DROP NOT NULL,
        ADD COLUMN undone boolean NOT NULL DEFAULT false;

      ALTER TABLE user_progress
        ADD COLUMN choices_made integer NOT NULL DEFAULT 0,
        ADD COLUMN endings_reached bigint[] NOT NULL DEFAULT '{}';
      UPDATE user_progress SET choices_made = step,
        endings_reached = CASE WHEN is_completed THEN ARRAY[current_node_id] ELSE '{}' END;

      CREATE TABLE save_slots (
        slot_id     bigint GENERATED ALWAYS AS IDENTITY,
        user_id     bigint NOT NULL,
        story_id    bigint NOT NULL,
        progress_id bigint NOT NULL,
        name        text NOT NULL,
        step        integer NOT NULL,
        node_id     bigint NOT NULL,
        saved_at    timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT save_slots_pkey PRIMARY KEY (slot_id),
        CONSTRAINT save_slots_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT save_slots_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT save_slots_progress_id_fkey FOREIGN KEY (progress_id) REFERENCES user_progress
      );
      CREATE UNIQUE INDEX save_slots_name_key ON save_slots (user_id, story_id, name);
      CREATE INDEX save_slots_story_id_idx ON save_slots (story_id);
      CREATE INDEX save_slots_progress_id_idx ON save_slots (progress_id);

      DROP VIEW user_stats;
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
      ) AS endings USING (user_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW user_stats;
      CREATE VIEW user_stats AS
      SELECT user_id,
             count(DISTINCT user_progress.story_id)                       AS stories_started,
             count(DISTINCT user_progress.story_id) FILTER (WHERE is_completed) AS stories_completed,
             count(DISTINCT (user_progress.story_id, current_node_id)) FILTER (WHERE is_completed)
                                                                          AS endings_found,
             sum(step)::bigint                                            AS total_choices_made,
             mode() WITHIN GROUP (ORDER BY category)                      AS favorite_category,
             floor(sum(play_seconds) / 60)::bigint                        AS total_play_time
      FROM user_progress JOIN stories ON stories.story_id = user_progress.story_id
      GROUP BY user_id;

      DROP TABLE save_slots;
      ALTER TABLE user_progress DROP COLUMN endings_reached, DROP COLUMN choices_made;
      DELETE FROM progress_steps WHERE choice_id IS NULL;
      ALTER TABLE progress_steps DROP COLUMN undone, ALTER COLUMN choice_id SET NOT NULL;
    `);
  }
}
