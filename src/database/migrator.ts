import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { MigrationExecutor, type DataSource, type MigrationInterface } from 'typeorm';
import { isWithoutLock } from './sql-state.js';

const MIGRATION_LOCK = 7_418_254;

/** How often an instance that waits its turn looks whether it has come, in milliseconds. */
const LOOK_EVERY = 50;

/** How often a migration is tried that does not get its lock, and how long the pause between is, in milliseconds. */
const ATTEMPTS = 20;
const PAUSE = 1000;

/** One migration and whether this database has it. */
export interface MigrationStatus {
  readonly name: string;
  readonly applied: boolean;
}

/** Applies, reverts and lists migrations; instances that start together take turns. */
export class Migrator {
  readonly #logger = new Logger('Migrator');

  /** @param dataSource of this alone, without a pooler between */
  constructor(private readonly dataSource: DataSource) {}

  async connect(): Promise<void> {
    await this.dataSource.initialize();
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  /** Applies what is pending, each migration in a transaction of its own. @returns the names applied */
  run(): Promise<string[]> {
    return this.#alone(async () => {
      const before = await this.#appliedNames();
      await this.#patiently(() => this.#executor('each').executePendingMigrations());
      return [...(await this.#appliedNames())].filter((name) => !before.has(name));
    });
  }

  /**
   * Reverts the newest migration.
   * @param agreed the one that it must be, where somebody was asked
   * @returns its name, or undefined when none is applied
   */
  revert(agreed?: string): Promise<string | undefined> {
    return this.#alone(async () => {
      const newest = await this.newest();
      if (agreed !== undefined && newest !== agreed)
        throw new Error(`${agreed} is the newest migration no longer. Nothing was done.`);
      if (newest === undefined) return undefined;
      const { transaction } = this.dataSource.migrations.find(
        ({ name, constructor }) => (name ?? constructor.name) === newest,
      )!;
      // Unlike running, TypeORM's reverting does not look what the migration says.
      await this.#patiently(() =>
        this.#executor(transaction === false ? 'none' : 'each').undoLastMigration(),
      );
      return newest;
    });
  }

  /** The name of the migration that {@link revert} would take back, or undefined when none is applied. */
  async newest(): Promise<string | undefined> {
    return (await this.status()).findLast((migration) => migration.applied)?.name;
  }

  /** Every migration of this build, oldest first. */
  async status(): Promise<MigrationStatus[]> {
    const applied = await this.#appliedNames();
    return this.dataSource.migrations.map((migration) => {
      const name = migration.name ?? migration.constructor.name;
      return { name, applied: applied.has(name) };
    });
  }

  /** The SQL that would bring the database to what the entities describe; empty when they agree. */
  async drift(): Promise<{ up: string[]; down: string[] }> {
    const { upQueries, downQueries } = await this.dataSource.driver.createSchemaBuilder().log();
    return {
      up: upQueries.map(({ query }) => query),
      down: downQueries.map(({ query }) => query).reverse(),
    };
  }

  #executor(transaction: 'each' | 'none'): MigrationExecutor {
    const executor = new Executor(this.dataSource);
    executor.transaction = transaction;
    return executor;
  }

  /** Does it again where a lock was not to be had in time: meanwhile, those that wait behind it get on. */
  async #patiently(work: () => Promise<unknown>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await work();
        return;
      } catch (error) {
        if (!isWithoutLock(error) || attempt === ATTEMPTS) throw error;
        this.#logger.warn(`A migration waits for a table in use (attempt ${attempt}).`);
        await setTimeout(PAUSE);
      }
    }
  }

  async #appliedNames(): Promise<Set<string>> {
    const [table] = await this.dataSource.query<{ found: boolean }[]>(
      `SELECT to_regclass('migrations') IS NOT NULL AS found`,
    );
    if (table?.found !== true) return new Set();
    const rows = await this.dataSource.query<{ name: string }[]>(
      'SELECT name FROM migrations ORDER BY id',
    );
    return new Set(rows.map(({ name }) => name));
  }

  /** Holds a session lock on a connection of its own, so that it does not depend on the pool's size. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const { url } = this.dataSource.options as { url: string };
    const client = new pg.Client({ connectionString: url });
    // A lost connection fails the statements under way; nothing more is to be done about it here.
    client.on('error', () => undefined);
    await client.connect();
    try {
      while (!(await isLockedBy(client))) await setTimeout(LOOK_EVERY);
      return await work();
    } finally {
      await client.end();
    }
  }
}

/** Asks, and does not wait: indexes made concurrently wait for every statement that waits. */
async function isLockedBy(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'SELECT pg_try_advisory_lock($1) AS locked',
    [MIGRATION_LOCK],
  );
  return rows[0]!.locked;
}

/** Each migration begins with the settings of the session, whatever one before it, or an attempt that broke off, has set. */
class Executor extends MigrationExecutor {
  protected override getMigrations(): ReturnType<MigrationExecutor['getMigrations']> {
    const migrations = super.getMigrations();
    for (const migration of migrations) migration.instance = afresh(migration.instance!);
    return migrations;
  }
}

function afresh(migration: MigrationInterface): MigrationInterface {
  return {
    ...(migration.transaction !== undefined && { transaction: migration.transaction }),
    up: async (runner) => {
      await runner.query('RESET ALL');
      await migration.up(runner);
    },
    down: async (runner) => {
      await runner.query('RESET ALL');
      await migration.down(runner);
    },
  };
}
