import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateNodesAndChoices1795399200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE story_nodes (
        node_id          bigint GENERATED ALWAYS AS IDENTITY,
        story_id         bigint NOT NULL,
        node_key         text NOT NULL,
        node_title       text NOT NULL,
        content          text NOT NULL,
        is_starting_node boolean NOT NULL DEFAULT false,
        is_ending_node   boolean NOT NULL DEFAULT false,
        node_type        text NOT NULL,
        ending_kind      text,
        position_x       double precision,
        position_y       double precision,
        revision         integer NOT NULL DEFAULT 1,
        created_at       timestamptz NOT NULL DEFAULT now(),
        updated_at       timestamptz NOT NULL DEFAULT now(),
        deleted_at       timestamptz,
        CONSTRAINT story_nodes_pkey PRIMARY KEY (node_id),
        CONSTRAINT story_nodes_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT story_nodes_node_type_check CHECK (node_type IN ('story', 'choice', 'ending')),
        CONSTRAINT story_nodes_is_ending_node_check CHECK (is_ending_node = (node_type = 'ending')),
        CONSTRAINT story_nodes_ending_kind_check
          CHECK (ending_kind IN ('good', 'neutral', 'bad', 'secret'))
      );
      CREATE INDEX story_nodes_story_id_node_id_idx ON story_nodes (story_id, node_id);
      CREATE UNIQUE INDEX story_nodes_node_key_key
        ON story_nodes (story_id, node_key) WHERE deleted_at IS NULL;
      CREATE UNIQUE INDEX story_nodes_start_key
        ON story_nodes (story_id) WHERE is_starting_node AND deleted_at IS NULL;

      CREATE TABLE choices (
        choice_id     bigint GENERATED ALWAYS AS IDENTITY,
        from_node_id  bigint NOT NULL,
        to_node_id    bigint,
        choice_text   text NOT NULL,
        choice_letter text NOT NULL,
        consequences  text,
        "order"       integer NOT NULL,
        revision      integer NOT NULL DEFAULT 1,
        created_at    timestamptz NOT NULL DEFAULT now(),
        updated_at    timestamptz NOT NULL DEFAULT now(),
        deleted_at    timestamptz,
        CONSTRAINT choices_pkey PRIMARY KEY (choice_id),
        CONSTRAINT choices_from_node_id_fkey FOREIGN KEY (from_node_id) REFERENCES story_nodes,
        CONSTRAINT choices_to_node_id_fkey FOREIGN KEY (to_node_id) REFERENCES story_nodes
      );
      CREATE INDEX choices_from_node_id_idx ON choices (from_node_id, "order") WHERE deleted_at IS NULL;
      CREATE INDEX choices_to_node_id_idx ON choices (to_node_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE choices, story_nodes');
  }
}
