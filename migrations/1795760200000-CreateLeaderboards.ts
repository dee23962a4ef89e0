import type { MigrationInterface, QueryRunner } from 'typeorm';

const MINUTES = '(play_ms / 60000)::integer';

/** The metrics of a table, by the names that standings know them under. */
const OF_READERS: readonly (readonly [metric: string, value: string])[] = [
  ['experience', 'xp'],
  ['stories_completed', 'stories_completed'],
  ['endings_found', 'endings_found'],
  ['choices_made', 'total_choices_made'],
  ['play_time', MINUTES],
  ['longest_streak', 'longest_streak'],
];
const OF_PERIODS: typeof OF_READERS = [
  ['experience', 'xp'],
  ['stories_completed', 'stories_finished'],
  ['endings_found', 'endings_found'],
  ['choices_made', 'choices'],
  ['play_time', MINUTES],
];

/** Keeps count in `standings` of how many readers of a table have each value, whoever writes it. */
function standingsOf(table: string, period: string, metrics: typeof OF_READERS): string {
  const values = metrics.map(([metric, value]) => `('${metric}', ${value})`).join(', ');
  const places = (rows: string, sign: string) => `
    SELECT metric, ${period}, value, ${sign} AS more
    FROM ${rows} CROSS JOIN LATERAL (VALUES ${values}) AS of_metric (metric, value)
    WHERE is_ranked AND value > 0`;
  const add = (changes: string) => `
    INSERT INTO standings AS known (metric, period, starts, value, readers)
      SELECT metric, period, starts, value, sum(more) FROM (${changes}) AS changes
      GROUP BY metric, period, starts, value HAVING sum(more) <> 0 ORDER BY metric, period, starts, value
      ON CONFLICT (metric, period, starts, value) DO UPDATE SET readers = known.readers + EXCLUDED.readers;`;
  return `
    CREATE FUNCTION count_${table}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN ${add(places('after', '1'))}
      ELSIF TG_OP = 'DELETE' THEN ${add(places('before', '-1'))}
      ELSE ${add(`${places('after', '1')} UNION ALL ${places('before', '-1')}`)}
      END IF;
      DELETE FROM standings WHERE readers = 0;
      RETURN NULL;
    END $$;
    CREATE TRIGGER ${table}_inserted AFTER INSERT ON ${table}
      REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION count_${table}();
    CREATE TRIGGER ${table}_updated AFTER UPDATE ON ${table}
      REFERENCING NEW TABLE AS after OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION count_${table}();
    CREATE TRIGGER ${table}_deleted AFTER DELETE ON ${table}
      REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION count_${table}();`;
}

const RANKED = `role <> 'guest' AND NOT hide_from_leaderboards`;

