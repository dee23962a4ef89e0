import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddChangeAuthorsAndComments1795471200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The user of the change that the transaction makes, which the application set; null outside of one.
      CREATE FUNCTION change_author() RETURNS bigint LANGUAGE sql STABLE AS $$
        SELECT (string_to_array(current_setting('talegraph.change', true), ':'))[3]::bigint
      $$;
      CREATE FUNCTION note_change_author() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.updated_by := change_author();
        RETURN NEW;
      END $$;

      ALTER TABLE draft_edits ADD COLUMN revision integer;
    `);
    for (const [table, key, kind] of ROWS) {
      await runner.query(`
        ALTER TABLE ${table} ADD COLUMN updated_by bigint DEFAULT change_author()
          CONSTRAINT ${table}_updated_by_fkey REFERENCES users;
        CREATE INDEX ${table}_updated_by_idx ON ${table} (updated_by);

        UPDATE ${table} SET updated_by = newest.user_id
        FROM (
          SELECT DISTINCT ON (row_id) row_id, user_id FROM draft_edits JOIN draft_changes USING (change_id)
          WHERE draft_edits.kind = '${kind}' ORDER BY row_id, edit_id DESC
        ) AS newest WHERE ${key} = newest.row_id;

        CREATE TRIGGER change_author BEFORE UPDATE ON ${table} FOR EACH ROW
          WHEN (OLD.revision IS DISTINCT FROM NEW.revision) EXECUTE FUNCTION note_change_author();
      `);
    }
    await runner.query(recordEdits({ withRevision: true }));
    await runner.query(COMMENTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE story_comments');
    await runner.query(recordEdits({ withRevision: false }));
    for (const [table] of ROWS) {
      await runner.query(`
        DROP TRIGGER change_author ON ${table};
        ALTER TABLE ${table} DROP COLUMN updated_by;
      `);
    }
    await runner.query(`
      ALTER TABLE draft_edits DROP COLUMN revision;
      DROP FUNCTION note_change_author, change_author;
    `);
  }
}

const ROWS = [
  ['stories', 'story_id', 'story'],
  ['story_nodes', 'node_id', 'node'],
  ['choices', 'choice_id', 'choice'],
] as const;

/** The functions of the draft's history as they were, or such that each edit tells the revision that it made. */
const recordEdits = ({ withRevision }: { readonly withRevision: boolean }) => `
  CREATE OR REPLACE FUNCTION record_draft_edit(kind text, story bigint, row_id bigint, before jsonb, after jsonb)
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
    INSERT INTO draft_edits (change_id, kind, row_id, before, after${withRevision ? ', revision' : ''})
    VALUES (draft_change(story), kind, row_id, was, became${withRevision ? `, (after ->> 'revision')::integer` : ''});
  END $$;

  CREATE OR REPLACE FUNCTION record_story_edit() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM record_draft_edit('story', NEW.story_id, NEW.story_id, story_content(OLD),
      story_content(NEW)${withRevision ? ` || jsonb_build_object('revision', NEW.revision)` : ''});
    RETURN NULL;
  END $$;
`;

const COMMENTS = `
  CREATE TABLE story_comments (
    comment_id  bigint GENERATED ALWAYS AS IDENTITY,
    story_id    bigint NOT NULL,
    node_id     bigint,
    choice_id   bigint,
    parent_id   bigint,
    user_id     bigint NOT NULL,
    text        text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    edited_at   timestamptz,
    resolved_at timestamptz,
    resolved_by bigint,
    deleted_at  timestamptz,
    CONSTRAINT story_comments_pkey PRIMARY KEY (comment_id),
    CONSTRAINT story_comments_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
    CONSTRAINT story_comments_node_id_fkey FOREIGN KEY (node_id) REFERENCES story_nodes,
    CONSTRAINT story_comments_choice_id_fkey FOREIGN KEY (choice_id) REFERENCES choices,
    CONSTRAINT story_comments_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES story_comments,
    CONSTRAINT story_comments_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
    CONSTRAINT story_comments_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES users,
    CONSTRAINT story_comments_place_check CHECK (node_id IS NULL OR choice_id IS NULL)
  );
  CREATE INDEX story_comments_story_id_comment_id_idx ON story_comments (story_id, comment_id);
  CREATE INDEX story_comments_node_id_comment_id_idx ON story_comments (node_id, comment_id);
  CREATE INDEX story_comments_choice_id_comment_id_idx ON story_comments (choice_id, comment_id);
  CREATE INDEX story_comments_parent_id_comment_id_idx ON story_comments (parent_id, comment_id);
  CREATE INDEX story_comments_user_id_idx ON story_comments (user_id);
  CREATE INDEX story_comments_resolved_by_idx ON story_comments (resolved_by);
`;
