import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateImportJobs1795446000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE import_jobs (
        import_id     bigint GENERATED ALWAYS AS IDENTITY,
        user_id       bigint NOT NULL,
        status        text NOT NULL DEFAULT 'queued',
        phase         text,
        request       jsonb NOT NULL,
        content       text,
        more_content  text,
        stories_total integer,
        problems      jsonb NOT NULL DEFAULT '[]',
        error         text,
        created_at    timestamptz NOT NULL DEFAULT now(),
        finished_at   timestamptz,
        CONSTRAINT import_jobs_pkey PRIMARY KEY (import_id),
        CONSTRAINT import_jobs_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT import_jobs_status_check CHECK (status IN ('queued', 'running', 'done', 'failed')),
        CONSTRAINT import_jobs_phase_check CHECK (phase IN ('reading', 'writing'))
      );
      CREATE INDEX import_jobs_user_id_import_id_idx ON import_jobs (user_id, import_id);

      CREATE TABLE import_stories (
        import_id     bigint NOT NULL,
        place         integer NOT NULL,
        title         text NOT NULL,
        action        text NOT NULL,
        story_id      bigint,
        node_count    integer NOT NULL,
        choice_count  integer NOT NULL,
        problems      jsonb NOT NULL,
        problem_count integer NOT NULL,
        report        jsonb,
        CONSTRAINT import_stories_pkey PRIMARY KEY (import_id, place),
        CONSTRAINT import_stories_import_id_fkey FOREIGN KEY (import_id) REFERENCES import_jobs,
        CONSTRAINT import_stories_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT import_stories_action_check
          CHECK (action IN ('created', 'updated', 'unchanged', 'refused'))
      );
      CREATE INDEX import_stories_story_id_idx ON import_stories (story_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE import_stories, import_jobs');
  }
}
