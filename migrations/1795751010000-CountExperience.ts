import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Experience of readers by day and in all, and the corrections of administrators. */
export class CountExperience1795751010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE reader_days
        ADD COLUMN is_active boolean NOT NULL DEFAULT true,
        ADD COLUMN xp        integer NOT NULL DEFAULT 0;
      ALTER TABLE reader_days ALTER COLUMN is_active SET DEFAULT false;
      ALTER TABLE user_stats ADD COLUMN xp integer NOT NULL DEFAULT 0;
      UPDATE reader_days
        SET xp = least(choices, 200) + 10 + 25 * endings_found + 50 * stories_finished;
      UPDATE user_stats SET xp = sums.xp
        FROM (SELECT user_id, sum(xp) AS xp FROM reader_days GROUP BY user_id) AS sums
        WHERE sums.user_id = user_stats.user_id;

      CREATE TABLE stats_corrections (
        correction_id    bigint GENERATED ALWAYS AS IDENTITY,
        user_id          bigint NOT NULL,
        day              date NOT NULL,
        corrected_by     bigint NOT NULL,
        reason           text NOT NULL,
        created_at       timestamptz NOT NULL DEFAULT now(),
        plays            integer NOT NULL,
        choices          integer NOT NULL,
        finishes         integer NOT NULL,
        sessions         integer NOT NULL,
        play_ms          bigint NOT NULL,
        stories_started  integer NOT NULL,
        stories_finished integer NOT NULL,
        endings_found    integer NOT NULL,
        xp               integer NOT NULL,
        CONSTRAINT stats_corrections_pkey PRIMARY KEY (correction_id),
        CONSTRAINT stats_corrections_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT stats_corrections_corrected_by_fkey FOREIGN KEY (corrected_by) REFERENCES users
      );
      CREATE INDEX stats_corrections_user_id_day_idx ON stats_corrections (user_id, day);
      CREATE INDEX stats_corrections_user_id_correction_id_idx
        ON stats_corrections (user_id, correction_id);
      CREATE INDEX stats_corrections_corrected_by_idx ON stats_corrections (corrected_by);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE stats_corrections;
      ALTER TABLE user_stats DROP COLUMN xp;
      ALTER TABLE reader_days DROP COLUMN xp, DROP COLUMN is_active;
    `);
  }
}
