import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateStories1795395600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;

      -- What search looks in. array_to_string is immutable for text, though not declared so.
      CREATE FUNCTION story_text(title text, tags text[], description text) RETURNS text
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN title || ' ' || array_to_string(tags, ' ') || ' ' || description;

      CREATE TABLE stories (
        story_id             bigint GENERATED ALWAYS AS IDENTITY,
        slug                 text NOT NULL,
        title                text NOT NULL,
        description          text NOT NULL,
        author_id            bigint NOT NULL,
        difficulty_level     text NOT NULL,
        category             text NOT NULL,
        tags                 text[] NOT NULL DEFAULT '{}',
        language             text NOT NULL DEFAULT 'en',
        spoiler_guard        boolean NOT NULL DEFAULT false,
        is_published         boolean NOT NULL DEFAULT false,
        published_version_id bigint,
        published_at         timestamptz(3),
        play_count           integer NOT NULL DEFAULT 0,
        rating_sum           integer NOT NULL DEFAULT 0,
        rating_count         integer NOT NULL DEFAULT 0,
        revision             integer NOT NULL DEFAULT 1,
        created_at           timestamptz NOT NULL DEFAULT now(),
        deleted_at           timestamptz,
        updated_at           timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT stories_pkey PRIMARY KEY (story_id),
        CONSTRAINT stories_author_id_fkey FOREIGN KEY (author_id) REFERENCES users,
        CONSTRAINT stories_difficulty_level_check CHECK (difficulty_level IN ('easy', 'medium', 'hard'))
      );
      CREATE UNIQUE INDEX stories_slug_key ON stories (slug) WHERE deleted_at IS NULL;
      CREATE INDEX stories_author_id_story_id_idx ON stories (author_id, story_id);
      CREATE INDEX stories_recent_idx ON stories (published_at, story_id) WHERE is_published;
      CREATE INDEX stories_popular_idx ON stories (play_count, story_id) WHERE is_published;
      CREATE INDEX stories_top_rated_idx
        ON stories (((rating_sum + 15)::float8 / (rating_count + 5)), story_id) WHERE is_published;
      CREATE INDEX stories_title_idx ON stories (lower(title) COLLATE "und-x-icu", story_id) WHERE is_published;
      CREATE INDEX stories_category_idx ON stories (category) WHERE is_published;
      CREATE INDEX stories_tags_idx ON stories USING gin (tags);
      CREATE INDEX stories_words_idx
        ON stories USING gin (to_tsvector('english', story_text(title, tags, description)));
      CREATE INDEX stories_trigrams_idx
        ON stories USING gin (story_text(title, tags, description) gin_trgm_ops);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    // The extension stays: it may have been there before, and other schemas may use it.
    await runner.query('DROP TABLE stories; DROP FUNCTION story_text');
  }
}
