import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { SnakeCaseNaming } from './naming.js';

type Classes = Extract<DataSourceOptions['entities'], readonly unknown[]>;

// Identity keys and counts stay far below 2^53, so they are plain numbers.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** How alike two words must be, from 0 to 1, for search to take one for a misspelling of the other. */
const WORD_SIMILARITY = 0.42;

const SESSION_OPTIONS = [
  `-c pg_trgm.word_similarity_threshold=${WORD_SIMILARITY}`,
  '-c statement_timeout=30s',
  '-c idle_in_transaction_session_timeout=60s',
].join(' ');

export interface DataSourceSettings {
  readonly url: string;
  readonly poolSize: number;
  readonly entities: Classes;
  readonly migrations: Classes;
  readonly onPoolError: (error: Error) => void;
}

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
    connectTimeoutMS: 10_000,
    extra: { options: SESSION_OPTIONS },
  });
}
