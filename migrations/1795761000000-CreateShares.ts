import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links to stories and endings, and how often each was followed. */
export class CreateShares1795761000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE shares (
        share_id       bigint GENERATED ALWAYS AS IDENTITY,
        key            text NOT NULL,
        user_id        bigint NOT NULL,
        story_id       bigint NOT NULL,
        ending_node_id bigint,
        channel        text NOT NULL,
        visits         integer NOT NULL DEFAULT 0,
        created_at     timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT shares_pkey PRIMARY KEY (share_id),
        CONSTRAINT shares_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT shares_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories
      );
      CREATE UNIQUE INDEX shares_key_key ON shares (key);
      CREATE UNIQUE INDEX shares_thing_key ON shares (user_id, story_id, channel, ending_node_id) NULLS NOT DISTINCT;
      CREATE INDEX shares_user_id_share_id_idx ON shares (user_id, share_id);
      CREATE INDEX shares_story_id_idx ON shares (story_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM activities WHERE kind = 'shared';
      DROP TABLE shares;
    `);
  }
}
