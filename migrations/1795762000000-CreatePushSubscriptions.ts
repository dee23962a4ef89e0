import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The browsers that users are told in, and the keys by which push services know this installation. */
export class CreatePushSubscriptions1795762000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE push_keys (
        push_key_id boolean NOT NULL DEFAULT true,
        public_key  text NOT NULL,
        private_key text NOT NULL,
        CONSTRAINT push_keys_pkey PRIMARY KEY (push_key_id)
      );

      CREATE TABLE push_subscriptions (
        subscription_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        user_id         bigint NOT NULL,
        endpoint        text NOT NULL,
        p256dh          text NOT NULL,
        auth            text NOT NULL,
        created_at      timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT push_subscriptions_pkey PRIMARY KEY (subscription_id),
        CONSTRAINT push_subscriptions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE
      );
      CREATE UNIQUE INDEX push_subscriptions_endpoint_key ON push_subscriptions (endpoint);
      CREATE INDEX push_subscriptions_user_id_subscription_id_idx ON push_subscriptions (user_id, subscription_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE push_subscriptions, push_keys');
  }
}
