import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddPlayOutcomes1795417200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE user_progress ADD COLUMN seed uuid NOT NULL DEFAULT gen_random_uuid();
      ALTER TABLE user_progress ALTER COLUMN seed DROP DEFAULT;
      ALTER TABLE progress_steps ADD COLUMN outcome jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE progress_steps DROP COLUMN outcome;
      ALTER TABLE user_progress DROP COLUMN seed;
    `);
  }
}
