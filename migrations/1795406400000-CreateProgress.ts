import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateProgress1795406400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE user_progress (
        progress_id     bigint GENERATED ALWAYS AS IDENTITY,
        user_id         bigint NOT NULL,
        story_id        bigint NOT NULL,
        version_id      bigint NOT NULL,
        current_node_id bigint NOT NULL,
        state           jsonb NOT NULL,
        step            integer NOT NULL DEFAULT 0,
        start_time      timestamptz NOT NULL DEFAULT now(),
        last_updated    timestamptz(3) NOT NULL DEFAULT now(),
        play_seconds    double precision NOT NULL DEFAULT 0,
        is_completed    boolean NOT NULL DEFAULT false,
        ending          text,
        deleted_at      timestamptz,
        CONSTRAINT user_progress_pkey PRIMARY KEY (progress_id),
        CONSTRAINT user_progress_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT user_progress_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT user_progress_version_id_fkey FOREIGN KEY (version_id) REFERENCES story_versions,
        CONSTRAINT user_progress_current_node_id_fkey
          FOREIGN KEY (current_node_id) REFERENCES story_nodes
      );
      CREATE INDEX user_progress_user_recent_idx
        ON user_progress (user_id, last_updated, progress_id);
      CREATE INDEX user_progress_story_id_idx ON user_progress (story_id);
      CREATE INDEX user_progress_version_id_idx ON user_progress (version_id);
      CREATE INDEX user_progress_current_node_id_idx ON user_progress (current_node_id);

      CREATE TABLE progress_steps (
        progress_id bigint NOT NULL,
        seq         integer NOT NULL,
        node_id     bigint NOT NULL,
        choice_id   bigint NOT NULL,
        to_node_id  bigint NOT NULL,
        at          timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT progress_steps_pkey PRIMARY KEY (progress_id, seq),
        CONSTRAINT progress_steps_progress_id_fkey
          FOREIGN KEY (progress_id) REFERENCES user_progress ON DELETE CASCADE
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE progress_steps, user_progress');
  }
}
