import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people do that others may see, who may see it, and how far each has read. */
export class CreateActivities1795752000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE activities (
        activity_id bigint GENERATED ALWAYS AS IDENTITY,
        actor_id    bigint NOT NULL,
        kind        text NOT NULL,
        subject     text NOT NULL,
        story_id    bigint,
        at          timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT activities_pkey PRIMARY KEY (activity_id),
        CONSTRAINT activities_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES users,
        CONSTRAINT activities_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT activities_kind_check CHECK (kind IN ('published', 'finished', 'rated', 'achieved', 'shared'))
      );
      CREATE UNIQUE INDEX activities_deed_key ON activities (actor_id, kind, subject);
      CREATE INDEX activities_actor_id_activity_id_idx ON activities (actor_id, activity_id);
      CREATE INDEX activities_story_id_idx ON activities (story_id);

      CREATE TABLE activity_audiences (
        user_id  bigint NOT NULL,
        kind     text NOT NULL,
        audience text NOT NULL,
        CONSTRAINT activity_audiences_pkey PRIMARY KEY (user_id, kind),
        CONSTRAINT activity_audiences_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT activity_audiences_kind_check CHECK (kind IN ('published', 'finished', 'rated', 'achieved', 'shared')),
        CONSTRAINT activity_audiences_audience_check CHECK (audience IN ('everyone', 'followers', 'nobody'))
      );

      CREATE TABLE feed_marks (
        user_id     bigint NOT NULL,
        activity_id bigint NOT NULL,
        CONSTRAINT feed_marks_pkey PRIMARY KEY (user_id),
        CONSTRAINT feed_marks_user_id_fkey FOREIGN KEY (user_id) REFERENCES users
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE feed_marks, activity_audiences, activities');
  }
}
