import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The leaderboard of a story is read along an index, as those of all stories are: by value, of those alone who do not hide. */
export class RankReadersOfStories1795810000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SET LOCAL statement_timeout = 0;
      ALTER TABLE story_bests ADD COLUMN is_ranked boolean NOT NULL DEFAULT false;
      DROP INDEX story_bests_story_id_choices_user_id_idx;
      DROP INDEX story_bests_story_id_play_ms_user_id_idx;
      UPDATE story_bests SET is_ranked = true FROM users
        WHERE users.user_id = story_bests.user_id AND role <> 'guest' AND NOT hide_from_leaderboards;
      CREATE INDEX story_bests_fewest_steps_idx ON story_bests (story_id, choices, user_id) WHERE is_ranked;
      CREATE INDEX story_bests_fastest_idx
        ON story_bests (story_id, ((play_ms / 1000)::integer), user_id) WHERE is_ranked;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX story_bests_fastest_idx;
      DROP INDEX story_bests_fewest_steps_idx;
      CREATE INDEX story_bests_story_id_choices_user_id_idx ON story_bests (story_id, choices, user_id);
      CREATE INDEX story_bests_story_id_play_ms_user_id_idx ON story_bests (story_id, play_ms, user_id);
      ALTER TABLE story_bests DROP COLUMN is_ranked;
    `);
  }
}
