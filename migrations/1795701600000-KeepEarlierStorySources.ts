import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sources stay, and the draft says which one is its own: so that the history of drafts takes that back too. */
export class KeepEarlierStorySources1795701600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE story_sources ADD COLUMN source_id bigint GENERATED ALWAYS AS IDENTITY;
      ALTER TABLE story_sources DROP CONSTRAINT story_sources_pkey;
      ALTER TABLE story_sources ADD CONSTRAINT story_sources_pkey PRIMARY KEY (source_id);
      ALTER TABLE story_sources RENAME COLUMN updated_at TO created_at;
      CREATE INDEX story_sources_story_id_idx ON story_sources (story_id);

      ALTER TABLE stories ADD COLUMN source_id bigint
        CONSTRAINT stories_source_id_fkey REFERENCES story_sources;
      CREATE INDEX stories_source_id_idx ON stories (source_id);
      UPDATE stories SET source_id = story_sources.source_id FROM story_sources
      WHERE stories.story_id = story_sources.story_id;
    `);
    await runner.query(storyHistory({ withSource: true }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(storyHistory({ withSource: false }));
    await runner.query(`
      DELETE FROM story_sources WHERE source_id NOT IN (SELECT source_id FROM stories WHERE source_id IS NOT NULL);
      ALTER TABLE stories DROP COLUMN source_id;
      DROP INDEX story_sources_story_id_idx;
      ALTER TABLE story_sources DROP COLUMN source_id;
      ALTER TABLE story_sources RENAME COLUMN created_at TO updated_at;
      ALTER TABLE story_sources ADD CONSTRAINT story_sources_pkey PRIMARY KEY (story_id);
    `);
  }
}

/** What is recorded of a story's details, and when. */
function storyHistory({ withSource }: { withSource: boolean }): string {
  const columns = [
    ...['slug', 'title', 'description', 'difficulty_level', 'category', 'tags', 'language'],
    ...['spoiler_guard', 'schema', 'cover', ...(withSource ? ['source_id'] : [])],
  ];
  const of = (row: string) => columns.map((column) => `${row}.${column}`).join(', ');
  const pairs = columns.map((column) => `'${column}', story.${column}`).join(', ');
  return `
    CREATE OR REPLACE FUNCTION story_content(story stories) RETURNS jsonb LANGUAGE sql STABLE AS $$
      SELECT jsonb_build_object(${pairs})
    $$;
    DROP TRIGGER draft_history ON stories;
    CREATE TRIGGER draft_history AFTER UPDATE ON stories FOR EACH ROW
      WHEN ((${of('OLD')}) IS DISTINCT FROM (${of('NEW')}))
      EXECUTE FUNCTION record_story_edit();
  `;
}
