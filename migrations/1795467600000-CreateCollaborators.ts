import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCollaborators1795467600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE story_collaborators (
        story_id bigint NOT NULL,
        user_id  bigint NOT NULL,
        role     text NOT NULL,
        added_by bigint NOT NULL,
        added_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT story_collaborators_pkey PRIMARY KEY (story_id, user_id),
        CONSTRAINT story_collaborators_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT story_collaborators_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT story_collaborators_added_by_fkey FOREIGN KEY (added_by) REFERENCES users,
        CONSTRAINT story_collaborators_role_check CHECK (role IN ('editor', 'viewer'))
      );
      CREATE INDEX story_collaborators_user_id_story_id_idx ON story_collaborators (user_id, story_id);
      CREATE INDEX story_collaborators_added_by_idx ON story_collaborators (added_by);

      CREATE TABLE story_invitations (
        invitation_id bigint GENERATED ALWAYS AS IDENTITY,
        story_id      bigint NOT NULL,
        user_id       bigint,
        email         text,
        role          text NOT NULL,
        invited_by    bigint NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT story_invitations_pkey PRIMARY KEY (invitation_id),
        CONSTRAINT story_invitations_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT story_invitations_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT story_invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES users,
        CONSTRAINT story_invitations_role_check CHECK (role IN ('owner', 'editor', 'viewer')),
        CONSTRAINT story_invitations_invitee_check CHECK ((user_id IS NULL) <> (email IS NULL))
      );
      CREATE UNIQUE INDEX story_invitations_story_id_user_id_key ON story_invitations (story_id, user_id);
      CREATE UNIQUE INDEX story_invitations_story_id_email_key ON story_invitations (story_id, lower(email));
      CREATE UNIQUE INDEX story_invitations_owner_key ON story_invitations (story_id) WHERE role = 'owner';
      CREATE INDEX story_invitations_email_idx ON story_invitations (lower(email));
      CREATE INDEX story_invitations_user_id_idx ON story_invitations (user_id);
      CREATE INDEX story_invitations_invited_by_idx ON story_invitations (invited_by);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE story_invitations, story_collaborators');
  }
}
