import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Readers of places, two rows a step, name their place by a short number, in one index. Nobody reads `story_readers`, which
 * says what `version_readers` does. What is listed by its time has times as fine as those of cursors.
 */
export class NarrowPlaceReaders1795810000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SET LOCAL statement_timeout = 0;
      CREATE TABLE places (
        place_id   integer GENERATED ALWAYS AS IDENTITY,
        version_id bigint NOT NULL,
        node_id    bigint NOT NULL,
        choice_id  bigint NOT NULL,
        CONSTRAINT places_pkey PRIMARY KEY (place_id),
        CONSTRAINT places_version_id_fkey FOREIGN KEY (version_id) REFERENCES story_versions
      );
      CREATE UNIQUE INDEX places_key ON places (version_id, node_id, choice_id);
      INSERT INTO places (version_id, node_id, choice_id)
        SELECT version_id, node_id, 0 FROM node_days GROUP BY version_id, node_id
        UNION ALL SELECT version_id, node_id, choice_id FROM choice_days GROUP BY version_id, node_id, choice_id;

      ALTER TABLE place_readers RENAME TO wide_place_readers;
      ALTER TABLE wide_place_readers DROP CONSTRAINT place_readers_pkey;
      CREATE TABLE place_readers (
        place_id integer NOT NULL,
        day      date NOT NULL,
        user_id  bigint NOT NULL
      );
      INSERT INTO place_readers
        SELECT place_id, day, user_id FROM wide_place_readers JOIN places USING (version_id, node_id, choice_id);
      ALTER TABLE place_readers
        ADD CONSTRAINT place_readers_pkey PRIMARY KEY (place_id, day, user_id),
        ADD CONSTRAINT place_readers_place_id_fkey FOREIGN KEY (place_id) REFERENCES places;
      DROP TABLE wide_place_readers;

      DROP TABLE story_readers;
      ALTER TABLE reader_stories ALTER COLUMN last_at TYPE timestamptz(3);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SET LOCAL statement_timeout = 0;
      ALTER TABLE reader_stories ALTER COLUMN last_at TYPE timestamptz;
      CREATE TABLE story_readers (
        story_id bigint NOT NULL,
        day      date NOT NULL,
        user_id  bigint NOT NULL,
        CONSTRAINT story_readers_pkey PRIMARY KEY (story_id, day, user_id),
        CONSTRAINT story_readers_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT story_readers_user_id_fkey FOREIGN KEY (user_id) REFERENCES users
      );
      INSERT INTO story_readers
        SELECT DISTINCT story_id, day, user_id FROM version_readers JOIN story_versions USING (version_id);
      CREATE INDEX story_readers_user_id_idx ON story_readers (user_id);

      ALTER TABLE place_readers RENAME TO narrow_place_readers;
      ALTER TABLE narrow_place_readers DROP CONSTRAINT place_readers_pkey;
      CREATE TABLE place_readers (
        version_id bigint NOT NULL,
        day        date NOT NULL,
        node_id    bigint NOT NULL,
        choice_id  bigint NOT NULL,
        user_id    bigint NOT NULL
      );
      INSERT INTO place_readers
        SELECT version_id, day, node_id, choice_id, user_id FROM narrow_place_readers JOIN places USING (place_id);
      ALTER TABLE place_readers
        ADD CONSTRAINT place_readers_pkey PRIMARY KEY (version_id, day, node_id, choice_id, user_id),
        ADD CONSTRAINT place_readers_version_id_fkey FOREIGN KEY (version_id) REFERENCES story_versions;
      CREATE INDEX place_readers_version_id_node_id_choice_id_user_id_idx
        ON place_readers (version_id, node_id, choice_id, user_id);
      DROP TABLE narrow_place_readers, places;
    `);
  }
}
