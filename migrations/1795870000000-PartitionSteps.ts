import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the ids of one month are counted from: those of November 2026 begin behind 202,611,000,000,000. */
const IDS_A_MONTH = 1_000_000_000;

const MONTHS_AHEAD = 2;

const SEQUENCES = [
  `pg_get_serial_sequence('user_progress', 'progress_id')::regclass`,
  `pg_get_serial_sequence('play_facts', 'fact_id')::regclass`,
];

/** All that is locked anyway, in the order in which counting and choices take it: otherwise both would wait for each other. */
const LOCK = 'LOCK TABLE counting, user_progress, progress_steps, play_facts';

/**
 * Steps and facts lie in partitions by the month in which the playthrough began, and in which the fact came to be: each
 * month, ids go on behind its own thousand million. What there is becomes the first partition as it stands. Readers go on
 * meanwhile: all rows are looked at beforehand, and the tables change places in a moment.
 */
export class PartitionSteps1795870000000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    if (await isPartitioned(runner)) return;
    const months = await monthsToCome(runner);
    const first = months[0]! * IDS_A_MONTH;
    await runner.query(`
      ALTER TABLE progress_steps DROP CONSTRAINT IF EXISTS progress_steps_bound;
      ALTER TABLE progress_steps ADD CONSTRAINT progress_steps_bound CHECK (progress_id < ${first}) NOT VALID`);
    try {
      await runner.query('ALTER TABLE progress_steps VALIDATE CONSTRAINT progress_steps_bound');
    } catch (error) {
      await runner.query('ALTER TABLE progress_steps DROP CONSTRAINT progress_steps_bound');
      throw error;
    }
    await inTransaction(runner, async () => {
      await runner.query(`
      ${LOCK};
      ALTER TABLE progress_steps RENAME TO progress_steps_000000;
      ALTER INDEX progress_steps_pkey RENAME TO progress_steps_000000_pkey;
      ALTER INDEX progress_steps_ends_idx RENAME TO progress_steps_000000_progress_id_idx;
      CREATE TABLE progress_steps (
        LIKE progress_steps_000000 INCLUDING DEFAULTS,
        CONSTRAINT progress_steps_pkey PRIMARY KEY (progress_id, seq),
        CONSTRAINT progress_steps_progress_id_fkey
          FOREIGN KEY (progress_id) REFERENCES user_progress ON DELETE CASCADE
      ) PARTITION BY RANGE (progress_id);
      CREATE INDEX progress_steps_ends_idx ON progress_steps (progress_id) WHERE is_end;
      ALTER TABLE progress_steps ATTACH PARTITION progress_steps_000000 FOR VALUES FROM (MINVALUE) TO (${first});
      ALTER TABLE progress_steps_000000 DROP CONSTRAINT progress_steps_bound;

      ALTER TABLE play_facts RENAME TO play_facts_000000;
      ALTER INDEX play_facts_pkey RENAME TO play_facts_000000_pkey;
      ALTER TABLE play_facts_000000 ALTER COLUMN fact_id DROP IDENTITY;
      CREATE TABLE play_facts (
        fact_id     bigint GENERATED ALWAYS AS IDENTITY,
        progress_id bigint NOT NULL,
        seq         integer NOT NULL,
        CONSTRAINT play_facts_pkey PRIMARY KEY (fact_id)
      ) PARTITION BY RANGE (fact_id);
      ALTER TABLE play_facts ATTACH PARTITION play_facts_000000 FOR VALUES FROM (MINVALUE) TO (${first})`);
      for (const [i, month] of months.slice(0, -1).entries()) {
        for (const table of ['progress_steps', 'play_facts'])
          await runner.query(
            `CREATE TABLE ${table}_${month} PARTITION OF ${table}
           FOR VALUES FROM (${month * IDS_A_MONTH}) TO (${months[i + 1]! * IDS_A_MONTH})`,
          );
      }
      // Last, as nothing takes it back: ids behind the bound need their partitions.
      for (const ids of SEQUENCES)
        await runner.query(
          `SELECT setval(${ids}, greatest(coalesce(pg_sequence_last_value(${ids}), 0), ${first}))`,
        );
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    if (!(await isPartitioned(runner))) return;
    await inTransaction(runner, async () => {
      await runner.query(`
      ${LOCK};
      CREATE TEMPORARY TABLE steps ON COMMIT DROP AS SELECT * FROM progress_steps;
      DROP TABLE progress_steps;
      CREATE TABLE progress_steps (
        progress_id bigint NOT NULL,
        seq         integer NOT NULL,
        node_id     bigint NOT NULL,
        choice_id   bigint,
        to_node_id  bigint NOT NULL,
        at          timestamptz NOT NULL DEFAULT now(),
        outcome     jsonb,
        undone      boolean NOT NULL DEFAULT false,
        version_id  bigint NOT NULL,
        is_end      boolean NOT NULL DEFAULT false,
        day         date NOT NULL DEFAULT now(),
        collected   text[],
        CONSTRAINT progress_steps_pkey PRIMARY KEY (progress_id, seq),
        CONSTRAINT progress_steps_progress_id_fkey
          FOREIGN KEY (progress_id) REFERENCES user_progress ON DELETE CASCADE
      );
      INSERT INTO progress_steps SELECT * FROM steps;
      CREATE INDEX progress_steps_ends_idx ON progress_steps (progress_id) WHERE is_end;

      CREATE TEMPORARY TABLE facts ON COMMIT DROP AS SELECT * FROM play_facts;
      DROP TABLE play_facts;
      CREATE TABLE play_facts (
        fact_id     bigint GENERATED ALWAYS AS IDENTITY,
        progress_id bigint NOT NULL,
        seq         integer NOT NULL,
        CONSTRAINT play_facts_pkey PRIMARY KEY (fact_id)
      );
      INSERT INTO play_facts (progress_id, seq) SELECT progress_id, seq FROM facts ORDER BY fact_id`);
    });
  }
}

/** The months that get partitions, and the one after them: from the present one on, or the first that has no ids yet. */
async function monthsToCome(runner: QueryRunner): Promise<number[]> {
  const [{ present, last }] = (await runner.query(
    `SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMM')::integer AS present,
            greatest(0, (SELECT max(progress_id) FROM user_progress), (SELECT max(fact_id) FROM play_facts),
                     ${SEQUENCES.map((ids) => `pg_sequence_last_value(${ids})`).join(', ')}) AS last`,
  )) as [{ present: number; last: number }];
  const months = [Math.max(present, monthAfter(Math.floor(last / IDS_A_MONTH)))];
  while (months.length <= MONTHS_AHEAD + 1) months.push(monthAfter(months.at(-1)!));
  return months;
}

const monthAfter = (month: number): number => (month % 100 === 12 ? month + 89 : month + 1);

async function isPartitioned(runner: QueryRunner): Promise<boolean> {
  const [row] = (await runner.query(
    `SELECT relkind = 'p' AS "isPartitioned" FROM pg_class WHERE oid = 'progress_steps'::regclass`,
  )) as [{ isPartitioned: boolean }];
  return row.isPartitioned;
}

/** A migration without a transaction of its own leaves none open where it fails. */
async function inTransaction(runner: QueryRunner, work: () => Promise<void>): Promise<void> {
  await runner.startTransaction();
  try {
    await work();
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}
