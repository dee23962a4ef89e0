import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddNodeTagsAndChapters1795438800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE story_nodes ADD COLUMN tags text[] NOT NULL DEFAULT '{}', ADD COLUMN chapter text;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE story_nodes DROP COLUMN chapter, DROP COLUMN tags;
    `);
  }
}
