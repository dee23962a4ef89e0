import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What there is to reach in a version includes the achievements that its author gives. It is taken out of snapshots again. */
export class KeepAchievementsOfVersions1795820000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      TRUNCATE version_goals;
      ALTER TABLE version_goals ADD COLUMN achievements jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE version_goals DROP COLUMN achievements');
  }
}
