import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAccounts1795392000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE users (
        user_id       bigint GENERATED ALWAYS AS IDENTITY,
        username      text NOT NULL,
        email         text,
        password_hash text,
        role          text NOT NULL,
        timezone      text NOT NULL DEFAULT 'UTC',
        created_at    timestamptz NOT NULL DEFAULT now(),
        last_active   timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT users_pkey PRIMARY KEY (user_id),
        CONSTRAINT users_role_check CHECK (role IN ('guest', 'user', 'admin'))
      );
      CREATE UNIQUE INDEX users_username_key ON users (lower(username));
      CREATE UNIQUE INDEX users_email_key ON users (lower(email));

      CREATE TABLE sessions (
        session_id bigint GENERATED ALWAYS AS IDENTITY,
        user_id    bigint NOT NULL,
        user_agent text NOT NULL,
        address    text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used  timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        CONSTRAINT sessions_pkey PRIMARY KEY (session_id),
        CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE
      );
      CREATE INDEX sessions_user_id_session_id_idx ON sessions (user_id, session_id);

      CREATE TABLE refresh_tokens (
        token_hash text NOT NULL,
        session_id bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        used_at    timestamptz,
        CONSTRAINT refresh_tokens_pkey PRIMARY KEY (token_hash),
        CONSTRAINT refresh_tokens_session_id_fkey
          FOREIGN KEY (session_id) REFERENCES sessions ON DELETE CASCADE
      );
      CREATE INDEX refresh_tokens_session_id_idx ON refresh_tokens (session_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE refresh_tokens, sessions, users');
  }
}
