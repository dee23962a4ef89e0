import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What users are told, and how they want to be. */
export class CreateNotifications1795761500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notifications (
        notification_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        user_id         bigint NOT NULL,
        kind            text NOT NULL,
        subject         text NOT NULL,
        actor_id        bigint NOT NULL,
        story_id        bigint,
        comment_id      bigint,
        invitation_id   bigint,
        in_app          boolean NOT NULL,
        created_at      timestamptz NOT NULL DEFAULT now(),
        read_at         timestamptz,
        dispatched_at   timestamptz,
        CONSTRAINT notifications_pkey PRIMARY KEY (notification_id),
        CONSTRAINT notifications_user_id_fkey FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE,
        CONSTRAINT notifications_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES users ON DELETE CASCADE,
        CONSTRAINT notifications_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories ON DELETE CASCADE,
        CONSTRAINT notifications_comment_id_fkey FOREIGN KEY (comment_id) REFERENCES story_comments ON DELETE CASCADE,
        CONSTRAINT notifications_invitation_id_fkey
          FOREIGN KEY (invitation_id) REFERENCES story_invitations ON DELETE CASCADE
      );
      CREATE UNIQUE INDEX notifications_user_id_kind_subject_key ON notifications (user_id, kind, subject);
      CREATE INDEX notifications_user_id_notification_id_idx ON notifications (user_id, notification_id);
      CREATE INDEX notifications_unread_idx ON notifications (user_id, notification_id) WHERE read_at IS NULL;
      CREATE INDEX notifications_actor_id_idx ON notifications (actor_id);
      CREATE INDEX notifications_story_id_idx ON notifications (story_id);
      CREATE INDEX notifications_comment_id_idx ON notifications (comment_id);
      CREATE INDEX notifications_invitation_id_idx ON notifications (invitation_id);
      CREATE INDEX notifications_created_at_idx ON notifications (created_at);

      CREATE TABLE notification_preferences (
        user_id bigint NOT NULL,
        kind    text NOT NULL,
        in_app  boolean NOT NULL,
        email   boolean NOT NULL,
        push    boolean NOT NULL,
        CONSTRAINT notification_preferences_pkey PRIMARY KEY (user_id, kind),
        CONSTRAINT notification_preferences_user_id_fkey FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notification_preferences, notifications');
  }
}
