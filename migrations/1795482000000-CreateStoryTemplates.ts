import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateStoryTemplates1795482000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE story_templates (
        template_id bigint GENERATED ALWAYS AS IDENTITY,
        slug        text,
        owner_id    bigint,
        title       text NOT NULL,
        description text NOT NULL,
        is_shared   boolean NOT NULL DEFAULT false,
        document    jsonb NOT NULL,
        node_count  integer NOT NULL,
        created_at  timestamptz NOT NULL DEFAULT now(),
        updated_at  timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT story_templates_pkey PRIMARY KEY (template_id),
        CONSTRAINT story_templates_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users,
        CONSTRAINT story_templates_owner_check CHECK ((slug IS NULL) = (owner_id IS NOT NULL))
      );
      CREATE UNIQUE INDEX story_templates_slug_key ON story_templates (slug);
      CREATE INDEX story_templates_owner_id_template_id_idx ON story_templates (owner_id, template_id);
      CREATE INDEX story_templates_shared_idx ON story_templates (template_id) WHERE is_shared OR owner_id IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE story_templates');
  }
}
