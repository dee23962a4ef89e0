import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import type { DataSource } from 'typeorm';

/** A statement as it reached the database. */
export interface SentStatement {
  /** Of a prepared one. */
  readonly name?: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Counts the SQL statements that reach the database. */
export class StatementCounter {
  readonly #pool: pg.Pool;

  /** @param forget has what was read a moment ago read anew */
  constructor(
    private readonly dataSource: DataSource,
    private readonly forget: () => Promise<void>,
  ) {
    this.#pool = (dataSource.driver as unknown as { master: pg.Pool }).master;
  }

  /** Runs `work`. @returns the statements that it sent, in order; transaction brackets are left out, and the job that counts plays */
  async during(work: () => Promise<unknown>): Promise<string[]> {
    return (await this.sentDuring(work)).map(({ text }) => text);
  }

  /** The same, with the values of their parameters. */
  async sentDuring(work: () => Promise<unknown>): Promise<SentStatement[]> {
    await this.#jobsAreDone();
    await this.forget();
    const statements: SentStatement[] = [];
    const record = (client: pg.PoolClient) => {
      const query = client.query.bind(client) as (...args: unknown[]) => unknown;
      (client as { query: unknown }).query = (...args: unknown[]) => {
        const [first, second] = args;
        const {
          name,
          text,
          values = [],
        } = typeof first === 'string'
          ? { name: undefined, text: first, values: second as unknown[] | undefined }
          : (first as Partial<SentStatement>);
        if (text !== undefined && !/^(START|BEGIN|COMMIT|ROLLBACK)|'count-plays'/.test(text))
          statements.push({ name, text, values });
        return query(...args);
      };
    };
    const restore = (_: unknown, client: pg.PoolClient) => {
      delete (client as { query?: unknown }).query;
    };
    this.#pool.on('acquire', record);
    this.#pool.on('release', restore);
    try {
      await work();
    } finally {
      this.#pool.off('acquire', record);
      this.#pool.off('release', restore);
    }
    return statements;
  }

  /** Waits until no job is at work or about to be: what it sends is not of the work that is counted. */
  async #jobsAreDone(): Promise<void> {
    const due = `(SELECT 1 FROM pgboss.job WHERE state IN ('created', 'retry', 'active') AND start_after <= now() LIMIT 1)
      UNION ALL (SELECT 1 FROM play_facts LIMIT 1)`;
    while ((await this.dataSource.query<unknown[]>(due)).length > 0) await setTimeout(50);
  }
}
