import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What play facts are counted into, and the lock that those who count take turns by. */
export class CreateStatistics1795707000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE counting (
        counting_id boolean NOT NULL DEFAULT true,
        rebuilt_at  timestamptz,
        CONSTRAINT counting_pkey PRIMARY KEY (counting_id)
      );
      INSERT INTO counting DEFAULT VALUES;

      CREATE TABLE reader_firsts (
        user_id  bigint NOT NULL,
        story_id bigint NOT NULL,
        kind     text NOT NULL,
        node_id  bigint NOT NULL,
        at       timestamptz NOT NULL,
        day      date NOT NULL,
        CONSTRAINT reader_firsts_pkey PRIMARY KEY (user_id, story_id, kind, node_id),
        CONSTRAINT reader_firsts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT reader_firsts_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT reader_firsts_kind_check CHECK (kind IN ('started', 'finished', 'ending'))
      );
      CREATE INDEX reader_firsts_user_id_day_idx ON reader_firsts (user_id, day);
      CREATE INDEX reader_firsts_story_id_kind_idx ON reader_firsts (story_id, kind);

      CREATE TABLE reader_days (
        user_id          bigint NOT NULL,
        day              date NOT NULL,
        plays            integer NOT NULL DEFAULT 0,
        choices          integer NOT NULL DEFAULT 0,
        finishes         integer NOT NULL DEFAULT 0,
        sessions         integer NOT NULL DEFAULT 0,
        play_ms          bigint NOT NULL DEFAULT 0,
        stories_started  integer NOT NULL DEFAULT 0,
        stories_finished integer NOT NULL DEFAULT 0,
        endings_found    integer NOT NULL DEFAULT 0,
        CONSTRAINT reader_days_pkey PRIMARY KEY (user_id, day),
        CONSTRAINT reader_days_user_id_fkey FOREIGN KEY (user_id) REFERENCES users
      );

      CREATE TABLE reader_stories (
        user_id  bigint NOT NULL,
        story_id bigint NOT NULL,
        plays    integer NOT NULL DEFAULT 0,
        choices  integer NOT NULL DEFAULT 0,
        finishes integer NOT NULL DEFAULT 0,
        sessions integer NOT NULL DEFAULT 0,
        play_ms  bigint NOT NULL DEFAULT 0,
        last_at  timestamptz NOT NULL,
        CONSTRAINT reader_stories_pkey PRIMARY KEY (user_id, story_id),
        CONSTRAINT reader_stories_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT reader_stories_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories
      );
      CREATE INDEX reader_stories_story_id_idx ON reader_stories (story_id);
      CREATE INDEX reader_stories_user_id_last_at_story_id_idx
        ON reader_stories (user_id, last_at, story_id);

      CREATE TABLE user_stats (
        user_id            bigint NOT NULL,
        stories_started    integer NOT NULL DEFAULT 0,
        stories_completed  integer NOT NULL DEFAULT 0,
        endings_found      integer NOT NULL DEFAULT 0,
        total_choices_made integer NOT NULL DEFAULT 0,
        plays              integer NOT NULL DEFAULT 0,
        finishes           integer NOT NULL DEFAULT 0,
        sessions           integer NOT NULL DEFAULT 0,
        play_ms            bigint NOT NULL DEFAULT 0,
        streak             integer NOT NULL DEFAULT 0,
        longest_streak     integer NOT NULL DEFAULT 0,
        last_day           date,
        CONSTRAINT user_stats_pkey PRIMARY KEY (user_id),
        CONSTRAINT user_stats_user_id_fkey FOREIGN KEY (user_id) REFERENCES users
      );

      CREATE TABLE story_days (
        story_id   bigint NOT NULL,
        version_id bigint NOT NULL,
        day        date NOT NULL,
        plays      integer NOT NULL DEFAULT 0,
        choices    integer NOT NULL DEFAULT 0,
        finishes   integer NOT NULL DEFAULT 0,
        sessions   integer NOT NULL DEFAULT 0,
        play_ms    bigint NOT NULL DEFAULT 0,
        CONSTRAINT story_days_pkey PRIMARY KEY (story_id, day, version_id),
        CONSTRAINT story_days_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT story_days_version_id_fkey FOREIGN KEY (version_id) REFERENCES story_versions
      );
      CREATE INDEX story_days_version_id_idx ON story_days (version_id);
      CREATE INDEX story_days_day_idx ON story_days (day);

      CREATE TABLE story_readers (
        story_id bigint NOT NULL,
        day      date NOT NULL,
        user_id  bigint NOT NULL,
        CONSTRAINT story_readers_pkey PRIMARY KEY (story_id, day, user_id),
        CONSTRAINT story_readers_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT story_readers_user_id_fkey FOREIGN KEY (user_id) REFERENCES users
      );
      CREATE INDEX story_readers_user_id_idx ON story_readers (user_id);

      CREATE TABLE node_days (
        version_id bigint NOT NULL,
        day        date NOT NULL,
        node_id    bigint NOT NULL,
        arrivals   integer NOT NULL DEFAULT 0,
        CONSTRAINT node_days_pkey PRIMARY KEY (version_id, day, node_id),
        CONSTRAINT node_days_version_id_fkey FOREIGN KEY (version_id) REFERENCES story_versions
      );

      CREATE TABLE choice_days (
        version_id bigint NOT NULL,
        day        date NOT NULL,
        choice_id  bigint NOT NULL,
        node_id    bigint NOT NULL,
        made       integer NOT NULL DEFAULT 0,
        CONSTRAINT choice_days_pkey PRIMARY KEY (version_id, day, choice_id, node_id),
        CONSTRAINT choice_days_version_id_fkey FOREIGN KEY (version_id) REFERENCES story_versions
      );

      CREATE TABLE story_finishes (
        progress_id bigint NOT NULL,
        seq         integer NOT NULL,
        story_id    bigint NOT NULL,
        version_id  bigint NOT NULL,
        user_id     bigint NOT NULL,
        node_id     bigint NOT NULL,
        at          timestamptz NOT NULL,
        choices     integer NOT NULL,
        play_ms     bigint NOT NULL,
        is_unaided  boolean NOT NULL,
        CONSTRAINT story_finishes_pkey PRIMARY KEY (progress_id, seq),
        CONSTRAINT story_finishes_progress_id_fkey FOREIGN KEY (progress_id) REFERENCES user_progress,
        CONSTRAINT story_finishes_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT story_finishes_version_id_fkey FOREIGN KEY (version_id) REFERENCES story_versions,
        CONSTRAINT story_finishes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users
      );
      CREATE INDEX story_finishes_story_id_at_idx ON story_finishes (story_id, at);
      CREATE INDEX story_finishes_version_id_idx ON story_finishes (version_id);
      CREATE INDEX story_finishes_user_id_story_id_idx ON story_finishes (user_id, story_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE story_finishes, choice_days, node_days, story_readers, story_days, user_stats, reader_stories,
        reader_days, reader_firsts, counting;
      DELETE FROM play_facts;
      INSERT INTO play_facts (progress_id, seq)
        SELECT progress_id, -1 FROM user_progress
        UNION ALL SELECT progress_id, seq FROM progress_steps WHERE choice_id IS NOT NULL;
    `);
  }
}
