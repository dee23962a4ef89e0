import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { closeUnanswered } from './given-up-statements.js';
import type { Lanes } from './lanes.js';
import { Replicas } from './replicas.js';

/** A statement that PostgreSQL plans once per connection, under its name, unless `DATABASE_PREPARED` is false. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

interface Transaction {
  readonly manager: EntityManager;
  readonly afterCommit: (() => Promise<void>)[];
}

/**
 * How long, in milliseconds, an answer to a prepared statement is waited for: longer than the server lets one run. Where nothing is
 * heard even then, the connection is taken for dead, and closed.
 */
const SILENCE = 35_000;

/** The one way to the database: the transaction that the current call stands in, or a connection of the pool. */
@Injectable()
export class Database {
  readonly #transaction = new AsyncLocalStorage<Transaction>();
  readonly #replica = new AsyncLocalStorage<DataSource | undefined>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly replicas: Replicas,
  ) {}

  /** Whether the caller holds a connection: who waits for others who may want one then, may wait forever. */
  get isInTransaction(): boolean {
    return this.#transaction.getStore() !== undefined;
  }

  get manager(): EntityManager {
    return this.#transaction.getStore()?.manager ?? this.#source.manager;
  }

  /** Runs `work` in a transaction; inside another one it joins that. Everything is undone if `work` throws. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.isInTransaction) return work();
    const afterCommit: Transaction['afterCommit'] = [];
    const result = await this.dataSource.transaction((manager) =>
      this.#transaction.run({ manager, afterCommit }, work),
    );
    for (const act of afterCommit) await act();
    return result;
  }

  /**
   * Has `act` done once the transaction that the caller stands in is committed, before whoever began that goes on; at once
   * where there is none, and never when it is undone. What is done by then stays done: `act` must not fail.
   */
  async afterCommit(act: () => Promise<void>): Promise<void> {
    const transaction = this.#transaction.getStore();
    if (transaction === undefined) await act();
    else transaction.afterCommit.push(act);
  }

  /**
   * Reads what does not depend on who asks, or may be some seconds old: from a replica where one is fresh enough. `work` must
   * do nothing but read, as it is done again on the primary where the replica fails. In a transaction it reads from that.
   */
  async onReplica<T>(work: () => Promise<T>): Promise<T> {
    if (this.isInTransaction) return work();
    return this.replicas.read((replica) => this.#replica.run(replica, work), work);
  }

  /**
   * Runs `work` apart from the transaction that the caller stands in, and on the primary: for what goes on after that, or is
   * remembered for others.
   */
  apart<T>(work: () => T): T {
    return this.#transaction.exit(() => this.#replica.exit(work));
  }

  /**
   * Has what many ask at the same moment asked together; within a transaction, which shares nothing, each by itself.
   * @param most how many are asked together at most
   * @param ask answers each in their order; what fails of several is done as lanes say
   */
  together<Key, Value>(
    lanes: Lanes,
    most: number,
    ask: (keys: readonly Key[]) => Promise<Value[]>,
  ): (key: Key) => Promise<Value> {
    const loader = lanes.loader(most, (keys: readonly Key[]) => this.apart(() => ask(keys)));
    return async (key) => (this.isInTransaction ? (await ask([key]))[0]! : loader.load(key));
  }

  /** Runs statements one after another, each with the same parameters; without any, they are sent together. */
  async run(statements: readonly string[], parameters: readonly unknown[] = []): Promise<void> {
    if (parameters.length === 0) await this.query(statements.join(';\n'));
    else for (const statement of statements) await this.query(statement, parameters);
  }

  /** @returns the rows of one SQL statement with `$1`-style parameters */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result: unknown = await this.manager.query(sql, [...parameters]);
    // For UPDATE and DELETE the driver answers with the pair of rows and their count.
    return (isRowsAndCount(result) ? result[0] : result) as Row[];
  }

  /**
   * Runs a named prepared statement, which PostgreSQL plans once per connection: for the hot path.
   * @returns its rows
   */
  async prepared<Row extends QueryResultRow>(
    { name, text }: PreparedStatement,
    values: readonly unknown[],
  ): Promise<Row[]> {
    const statement = this.config.databasePrepared ? { name, text } : { text };
    const query = { ...statement, values: [...values], ...this.#patience };
    const runner = this.#transaction.getStore()?.manager.queryRunner;
    if (runner === undefined) return (await this.#pool.query<Row>(query)).rows;
    const client = (await runner.connect()) as PoolClient;
    try {
      return (await client.query<Row>(query)).rows;
    } catch (error) {
      void closeUnanswered(client, error);
      throw error;
    }
  }

  /** Replicas have a shorter one of their own. */
  get #patience(): { query_timeout?: number } {
    return this.#source === this.dataSource ? { query_timeout: SILENCE } : {};
  }

  get #source(): DataSource {
    return this.#replica.getStore() ?? this.dataSource;
  }

  get #pool(): Pool {
    return (this.#source.driver as unknown as { master: Pool }).master;
  }
}

function isRowsAndCount(result: unknown): result is [unknown[], number] {
  return Array.isArray(result) && Array.isArray(result[0]) && typeof result[1] === 'number';
}
