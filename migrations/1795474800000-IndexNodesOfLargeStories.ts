import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Large drafts are asked for by place, chapter and tag. Made while others read and write: outside of a transaction. */
export class IndexNodesOfLargeStories1795474800000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    // What an attempt that broke off has left behind is of no use.
    await this.down(runner);
    await runner.query(`
      CREATE INDEX CONCURRENTLY story_nodes_position_idx
        ON story_nodes (story_id, position_x, node_id) INCLUDE (position_y)
        WHERE deleted_at IS NULL AND position_x IS NOT NULL`);
    await runner.query(`
      CREATE INDEX CONCURRENTLY story_nodes_chapter_idx ON story_nodes (story_id, chapter, node_id)
        WHERE deleted_at IS NULL AND chapter IS NOT NULL`);
    await runner.query(`
      CREATE INDEX CONCURRENTLY story_nodes_tags_idx ON story_nodes (story_id, node_id)
        WHERE deleted_at IS NULL AND tags <> '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['position', 'chapter', 'tags']) {
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS story_nodes_${index}_idx`);
    }
  }
}
