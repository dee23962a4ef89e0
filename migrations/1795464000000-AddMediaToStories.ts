import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddMediaToStories1795464000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE stories ADD COLUMN cover jsonb;
      ALTER TABLE story_nodes ADD COLUMN media jsonb;

      CREATE INDEX stories_cover_idx ON stories (((cover ->> 'id')::bigint)) WHERE cover IS NOT NULL;
      CREATE INDEX story_nodes_media_idx
        ON story_nodes USING gin (jsonb_path_query_array(media, '$.*.id')) WHERE media IS NOT NULL;
      CREATE INDEX story_versions_media_idx
        ON story_versions USING gin (jsonb_path_query_array(snapshot, '$.nodes[*].media.*.id'));
    `);
    await runner.query(storyHistory({ withCover: true }));
    await runner.query(`
      -- What a draft has referred to once is never swept, and is found in its story's library.
      -- Argument: the column that refers to media.
      CREATE FUNCTION mark_media_attached() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE media SET attached_at = coalesce(attached_at, now()), story_id = coalesce(story_id, NEW.story_id)
        WHERE (attached_at IS NULL OR story_id IS NULL) AND media_id IN (
          SELECT id::bigint FROM jsonb_path_query(to_jsonb(NEW) -> TG_ARGV[0], '$.**.id') AS id);
        RETURN NULL;
      END $$;

      CREATE TRIGGER media_attached AFTER INSERT OR UPDATE OF cover ON stories
        FOR EACH ROW WHEN (NEW.cover IS NOT NULL) EXECUTE FUNCTION mark_media_attached('cover');
      CREATE TRIGGER media_attached AFTER INSERT OR UPDATE OF media ON story_nodes
        FOR EACH ROW WHEN (NEW.media IS NOT NULL) EXECUTE FUNCTION mark_media_attached('media');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER media_attached ON stories;
      DROP TRIGGER media_attached ON story_nodes;
      DROP FUNCTION mark_media_attached;
    `);
    await runner.query(storyHistory({ withCover: false }));
    await runner.query(`
      DROP INDEX story_versions_media_idx;
      ALTER TABLE story_nodes DROP COLUMN media;
      ALTER TABLE stories DROP COLUMN cover;
    `);
  }
}

/** What is recorded of a story's details, and when. */
function storyHistory({ withCover }: { withCover: boolean }): string {
  const columns = [
    ...['slug', 'title', 'description', 'difficulty_level', 'category', 'tags', 'language'],
    ...['spoiler_guard', 'schema', ...(withCover ? ['cover'] : [])],
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
