import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Achievements that were earned, and whose are to be looked at. Readers of before get theirs by `stats rebuild`. */
export class CreateAchievements1795760120000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE version_goals (
        version_id bigint NOT NULL,
        endings    bigint[] NOT NULL,
        CONSTRAINT version_goals_pkey PRIMARY KEY (version_id),
        CONSTRAINT version_goals_version_id_fkey FOREIGN KEY (version_id) REFERENCES story_versions
      );

      CREATE TABLE achievement_checks (
        check_id bigint GENERATED ALWAYS AS IDENTITY,
        user_id  bigint NOT NULL,
        CONSTRAINT achievement_checks_pkey PRIMARY KEY (check_id)
      );

      CREATE TABLE user_achievements (
        award_id        bigint GENERATED ALWAYS AS IDENTITY,
        user_id         bigint NOT NULL,
        achievement_key text NOT NULL,
        story_id        bigint,
        points          integer NOT NULL,
        day             date NOT NULL,
        earned_at       timestamptz(3) NOT NULL,
        progress_id     bigint,
        seq             integer,
        CONSTRAINT user_achievements_pkey PRIMARY KEY (award_id),
        CONSTRAINT user_achievements_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT user_achievements_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT user_achievements_progress_id_fkey FOREIGN KEY (progress_id) REFERENCES user_progress
      );
      CREATE UNIQUE INDEX user_achievements_key
        ON user_achievements (user_id, achievement_key, coalesce(story_id, 0));
      CREATE INDEX user_achievements_user_id_day_idx ON user_achievements (user_id, day);
      CREATE INDEX user_achievements_user_id_earned_at_award_id_idx
        ON user_achievements (user_id, earned_at, award_id);
      CREATE INDEX user_achievements_story_id_idx ON user_achievements (story_id);
      CREATE INDEX user_achievements_progress_id_seq_idx ON user_achievements (progress_id, seq);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE user_achievements, achievement_checks, version_goals');
  }
}
