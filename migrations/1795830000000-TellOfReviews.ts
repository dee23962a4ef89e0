import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Authors are told of reviews, and their writers of replies: for as long as those are there. */
export class TellOfReviews1795830000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE notifications
        ADD COLUMN review_id bigint,
        ADD CONSTRAINT notifications_review_id_fkey FOREIGN KEY (review_id) REFERENCES reviews ON DELETE CASCADE;
      CREATE INDEX notifications_review_id_idx ON notifications (review_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM notifications WHERE kind IN ('review', 'review-reply');
      DELETE FROM notification_preferences WHERE kind IN ('review', 'review-reply');
      ALTER TABLE notifications DROP COLUMN review_id;
    `);
  }
}
