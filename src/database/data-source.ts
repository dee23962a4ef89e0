import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { GivenUpStatements } from './given-up-statements.js';
import { SnakeCaseNaming } from './naming.js';

type Classes = Extract<DataSourceOptions['entities'], readonly unknown[]>;

// Identity keys and counts stay far below 2^53, so they are plain numbers.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** What bounds the sessions of servers. A pooler's sessions are bounded by its own settings, as it takes none of a client. */
export const BOUNDS = '-c statement_timeout=30s -c idle_in_transaction_session_timeout=60s';

/**
 * Those of migrations. One that does not get its lock soon gives up and is tried again, since whoever comes after it to the
 * table waits behind it. What it does may take hours, also where the role bounds the statements of servers.
 */
export const MIGRATING =
  '-c lock_timeout=3s -c statement_timeout=0 -c idle_in_transaction_session_timeout=60s';

export interface DataSourceSettings {
  readonly url: string;
  readonly poolSize: number;
  /** Settings of each session, as PostgreSQL takes them when one begins. */
  readonly options?: string;
  /** How long a connection and a statement may take, in milliseconds, before they are given up: by the server a little earlier. */
  readonly patience?: number;
  readonly entities: Classes;
  readonly migrations: Classes;
  readonly onPoolError: (error: Error) => void;
}

/** Has the server end a statement a little before it is given up here, in milliseconds: what is only given up here runs on. */
const boundsWithin = (patience: number) => `-c statement_timeout=${Math.floor(patience * 0.9)}`;

/** How a session is refused that begins with what is not understood (protocol_violation). */
const NOT_UNDERSTOOD = '08P01';

/** The TypeORM data source: entities describe the schema, migrations alone change it. */
export function newDataSource(settings: DataSourceSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    url: settings.url,
    entities: settings.entities as never,
    migrations: settings.migrations as never,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeCaseNaming(),
    synchronize: false,
    installExtensions: false,
    poolSize: settings.poolSize,
    poolErrorHandler: settings.onPoolError,
    applicationName: 'talegraph',
    connectTimeoutMS: settings.patience ?? 10_000,
    subscribers: settings.patience === undefined ? [] : [GivenUpStatements],
    extra: {
      // A server that is gone without a word is found to be while it is waited for.
      ...{ keepAlive: true, keepAliveInitialDelayMillis: 10_000 },
      ...(settings.options !== undefined && { options: settings.options }),
      ...(settings.patience !== undefined && {
        options: boundsWithin(settings.patience),
        query_timeout: settings.patience,
      }),
    },
  });
}

/** Connects to a replica, or a pooler before it. One that takes no settings gets none: statements are given up here alone. */
export async function connectReplica(replica: DataSource): Promise<void> {
  try {
    await replica.initialize();
  } catch (error) {
    if ((error as { code?: unknown }).code !== NOT_UNDERSTOOD) throw error;
    const extra = replica.options.extra as object;
    replica.setOptions({ extra: { ...extra, options: undefined } });
    await replica.initialize();
  }
}
