import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateStorySources1795442400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE story_sources (
        story_id   bigint NOT NULL,
        kind       text NOT NULL,
        ifid       text,
        twine      jsonb NOT NULL,
        passages   jsonb NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT story_sources_pkey PRIMARY KEY (story_id),
        CONSTRAINT story_sources_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT story_sources_kind_check CHECK (kind IN ('twine'))
      );
      CREATE INDEX story_sources_ifid_idx ON story_sources (ifid);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE story_sources');
  }
}
