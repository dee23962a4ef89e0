import type { MigrationInterface, QueryRunner } from 'typeorm';

/** New accounts and publications are counted by day. Made while others read and write: outside of a transaction. */
export class IndexNewUsersAndStories1795780000000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    // What an attempt that broke off has left behind is of no use.
    await this.down(runner);
    await runner.query('CREATE INDEX CONCURRENTLY users_created_at_idx ON users (created_at)');
    await runner.query(
      'CREATE INDEX CONCURRENTLY stories_published_at_idx ON stories (published_at)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['users_created_at', 'stories_published_at'])
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}_idx`);
  }
}
