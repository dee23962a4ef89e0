import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a playthrough has come to an ending is found out at once. Made while others play: outside of a transaction. */
export class IndexEndsOfPlaythroughs1795760110000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    // What an attempt that broke off has left behind is of no use.
    await this.down(runner);
    await runner.query(
      'CREATE INDEX CONCURRENTLY progress_steps_ends_idx ON progress_steps (progress_id) WHERE is_end',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS progress_steps_ends_idx');
  }
}
