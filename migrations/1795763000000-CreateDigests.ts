import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who wants digests, and when the next ones are due. */
export class CreateDigests1795763000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE digests (
        user_id   bigint NOT NULL,
        frequency text NOT NULL,
        since     timestamptz NOT NULL,
        next_at   timestamptz NOT NULL,
        CONSTRAINT digests_pkey PRIMARY KEY (user_id),
        CONSTRAINT digests_user_id_fkey FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE,
        CONSTRAINT digests_frequency_check CHECK (frequency IN ('daily', 'weekly'))
      );
      CREATE INDEX digests_next_at_idx ON digests (next_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE digests');
  }
}
