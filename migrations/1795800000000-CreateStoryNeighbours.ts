import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which stories are near each other; without foreign keys, as all rows are made anew at a time. */
export class CreateStoryNeighbours1795800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE story_neighbours (
        story_id      bigint NOT NULL,
        neighbour_id  bigint NOT NULL,
        score         real NOT NULL,
        is_by_readers boolean NOT NULL,
        CONSTRAINT story_neighbours_pkey PRIMARY KEY (story_id, neighbour_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE story_neighbours');
  }
}
