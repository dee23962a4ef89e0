import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Authors may let readers see how others chose, which is looked up by node. */
export class AddChoiceShares1795790000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE stories ADD COLUMN show_choice_shares boolean NOT NULL DEFAULT false;
      CREATE INDEX choice_days_version_id_node_id_idx ON choice_days (version_id, node_id);
      CREATE INDEX place_readers_version_id_node_id_choice_id_user_id_idx
        ON place_readers (version_id, node_id, choice_id, user_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX place_readers_version_id_node_id_choice_id_user_id_idx;
      DROP INDEX choice_days_version_id_node_id_idx;
      ALTER TABLE stories DROP COLUMN show_choice_shares;
    `);
  }
}
