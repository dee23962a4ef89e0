import {
  Global,
  Logger,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { BOUNDS, MIGRATING, newDataSource, type DataSourceSettings } from './data-source.js';
import { Database } from './database.js';
import { DatabaseServer, openDatabaseServer } from './database-server.js';
import { Migrator } from './migrator.js';
import { Replicas } from './replicas.js';
import { unusableDatabase } from './unusable-database.js';

const logger = new Logger('Database');

/** How long a replica may take to answer before the primary is asked, in milliseconds. */
const REPLICA_PATIENCE = 5000;

export interface DatabaseModuleOptions extends Pick<DataSourceSettings, 'entities' | 'migrations'> {
  /** See {@link openDatabaseServer}; true for commands. */
  readonly beside: boolean;
  /** Check, and with `AUTO_MIGRATE` apply, the migrations before anything else starts. */
  readonly migrate: boolean;
}

@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    private readonly migrator: Migrator,
    private readonly server: DatabaseServer,
  ) {}

  static forRoot(options: DatabaseModuleOptions): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: DatabaseServer,
          useFactory: (config: Config) => openDatabaseServer(config, options),
          inject: [Config],
        },
        {
          provide: Migrator,
          useFactory: (config: Config, server: DatabaseServer) => migrate(config, server, options),
          inject: [Config, DatabaseServer],
        },
        {
          provide: DataSource,
          // The migrator comes first: until it is done, nothing else is to look at the tables.
          useFactory: (config: Config, server: DatabaseServer, migrator: Migrator) =>
            connect(config, server, migrator, options),
          inject: [Config, DatabaseServer, Migrator],
        },
        {
          provide: Replicas,
          useFactory: (primary: DataSource, config: Config) =>
            new Replicas(primary, config, replicaSources(config, options)),
          inject: [DataSource, Config],
        },
        Database,
      ],
      exports: [DataSource, Database, DatabaseServer, Migrator, Replicas],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
    await this.migrator.close();
    await this.server.stop();
  }
}

async function migrate(
  config: Config,
  server: DatabaseServer,
  options: DatabaseModuleOptions,
): Promise<Migrator> {
  const migrator = new Migrator(newDataSource(settings(server.directUrl, 2, MIGRATING, options)));
  try {
    await migrator.connect().catch((error: unknown) => {
      throw unusableDatabase(error, config, { isDirect: true });
    });
    if (options.migrate) await ensureMigrated(migrator, config.autoMigrate);
    return migrator;
  } catch (error) {
    await migrator.close();
    await server.stop();
    throw error;
  }
}

async function connect(
  config: Config,
  server: DatabaseServer,
  migrator: Migrator,
  options: DatabaseModuleOptions,
): Promise<DataSource> {
  const bounds = config.databaseDirectUrl === undefined ? BOUNDS : undefined;
  const dataSource = newDataSource(settings(server.url, config.databasePoolSize, bounds, options));
  try {
    return await dataSource.initialize();
  } catch (error) {
    await migrator.close();
    await server.stop();
    throw unusableDatabase(error, config, { isDirect: false });
  }
}

const replicaSources = (config: Config, options: DatabaseModuleOptions): DataSource[] =>
  config.databaseReplicaUrls.map((url) =>
    newDataSource({
      ...settings(url, config.databasePoolSize, undefined, options),
      migrations: [],
      patience: REPLICA_PATIENCE,
    }),
  );

const settings = (
  url: string,
  poolSize: number,
  options: string | undefined,
  { entities, migrations }: DatabaseModuleOptions,
): DataSourceSettings => ({
  url,
  poolSize,
  ...(options !== undefined && { options }),
  entities,
  migrations,
  onPoolError: (error) => {
    logger.warn(`A database connection was lost: ${error.message}`);
  },
});

async function ensureMigrated(migrator: Migrator, apply: boolean): Promise<void> {
  if (apply) {
    const applied = await migrator.run();
    if (applied.length > 0) logger.log(`Applied ${applied.length} migrations`);
    return;
  }
  const pending = (await migrator.status()).filter((migration) => !migration.applied);
  if (pending.length > 0) {
    throw new Error(
      `${pending.length} migrations are pending (AUTO_MIGRATE is false): run "talegraph migrate run" first.`,
    );
  }
}
