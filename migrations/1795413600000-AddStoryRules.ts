import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddStoryRules1795413600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE stories ADD COLUMN schema jsonb NOT NULL DEFAULT '{}';

      ALTER TABLE story_nodes
        ADD COLUMN ending  text,
        ADD COLUMN effects jsonb;

      ALTER TABLE choices
        ADD COLUMN condition       text,
        ADD COLUMN locked_text     text,
        ADD COLUMN effects         jsonb,
        ADD COLUMN "check"         text,
        ADD COLUMN puzzle          jsonb,
        ADD COLUMN fail_to_node_id bigint,
        ADD COLUMN timing          double precision,
        ADD CONSTRAINT choices_fail_to_node_id_fkey
          FOREIGN KEY (fail_to_node_id) REFERENCES story_nodes;
      CREATE INDEX choices_fail_to_node_id_idx ON choices (fail_to_node_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE choices
        DROP COLUMN condition, DROP COLUMN locked_text, DROP COLUMN effects, DROP COLUMN "check",
        DROP COLUMN puzzle, DROP COLUMN fail_to_node_id, DROP COLUMN timing;
      ALTER TABLE story_nodes DROP COLUMN ending, DROP COLUMN effects;
      ALTER TABLE stories DROP COLUMN schema;
    `);
  }
}
