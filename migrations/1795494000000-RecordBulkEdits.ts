import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The history of drafts keeps up with changes of many rows. */
export class RecordBulkEdits1795494000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Arguments: the kind of row, and the column of its key. Planned anew each time, as by then it is known how many
      -- rows there are: a plan that was kept from small changes joins row by row, and takes minutes for large ones.
      CREATE OR REPLACE FUNCTION record_inserted_rows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format(
          'SELECT record_draft_edit(%L, %s, became.%I, NULL, to_jsonb(became)) FROM new_rows AS became',
          TG_ARGV[0], story_of_row(TG_ARGV[0]), TG_ARGV[1]);
        RETURN NULL;
      END $$;

      CREATE OR REPLACE FUNCTION record_updated_rows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format(
          'SELECT record_draft_edit(%L, %s, became.%I, to_jsonb(was), to_jsonb(became))
           FROM new_rows AS became JOIN old_rows AS was USING (%3$I)',
          TG_ARGV[0], story_of_row(TG_ARGV[0]), TG_ARGV[1]);
        RETURN NULL;
      END $$;

      -- The SQL that tells which story a row belongs to.
      CREATE FUNCTION story_of_row(kind text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        SELECT CASE kind WHEN 'node' THEN 'became.story_id'
          ELSE '(SELECT story_id FROM story_nodes WHERE node_id = became.from_node_id)' END
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION record_inserted_rows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM record_draft_edit(TG_ARGV[0], coalesce(node.story_id, (became ->> 'story_id')::bigint),
          (became ->> TG_ARGV[1])::bigint, NULL, became)
        FROM (SELECT to_jsonb(new_rows) AS became FROM new_rows) AS written
          LEFT JOIN story_nodes AS node ON node.node_id = (became ->> 'from_node_id')::bigint;
        RETURN NULL;
      END $$;

      CREATE OR REPLACE FUNCTION record_updated_rows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM record_draft_edit(TG_ARGV[0], coalesce(node.story_id, (became ->> 'story_id')::bigint),
          (became ->> TG_ARGV[1])::bigint, was, became)
        FROM (SELECT to_jsonb(new_rows) AS became FROM new_rows) AS written
          JOIN (SELECT to_jsonb(old_rows) AS was FROM old_rows) AS before
            ON was ->> TG_ARGV[1] = became ->> TG_ARGV[1]
          LEFT JOIN story_nodes AS node ON node.node_id = (became ->> 'from_node_id')::bigint;
        RETURN NULL;
      END $$;

      DROP FUNCTION story_of_row;
    `);
  }
}
