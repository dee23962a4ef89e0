import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The indexes that every choice changed, by their columns. */
const CHANGED = {
  user_progress_user_recent_idx: '(user_id, last_updated, progress_id)',
  user_progress_current_node_id_idx: '(current_node_id)',
};

const OF_READERS = 'user_progress_user_id_story_id_idx';

/**
 * No index is over what a choice changes, so that PostgreSQL writes a playthrough anew on its own page, and no index with it.
 * Pages are left room for that. Made while others play: outside of a transaction.
 */
export class WritePlaythroughsInPlace1795840000000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE user_progress DROP CONSTRAINT IF EXISTS user_progress_current_node_id_fkey',
    );
    await runner.query('SET lock_timeout = 0');
    // What an attempt that broke off has left behind is of no use.
    await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${OF_READERS}`);
    await runner.query(
      `CREATE INDEX CONCURRENTLY ${OF_READERS} ON user_progress (user_id, story_id)`,
    );
    for (const index of Object.keys(CHANGED)) {
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}`);
    }
    await runner.query('RESET lock_timeout');
    await runner.query('ALTER TABLE user_progress SET (fillfactor = 85)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE user_progress RESET (fillfactor)');
    await runner.query('SET lock_timeout = 0');
    for (const [index, columns] of Object.entries(CHANGED)) {
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}`);
      await runner.query(`CREATE INDEX CONCURRENTLY ${index} ON user_progress ${columns}`);
    }
    await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${OF_READERS}`);
    await runner.query('RESET lock_timeout');
    await runner.query(`
      ALTER TABLE user_progress DROP CONSTRAINT IF EXISTS user_progress_current_node_id_fkey;
      ALTER TABLE user_progress ADD CONSTRAINT user_progress_current_node_id_fkey
        FOREIGN KEY (current_node_id) REFERENCES story_nodes (node_id) NOT VALID;
    `);
    await runner.query(
      'ALTER TABLE user_progress VALIDATE CONSTRAINT user_progress_current_node_id_fkey',
    );
  }
}
