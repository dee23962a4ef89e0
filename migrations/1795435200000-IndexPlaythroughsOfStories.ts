import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Playthroughs of a story are read in the order of their ids, a batch at a time. */
export class IndexPlaythroughsOfStories1795435200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX user_progress_story_id_progress_id_idx ON user_progress (story_id, progress_id);
      DROP INDEX user_progress_story_id_idx;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX user_progress_story_id_idx ON user_progress (story_id);
      DROP INDEX user_progress_story_id_progress_id_idx;
    `);
  }
}
