import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateUserStatsView1795410000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW user_stats AS
      SELECT user_id,
             count(DISTINCT user_progress.story_id)                       AS stories_started,
             count(DISTINCT user_progress.story_id) FILTER (WHERE is_completed) AS stories_completed,
             count(DISTINCT (user_progress.story_id, current_node_id)) FILTER (WHERE is_completed)
                                                                          AS endings_found,
             sum(step)::bigint                                            AS total_choices_made,
             mode() WITHIN GROUP (ORDER BY category)                      AS favorite_category,
             floor(sum(play_seconds) / 60)::bigint                        AS total_play_time
      FROM user_progress JOIN stories ON stories.story_id = user_progress.story_id
      GROUP BY user_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW user_stats');
  }
}
