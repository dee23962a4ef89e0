import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each step collects, and what readers have collected. What was collected before counts for the last step. */
export class RecordWhatIsCollected1795760300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE progress_steps ADD COLUMN collected text[];
      ALTER TABLE user_progress ADD COLUMN collected text[];
      CREATE TEMPORARY TABLE held ON COMMIT DROP AS
        SELECT progress_id, array_agg(item) AS items,
               (SELECT max(seq) FROM progress_steps AS step
                WHERE step.progress_id = held.progress_id AND choice_id IS NOT NULL) AS seq
        FROM (
          SELECT progress_id, 'artifact.' || jsonb_array_elements_text(state -> 'artifacts') AS item FROM user_progress
          UNION ALL SELECT progress_id, 'ending.' || jsonb_array_elements_text(state -> 'endings') FROM user_progress
        ) AS held GROUP BY progress_id;
      UPDATE progress_steps SET collected = items FROM held
        WHERE held.progress_id = progress_steps.progress_id AND held.seq = progress_steps.seq;
      UPDATE user_progress SET collected = items FROM held
        WHERE held.progress_id = user_progress.progress_id AND held.seq IS NULL;

      CREATE TABLE reader_collected (
        user_id    bigint NOT NULL,
        story_id   bigint NOT NULL,
        kind       text NOT NULL,
        key        text NOT NULL,
        version_id bigint NOT NULL,
        at         timestamptz(3) NOT NULL,
        day        date NOT NULL,
        CONSTRAINT reader_collected_pkey PRIMARY KEY (user_id, story_id, kind, key),
        CONSTRAINT reader_collected_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT reader_collected_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT reader_collected_version_id_fkey FOREIGN KEY (version_id) REFERENCES story_versions,
        CONSTRAINT reader_collected_kind_check CHECK (kind IN ('artifact', 'ending'))
      );
      CREATE INDEX reader_collected_user_id_kind_at_story_id_key_idx
        ON reader_collected (user_id, kind, at, story_id, key);
      CREATE INDEX reader_collected_story_id_idx ON reader_collected (story_id);
      CREATE INDEX reader_collected_version_id_idx ON reader_collected (version_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE reader_collected;
      ALTER TABLE user_progress DROP COLUMN collected;
      ALTER TABLE progress_steps DROP COLUMN collected;
    `);
  }
}
