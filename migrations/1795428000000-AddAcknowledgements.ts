import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddAcknowledgements1795428000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE finding_acknowledgements (
        story_id   bigint NOT NULL,
        finding    text NOT NULL,
        place_hash text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT finding_acknowledgements_pkey PRIMARY KEY (story_id, finding),
        CONSTRAINT finding_acknowledgements_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE finding_acknowledgements');
  }
}
