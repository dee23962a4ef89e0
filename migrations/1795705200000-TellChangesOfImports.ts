import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TellChangesOfImports1795705200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE import_stories ADD COLUMN changes jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE import_stories DROP COLUMN changes');
  }
}
