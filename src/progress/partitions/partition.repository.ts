import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { isWithoutLock } from '../../database/sql-state.js';
import { idsBehind, monthAfter, type Month } from './months.js';

/** A table that lies in partitions by month. */
export interface PartitionedTable {
  readonly name: string;
  /** The column whose ids tell the month. */
  readonly key: string;
  /** The table whose ids those are: a partition is of use as long as that has any of them. */
  readonly numberedBy: string;
}

export interface Partition {
  readonly name: string;
  /** Its ids: from `from` on, and below `to`. */
  readonly from: number;
  readonly to: number;
}

/** How long a change waits for whoever uses the table, in milliseconds: those behind it wait as long. */
const PATIENCE = 100;

@Injectable()
export class PartitionRepository {
  constructor(private readonly database: Database) {}

  /** The partitions of a table, oldest first. */
  find({ name }: PartitionedTable): Promise<Partition[]> {
    return this.database.query(
      `SELECT name, coalesce(substring(bounds FROM 'FROM \\(''(\\d+)')::bigint, 0) AS "from",
              substring(bounds FROM 'TO \\(''(\\d+)')::bigint AS "to"
       FROM (
         SELECT relname AS name, pg_get_expr(relpartbound, oid) AS bounds
         FROM pg_class JOIN pg_inherits ON inhrelid = oid WHERE inhparent = $1::regclass
       ) AS parts ORDER BY "to"`,
      [name],
    );
  }

  /**
   * Makes the partition of a month.
   * @throws where the table cannot be had at once; nothing is done then
   */
  async make({ name }: PartitionedTable, month: Month): Promise<void> {
    const made = `${name}_${month}`;
    await this.#atOnce(() =>
      // Attaching keeps nobody from reading and writing the other partitions; `PARTITION OF` would.
      this.database.run([
        `CREATE TABLE ${made} (LIKE ${name} INCLUDING DEFAULTS)`,
        `ALTER TABLE ${name} ATTACH PARTITION ${made}
         FOR VALUES FROM (${idsBehind(month)}) TO (${idsBehind(monthAfter(month))})`,
      ]),
    );
  }

  /** Lets new ids be those of a month, unless they have come so far already. */
  async begin({ key, numberedBy }: PartitionedTable, month: Month): Promise<void> {
    await this.database.transaction(async () => {
      // Of two that set it, the second would give out the first one's ids again.
      await this.database.query(
        `SELECT pg_advisory_xact_lock(hashtextextended('month:' || $1::text, 0))`,
        [numberedBy],
      );
      await this.database.query(
        `SELECT setval(ids, $3) FROM (SELECT pg_get_serial_sequence($1, $2)::regclass AS ids) AS numbers
         WHERE coalesce(pg_sequence_last_value(ids), 0) < $3`,
        [numberedBy, key, idsBehind(month)],
      );
    });
  }

  /**
   * Drops a partition whose ids are given out no more, unless it is of use yet.
   * @returns whether it was dropped: not either where the tables cannot be had at once
   */
  async dropUnused(table: PartitionedTable, partition: Partition): Promise<boolean> {
    // Most are of use: nobody is to wait for that to be seen.
    if (await this.#isUsed(table, partition)) return false;
    try {
      return await this.#atOnce(async () => {
        // Whoever was given one of its ids has this table until that is committed. Those who come later get newer ids.
        await this.database.query(`LOCK TABLE ${table.numberedBy} IN SHARE MODE`);
        if (await this.#isUsed(table, partition)) return false;
        await this.database.query(`DROP TABLE ${partition.name}`);
        return true;
      });
    } catch (error) {
      if (isWithoutLock(error)) return false;
      throw error;
    }
  }

  async #isUsed({ key, numberedBy }: PartitionedTable, { from, to }: Partition): Promise<boolean> {
    const used = await this.database.query(
      `SELECT FROM ${numberedBy} WHERE ${key} >= $1 AND ${key} < $2 LIMIT 1`,
      [from, to],
    );
    return used.length > 0;
  }

  async #atOnce<T>(change: () => Promise<T>): Promise<T> {
    return this.database.transaction(async () => {
      await this.database.query(`SET LOCAL lock_timeout = ${PATIENCE}`);
      return change();
    });
  }
}
