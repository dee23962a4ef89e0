import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Media are found by their content, and templates by their media. Made while others read and write: outside of a transaction. */
export class IndexMediaHashes1795503600000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    // What an attempt that broke off has left behind is of no use.
    await this.down(runner);
    await runner.query('CREATE INDEX CONCURRENTLY media_source_hash_idx ON media (source_hash)');
    await runner.query('CREATE INDEX CONCURRENTLY media_file_hash_idx ON media (file_hash)');
    await runner.query(
      'CREATE INDEX CONCURRENTLY story_templates_media_idx ON story_templates USING gin (media_ids)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['media_source_hash', 'media_file_hash', 'story_templates_media']) {
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}_idx`);
    }
  }
}
