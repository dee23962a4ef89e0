import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files with all that is kept of a person. */
export class CreateDataExports1795760000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE data_exports (
        export_id   bigint GENERATED ALWAYS AS IDENTITY,
        user_id     bigint NOT NULL,
        status      text NOT NULL DEFAULT 'queued',
        key         text NOT NULL,
        size        bigint,
        created_at  timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        CONSTRAINT data_exports_pkey PRIMARY KEY (export_id),
        CONSTRAINT data_exports_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT data_exports_status_check CHECK (status IN ('queued', 'running', 'done', 'failed'))
      );
      CREATE INDEX data_exports_user_id_export_id_idx ON data_exports (user_id, export_id);
      CREATE INDEX data_exports_created_at_idx ON data_exports (created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE data_exports');
  }
}
