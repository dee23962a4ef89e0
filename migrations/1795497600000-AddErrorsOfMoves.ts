import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A move that broke off says why. */
export class AddErrorsOfMoves1795497600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE playthrough_moves ADD COLUMN error text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE playthrough_moves DROP COLUMN error');
  }
}
