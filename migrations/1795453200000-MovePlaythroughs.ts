import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Playthroughs that go from one version to another, and the jobs that move those of a whole story. */
export class MovePlaythroughs1795453200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE user_progress
        ADD COLUMN first_version_id bigint,
        ADD COLUMN moved_at timestamptz(3);

      CREATE TABLE playthrough_moves (
        move_id      bigint GENERATED ALWAYS AS IDENTITY,
        story_id     bigint NOT NULL,
        version_id   bigint NOT NULL,
        requested_by bigint NOT NULL,
        replacements jsonb NOT NULL DEFAULT '[]',
        status       text NOT NULL DEFAULT 'queued',
        moved        integer NOT NULL DEFAULT 0,
        obstacles    jsonb NOT NULL DEFAULT '{}',
        failed       integer NOT NULL DEFAULT 0,
        last_looked  bigint NOT NULL DEFAULT 0,
        created_at   timestamptz NOT NULL DEFAULT now(),
        finished_at  timestamptz,
        CONSTRAINT playthrough_moves_pkey PRIMARY KEY (move_id),
        CONSTRAINT playthrough_moves_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT playthrough_moves_version_id_fkey FOREIGN KEY (version_id) REFERENCES story_versions,
        CONSTRAINT playthrough_moves_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES users,
        CONSTRAINT playthrough_moves_status_check
          CHECK (status IN ('queued', 'running', 'done', 'failed'))
      );
      CREATE INDEX playthrough_moves_story_id_move_id_idx ON playthrough_moves (story_id, move_id);
      CREATE INDEX playthrough_moves_version_id_idx ON playthrough_moves (version_id);
      CREATE INDEX playthrough_moves_requested_by_idx ON playthrough_moves (requested_by);
    `);
  }

  /** Playthroughs that were moved stay where they are; the older code cannot replay them. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE playthrough_moves;
      ALTER TABLE user_progress DROP COLUMN moved_at, DROP COLUMN first_version_id;
    `);
  }
}
