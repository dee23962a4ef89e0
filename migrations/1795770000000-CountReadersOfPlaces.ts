import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who played a version on a day, and who came to which node and made which choice: so that small groups are told. */
export class CountReadersOfPlaces1795770000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE version_readers (
        version_id bigint NOT NULL,
        day        date NOT NULL,
        user_id    bigint NOT NULL,
        has_begun  boolean NOT NULL DEFAULT false,
        has_chosen boolean NOT NULL DEFAULT false,
        has_gone_on boolean NOT NULL DEFAULT false,
        CONSTRAINT version_readers_pkey PRIMARY KEY (version_id, day, user_id),
        CONSTRAINT version_readers_version_id_fkey FOREIGN KEY (version_id) REFERENCES story_versions,
        CONSTRAINT version_readers_user_id_fkey FOREIGN KEY (user_id) REFERENCES users
      );
      CREATE INDEX version_readers_user_id_idx ON version_readers (user_id);
      CREATE INDEX version_readers_day_user_id_idx ON version_readers (day, user_id);

      CREATE TABLE place_readers (
        version_id bigint NOT NULL,
        day        date NOT NULL,
        node_id    bigint NOT NULL,
        choice_id  bigint NOT NULL,
        user_id    bigint NOT NULL,
        CONSTRAINT place_readers_pkey PRIMARY KEY (version_id, day, node_id, choice_id, user_id),
        CONSTRAINT place_readers_version_id_fkey FOREIGN KEY (version_id) REFERENCES story_versions
      );

      -- Sets: what is still to be counted may be in them already.
      CREATE TEMPORARY TABLE told ON COMMIT DROP AS
        SELECT step.version_id, (at AT TIME ZONE 'UTC')::date AS day, node_id, choice_id, to_node_id, user_id,
               is_end
        FROM progress_steps AS step JOIN user_progress USING (progress_id) WHERE choice_id IS NOT NULL
        UNION ALL
        SELECT coalesce(first_version_id, play.version_id), (start_time AT TIME ZONE 'UTC')::date, NULL, NULL,
               coalesce(first.node_id, current_node_id), user_id, false
        FROM user_progress AS play
        LEFT JOIN progress_steps AS first ON first.progress_id = play.progress_id AND first.seq = 0;
      INSERT INTO version_readers
        SELECT version_id, day, user_id, bool_or(choice_id IS NULL), bool_or(choice_id IS NOT NULL),
               bool_or(choice_id IS NOT NULL AND NOT is_end)
        FROM told GROUP BY version_id, day, user_id;
      INSERT INTO place_readers
        SELECT version_id, day, to_node_id, 0, user_id FROM told
        UNION SELECT version_id, day, node_id, choice_id, user_id FROM told WHERE choice_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE place_readers, version_readers');
  }
}
