import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A database of a test file's own: a copy of the migrated, empty template. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

export async function newTestDatabase(
  template = process.env.TEST_TEMPLATE!,
): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: process.env.TEST_POSTGRES_URL!.replace(/\/talegraph$/, `/${name}`),
    drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/** Breaks all connections to a database, and has new ones refused until the work is done. */
export async function withoutDatabase(url: string, work: () => Promise<unknown>): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await onServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  try {
    await onServer(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
    );
    await work();
  } finally {
    await onServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  }
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.TEST_POSTGRES_URL });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
