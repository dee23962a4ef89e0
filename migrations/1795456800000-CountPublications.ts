import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By the count, a publication notices that another one has come between. */
export class CountPublications1795456800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE stories ADD COLUMN publications integer NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE stories DROP COLUMN publications');
  }
}
