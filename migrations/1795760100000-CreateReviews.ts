import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What readers think of stories, who found that helpful, and what becomes of what is reported. */
export class CreateReviews1795760100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE stories ADD COLUMN star_counts integer[] NOT NULL DEFAULT '{0,0,0,0,0}';

      CREATE TABLE reviews (
        review_id       bigint GENERATED ALWAYS AS IDENTITY,
        story_id        bigint NOT NULL,
        user_id         bigint NOT NULL,
        rating          smallint NOT NULL,
        text            text,
        has_spoilers    boolean NOT NULL DEFAULT false,
        helpful_count   integer NOT NULL DEFAULT 0,
        created_at      timestamptz(3) NOT NULL DEFAULT now(),
        edited_at       timestamptz(3),
        deleted_at      timestamptz(3),
        reply           text,
        replied_by      bigint,
        replied_at      timestamptz(3),
        reply_edited_at timestamptz(3),
        reported_at     timestamptz(3),
        hidden_at       timestamptz(3),
        CONSTRAINT reviews_pkey PRIMARY KEY (review_id),
        CONSTRAINT reviews_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT reviews_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT reviews_replied_by_fkey FOREIGN KEY (replied_by) REFERENCES users,
        CONSTRAINT reviews_rating_check CHECK (rating BETWEEN 1 AND 5)
      );
      CREATE UNIQUE INDEX reviews_story_id_user_id_key ON reviews (story_id, user_id);
      CREATE INDEX reviews_user_id_idx ON reviews (user_id);
      CREATE INDEX reviews_replied_by_idx ON reviews (replied_by);
      CREATE INDEX reviews_helpful_idx ON reviews (story_id, helpful_count, review_id)
        WHERE text IS NOT NULL AND hidden_at IS NULL;
      CREATE INDEX reviews_recent_idx ON reviews (story_id, created_at, review_id)
        WHERE text IS NOT NULL AND hidden_at IS NULL;
      CREATE INDEX reviews_rating_idx ON reviews (story_id, rating, review_id)
        WHERE text IS NOT NULL AND hidden_at IS NULL;
      CREATE INDEX reviews_reported_idx ON reviews (reported_at, review_id) WHERE reported_at IS NOT NULL;
      CREATE INDEX reviews_hidden_idx ON reviews (hidden_at, review_id)
        WHERE hidden_at IS NOT NULL AND deleted_at IS NULL;

      CREATE TABLE review_votes (
        review_id  bigint NOT NULL,
        user_id    bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT review_votes_pkey PRIMARY KEY (review_id, user_id),
        CONSTRAINT review_votes_review_id_fkey FOREIGN KEY (review_id) REFERENCES reviews,
        CONSTRAINT review_votes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users
      );
      CREATE INDEX review_votes_user_id_idx ON review_votes (user_id);

      CREATE TABLE review_decisions (
        decision_id bigint GENERATED ALWAYS AS IDENTITY,
        review_id   bigint NOT NULL,
        decision    text NOT NULL,
        note        text,
        rating      smallint NOT NULL,
        text        text,
        decided_by  bigint NOT NULL,
        created_at  timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT review_decisions_pkey PRIMARY KEY (decision_id),
        CONSTRAINT review_decisions_review_id_fkey FOREIGN KEY (review_id) REFERENCES reviews,
        CONSTRAINT review_decisions_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES users,
        CONSTRAINT review_decisions_decision_check CHECK (decision IN ('keep', 'hide'))
      );
      CREATE INDEX review_decisions_review_id_decision_id_idx ON review_decisions (review_id, decision_id);
      CREATE INDEX review_decisions_decided_by_idx ON review_decisions (decided_by);

      CREATE TABLE review_reports (
        report_id   bigint GENERATED ALWAYS AS IDENTITY,
        review_id   bigint NOT NULL,
        user_id     bigint NOT NULL,
        reason      text NOT NULL,
        note        text,
        created_at  timestamptz NOT NULL DEFAULT now(),
        decision_id bigint,
        CONSTRAINT review_reports_pkey PRIMARY KEY (report_id),
        CONSTRAINT review_reports_review_id_fkey FOREIGN KEY (review_id) REFERENCES reviews,
        CONSTRAINT review_reports_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT review_reports_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES review_decisions,
        CONSTRAINT review_reports_reason_check
          CHECK (reason IN ('spoilers', 'offensive', 'spam', 'off_topic', 'other'))
      );
      CREATE UNIQUE INDEX review_reports_open_key ON review_reports (review_id, user_id)
        WHERE decision_id IS NULL;
      CREATE INDEX review_reports_review_id_report_id_idx ON review_reports (review_id, report_id);
      CREATE INDEX review_reports_user_id_idx ON review_reports (user_id);
      CREATE INDEX review_reports_decision_id_idx ON review_reports (decision_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE review_reports, review_decisions, review_votes, reviews;
      ALTER TABLE stories DROP COLUMN star_counts;
      UPDATE stories SET rating_sum = 0, rating_count = 0 WHERE rating_count <> 0;
    `);
  }
}
