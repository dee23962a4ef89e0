import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDraftHistory1795431600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE draft_changes (
        change_id  bigint GENERATED ALWAYS AS IDENTITY,
        story_id   bigint NOT NULL,
        user_id    bigint,
        kind       text NOT NULL,
        note       text,
        undone_by  bigint,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT draft_changes_pkey PRIMARY KEY (change_id),
        CONSTRAINT draft_changes_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT draft_changes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT draft_changes_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES draft_changes
      );
      CREATE INDEX draft_changes_story_id_change_id_idx ON draft_changes (story_id, change_id);
      CREATE INDEX draft_changes_user_id_story_id_idx ON draft_changes (user_id, story_id);
      CREATE INDEX draft_changes_undone_by_idx ON draft_changes (undone_by);

      CREATE TABLE draft_edits (
        edit_id   bigint GENERATED ALWAYS AS IDENTITY,
        change_id bigint NOT NULL,
        kind      text NOT NULL,
        row_id    bigint NOT NULL,
        before    jsonb,
        after     jsonb NOT NULL,
        CONSTRAINT draft_edits_pkey PRIMARY KEY (edit_id),
        CONSTRAINT draft_edits_change_id_fkey FOREIGN KEY (change_id) REFERENCES draft_changes ON DELETE CASCADE,
        CONSTRAINT draft_edits_kind_check CHECK (kind IN ('story', 'node', 'choice'))
      );
      CREATE INDEX draft_edits_change_id_edit_id_idx ON draft_edits (change_id, edit_id);
      CREATE INDEX draft_edits_kind_row_id_edit_id_idx ON draft_edits (kind, row_id, edit_id);
    `);
    await runner.query(FUNCTIONS);
    await runner.query(TRIGGERS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER draft_history ON stories;
      DROP TRIGGER draft_history_insert ON story_nodes;
      DROP TRIGGER draft_history_update ON story_nodes;
      DROP TRIGGER draft_history_insert ON choices;
      DROP TRIGGER draft_history_update ON choices;
      DROP FUNCTION record_story_edit, record_inserted_rows, record_updated_rows;
      DROP FUNCTION draft_net_edits, record_draft_edit, draft_change, story_content, draft_content;
      DROP TABLE draft_edits, draft_changes;
    `);
  }
}

const FUNCTIONS = `
  -- What an author has a say in: not what the tables keep about their rows.
  CREATE FUNCTION draft_content(content jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT content - '{revision,created_at,updated_at,updated_by}'::text[]
  $$;

  -- Of a story, its details and declarations.
  CREATE FUNCTION story_content(story stories) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('slug', story.slug, 'title', story.title, 'description', story.description,
      'difficulty_level', story.difficulty_level, 'category', story.category, 'tags', story.tags,
      'language', story.language, 'spoiler_guard', story.spoiler_guard, 'schema', story.schema)
  $$;

  -- The change that edits of the story belong to now: the one the application began, or a new one by nobody.
  CREATE FUNCTION draft_change(story bigint) RETURNS bigint LANGUAGE plpgsql AS $$
  DECLARE
    begun text[] := string_to_array(current_setting('talegraph.change', true), ':');
    change bigint;
  BEGIN
    IF begun[1] = story::text THEN RETURN begun[2]; END IF;
    INSERT INTO draft_changes (story_id, kind) VALUES (story, 'edit') RETURNING change_id INTO change;
    PERFORM set_config('talegraph.change', story || ':' || change, true);
    RETURN change;
  END $$;

  -- Keeps the columns that differ; all of them where there was no row before.
  CREATE FUNCTION record_draft_edit(kind text, story bigint, row_id bigint, before jsonb, after jsonb)
  RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    was jsonb := draft_content(before);
    became jsonb := draft_content(after);
  BEGIN
    IF before IS NOT NULL THEN
      SELECT jsonb_object_agg(key, value), jsonb_object_agg(key, became -> key) INTO was, became
      FROM jsonb_each(was) WHERE value IS DISTINCT FROM became -> key;
      IF was IS NULL THEN RETURN; END IF;
    END IF;
    INSERT INTO draft_edits (change_id, kind, row_id, before, after)
    VALUES (draft_change(story), kind, row_id, was, became);
  END $$;

  CREATE FUNCTION record_story_edit() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM record_draft_edit('story', NEW.story_id, NEW.story_id, story_content(OLD), story_content(NEW));
    RETURN NULL;
  END $$;

  -- Arguments: the kind of row, and the column of its key.
  CREATE FUNCTION record_inserted_rows() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM record_draft_edit(TG_ARGV[0], coalesce(node.story_id, (became ->> 'story_id')::bigint),
      (became ->> TG_ARGV[1])::bigint, NULL, became)
    FROM (SELECT to_jsonb(new_rows) AS became FROM new_rows) AS written
      LEFT JOIN story_nodes AS node ON node.node_id = (became ->> 'from_node_id')::bigint;
    RETURN NULL;
  END $$;

  CREATE FUNCTION record_updated_rows() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM record_draft_edit(TG_ARGV[0], coalesce(node.story_id, (became ->> 'story_id')::bigint),
      (became ->> TG_ARGV[1])::bigint, was, became)
    FROM (SELECT to_jsonb(new_rows) AS became FROM new_rows) AS written
      JOIN (SELECT to_jsonb(old_rows) AS was FROM old_rows) AS before
        ON was ->> TG_ARGV[1] = became ->> TG_ARGV[1]
      LEFT JOIN story_nodes AS node ON node.node_id = (became ->> 'from_node_id')::bigint;
    RETURN NULL;
  END $$;

  -- What a change did in all, a row each: the columns that it changed, as they were before it and are after it.
  -- A row that is new with it was deleted before.
  CREATE FUNCTION draft_net_edits(change bigint)
  RETURNS TABLE (place bigint, kind text, row_id bigint, before jsonb, after jsonb) LANGUAGE sql STABLE AS $$
    SELECT min(edit_id), edit.kind, edit.row_id,
      CASE WHEN bool_or(edit.before IS NULL)
        THEN jsonb_build_object('deleted_at', (SELECT created_at FROM draft_changes WHERE change_id = change))
        ELSE jsonb_object_agg(field.key, edit.before -> field.key ORDER BY edit_id DESC) END,
      jsonb_object_agg(field.key, field.value ORDER BY edit_id)
    FROM draft_edits AS edit CROSS JOIN jsonb_each(edit.after) AS field
    WHERE edit.change_id = change
    GROUP BY edit.kind, edit.row_id
  $$;
`;

const TRIGGERS = `
  CREATE TRIGGER draft_history AFTER UPDATE ON stories FOR EACH ROW
    WHEN ((OLD.slug, OLD.title, OLD.description, OLD.difficulty_level, OLD.category, OLD.tags, OLD.language,
        OLD.spoiler_guard, OLD.schema)
      IS DISTINCT FROM (NEW.slug, NEW.title, NEW.description, NEW.difficulty_level, NEW.category, NEW.tags,
        NEW.language, NEW.spoiler_guard, NEW.schema))
    EXECUTE FUNCTION record_story_edit();

  CREATE TRIGGER draft_history_insert AFTER INSERT ON story_nodes REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_inserted_rows('node', 'node_id');
  CREATE TRIGGER draft_history_update AFTER UPDATE ON story_nodes
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_updated_rows('node', 'node_id');
  CREATE TRIGGER draft_history_insert AFTER INSERT ON choices REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_inserted_rows('choice', 'choice_id');
  CREATE TRIGGER draft_history_update AFTER UPDATE ON choices
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_updated_rows('choice', 'choice_id');
`;
