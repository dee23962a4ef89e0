import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateStoryProofs1795424400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE story_proofs (
        proof_id     bigint GENERATED ALWAYS AS IDENTITY,
        story_id     bigint NOT NULL,
        content_hash text NOT NULL,
        status       text NOT NULL,
        definition   jsonb,
        states       integer NOT NULL DEFAULT 0,
        result       jsonb,
        error        text,
        created_at   timestamptz NOT NULL DEFAULT now(),
        finished_at  timestamptz,
        CONSTRAINT story_proofs_pkey PRIMARY KEY (proof_id),
        CONSTRAINT story_proofs_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT story_proofs_status_check CHECK (status IN ('queued', 'running', 'done', 'failed'))
      );
      CREATE UNIQUE INDEX story_proofs_content_key ON story_proofs (story_id, content_hash);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE story_proofs');
  }
}
