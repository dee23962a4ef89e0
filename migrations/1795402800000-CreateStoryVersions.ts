import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateStoryVersions1795402800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE story_versions (
        version_id   bigint GENERATED ALWAYS AS IDENTITY,
        story_id     bigint NOT NULL,
        number       integer NOT NULL,
        snapshot     jsonb NOT NULL,
        content_hash text NOT NULL,
        note         text,
        published_by bigint NOT NULL,
        created_at   timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT story_versions_pkey PRIMARY KEY (version_id),
        CONSTRAINT story_versions_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT story_versions_published_by_fkey FOREIGN KEY (published_by) REFERENCES users
      );
      CREATE UNIQUE INDEX story_versions_story_id_number_key ON story_versions (story_id, number);
      CREATE INDEX story_versions_published_by_idx ON story_versions (published_by);

      ALTER TABLE stories ADD CONSTRAINT stories_published_version_id_fkey
        FOREIGN KEY (published_version_id) REFERENCES story_versions;
      CREATE INDEX stories_published_version_id_idx ON stories (published_version_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX stories_published_version_id_idx;
      ALTER TABLE stories DROP CONSTRAINT stories_published_version_id_fkey;
      UPDATE stories SET published_version_id = NULL, is_published = false;
      DROP TABLE story_versions;
    `);
  }
}