/** Leaderboards of all time, months and weeks, and of stories; and who does not want to be on them. */
export class CreateLeaderboards1795760200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE users ADD COLUMN hide_from_leaderboards boolean NOT NULL DEFAULT false;
      CREATE FUNCTION ask_for_standing() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO achievement_checks (user_id) VALUES (NEW.user_id);
        RETURN NULL;
      END $$;
      CREATE TRIGGER users_standing AFTER UPDATE OF role, hide_from_leaderboards ON users FOR EACH ROW
        WHEN (OLD.role <> NEW.role OR OLD.hide_from_leaderboards <> NEW.hide_from_leaderboards)
        EXECUTE FUNCTION ask_for_standing();

      CREATE TABLE standings (
        metric  text NOT NULL,
        period  text NOT NULL,
        starts  date NOT NULL,
        value   integer NOT NULL,
        readers integer NOT NULL,
        CONSTRAINT standings_pkey PRIMARY KEY (metric, period, starts, value)
      );
      CREATE INDEX standings_empty_idx ON standings (readers) WHERE readers = 0;

      CREATE TABLE reader_periods (
        period           text NOT NULL,
        starts           date NOT NULL,
        user_id          bigint NOT NULL,
        choices          integer NOT NULL DEFAULT 0,
        stories_finished integer NOT NULL DEFAULT 0,
        endings_found    integer NOT NULL DEFAULT 0,
        play_ms          bigint NOT NULL DEFAULT 0,
        xp               integer NOT NULL DEFAULT 0,
        is_ranked        boolean NOT NULL DEFAULT false,
        CONSTRAINT reader_periods_pkey PRIMARY KEY (period, starts, user_id),
        CONSTRAINT reader_periods_user_id_fkey FOREIGN KEY (user_id) REFERENCES users,
        CONSTRAINT reader_periods_period_check CHECK (period IN ('month', 'week'))
      );
      CREATE INDEX reader_periods_user_id_idx ON reader_periods (user_id);
      ALTER TABLE user_stats ADD COLUMN is_ranked boolean NOT NULL DEFAULT false;
      ${OF_READERS.map(
        ([metric, value]) =>
          `CREATE INDEX user_stats_${metric}_idx ON user_stats ((${value}), (-user_id)) WHERE is_ranked;`,
      ).join('\n')}
      ${OF_PERIODS.map(
        ([metric, value]) =>
          `CREATE INDEX reader_periods_${metric}_idx
             ON reader_periods (period, starts, (${value}), (-user_id)) WHERE is_ranked;`,
      ).join('\n')}
      ${standingsOf('user_stats', `'all' AS period, '-infinity'::date AS starts`, OF_READERS)}
      ${standingsOf('reader_periods', 'period, starts', OF_PERIODS)}

      UPDATE user_stats SET is_ranked = true FROM users
        WHERE users.user_id = user_stats.user_id AND ${RANKED};
      INSERT INTO reader_periods (period, starts, user_id, choices, stories_finished, endings_found, play_ms, xp,
          is_ranked)
        SELECT period, date_trunc(period, day::timestamp)::date AS starts, user_id, sum(choices), sum(stories_finished),
               sum(endings_found), sum(play_ms), sum(xp), bool_and(${RANKED})
        FROM reader_days JOIN users USING (user_id) CROSS JOIN (VALUES ('month'), ('week')) AS periods (period)
        GROUP BY period, starts, user_id;

      CREATE TABLE story_bests (
        story_id bigint NOT NULL,
        user_id  bigint NOT NULL,
        choices  integer NOT NULL,
        play_ms  bigint NOT NULL,
        CONSTRAINT story_bests_pkey PRIMARY KEY (story_id, user_id),
        CONSTRAINT story_bests_story_id_fkey FOREIGN KEY (story_id) REFERENCES stories,
        CONSTRAINT story_bests_user_id_fkey FOREIGN KEY (user_id) REFERENCES users
      );
      CREATE INDEX story_bests_user_id_idx ON story_bests (user_id);
      CREATE INDEX story_bests_story_id_choices_user_id_idx ON story_bests (story_id, choices, user_id);
      CREATE INDEX story_bests_story_id_play_ms_user_id_idx ON story_bests (story_id, play_ms, user_id);
      INSERT INTO story_bests
        SELECT story_id, user_id, min(choices), min(play_ms) FROM story_finishes WHERE is_unaided
        GROUP BY story_id, user_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER users_standing ON users;
      DROP FUNCTION ask_for_standing();
      ALTER TABLE users DROP COLUMN hide_from_leaderboards;
      DROP TRIGGER user_stats_inserted ON user_stats;
      DROP TRIGGER user_stats_updated ON user_stats;
      DROP TRIGGER user_stats_deleted ON user_stats;
      DROP TABLE story_bests, reader_periods, standings;
      DROP FUNCTION count_user_stats();
      DROP FUNCTION count_reader_periods();
      ALTER TABLE user_stats DROP COLUMN is_ranked;
      ${OF_READERS.map(([metric]) => `DROP INDEX IF EXISTS user_stats_${metric}_idx;`).join('\n')}
    `);
  }
}
