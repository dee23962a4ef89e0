import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMedia1795460400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE media (
        media_id         bigint GENERATED ALWAYS AS IDENTITY,
        user_id          bigint NOT NULL,
        story_id         bigint,
        kind             text NOT NULL,
        status           text NOT NULL,
        key              text NOT NULL,
        filename         text NOT NULL,
        content_type     text NOT NULL,
        size             integer NOT NULL,
        width            integer,
        height           integer,
        color            text,
        duration_seconds double precision,
        alt_text         text NOT NULL DEFAULT '',
        attached_at      timestamptz,
        created_at       timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT media_pkey PRIMARY KEY (media_id),
        CONSTRAINT media_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT media_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT media_kind_check CHECK (kind IN ('image', 'audio')),
        CONSTRAINT media_status_check CHECK (status IN ('processing', 'ready', 'failed'))
      );
      CREATE UNIQUE INDEX media_key_key ON media (key);
      CREATE INDEX media_user_id_media_id_idx ON media (user_id, media_id);
      CREATE INDEX media_story_id_media_id_idx ON media (story_id, media_id);
      CREATE INDEX media_unused_idx ON media (created_at) WHERE attached_at IS NULL;

      CREATE TABLE uploads (
        upload_id   bigint GENERATED ALWAYS AS IDENTITY,
        user_id     bigint NOT NULL,
        story_id    bigint,
        kind        text NOT NULL,
        key         text NOT NULL,
        filename    text NOT NULL,
        size        integer NOT NULL,
        media_id    bigint,
        received_at timestamptz,
        expires_at  timestamptz NOT NULL,
        created_at  timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT uploads_pkey PRIMARY KEY (upload_id),
        CONSTRAINT uploads_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT uploads_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT uploads_media_id_fkey FOREIGN KEY (media_id) REFERENCES media ON DELETE SET NULL,
        CONSTRAINT uploads_kind_check CHECK (kind IN ('image', 'audio', 'import'))
      );
      CREATE UNIQUE INDEX uploads_key_key ON uploads (key);
      CREATE INDEX uploads_user_id_idx ON uploads (user_id);
      CREATE INDEX uploads_story_id_idx ON uploads (story_id);
      CREATE INDEX uploads_media_id_idx ON uploads (media_id);
      CREATE INDEX uploads_created_at_idx ON uploads (created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE uploads; DROP TABLE media');
  }
}
