import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddMediaHashes1795500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE media ADD COLUMN source_hash text, ADD COLUMN file_hash text;
      ALTER TABLE story_templates ADD COLUMN media_ids bigint[] NOT NULL DEFAULT '{}';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE story_templates DROP COLUMN media_ids;
      ALTER TABLE media DROP COLUMN source_hash, DROP COLUMN file_hash;
    `);
  }
}
