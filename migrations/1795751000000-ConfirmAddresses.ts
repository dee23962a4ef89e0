import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which addresses are confirmed, and the tokens that are sent by mail. */
export class ConfirmAddresses1795751000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE users ADD COLUMN email_confirmed_at timestamptz;

      CREATE TABLE address_tokens (
        token_hash text NOT NULL,
        user_id    bigint NOT NULL,
        purpose    text NOT NULL,
        email      text NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT address_tokens_pkey PRIMARY KEY (token_hash),
        CONSTRAINT address_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE,
        CONSTRAINT address_tokens_purpose_check CHECK (purpose IN ('confirm', 'reset'))
      );
      CREATE INDEX address_tokens_user_id_idx ON address_tokens (user_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE address_tokens;
      ALTER TABLE users DROP COLUMN email_confirmed_at;
    `);
  }
}
