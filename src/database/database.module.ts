import {
  Global,
  Logger,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { newDataSource, type DataSourceSettings } from './data-source.js';
import { Database } from './database.js';
import { DatabaseServer, openDatabaseServer } from './database-server.js';
import { Migrator } from './migrator.js';

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
          provide: DataSource,
          useFactory: (config: Config, server: DatabaseServer) => connect(config, server, options),
          inject: [Config, DatabaseServer],
        },
        Database,
        Migrator,
      ],
      exports: [DataSource, Database, DatabaseServer, Migrator],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
    await this.server.stop();
  }
}

async function connect(
  config: Config,
  server: DatabaseServer,
  options: DatabaseModuleOptions,
): Promise<DataSource> {
  const logger = new Logger('Database');
  const dataSource = newDataSource({
    url: server.url,
    poolSize: config.databasePoolSize,
    entities: options.entities,
    migrations: options.migrations,
    onPoolError: (error) => {
      logger.warn(`A database connection was lost: ${error.message}`);
    },
  });
  try {
    await dataSource.initialize();
    if (options.migrate) await ensureMigrated(dataSource, config.autoMigrate, logger);
    return dataSource;
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    await server.stop();
    throw error;
  }
}

async function ensureMigrated(
  dataSource: DataSource,
  apply: boolean,
  logger: Logger,
): Promise<void> {
  const migrator = new Migrator(dataSource);
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
