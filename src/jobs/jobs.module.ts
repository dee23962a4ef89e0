import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { DatabaseServer } from '../database/database-server.js';
import { Jobs } from './jobs.js';

@Global()
@Module({})
export class JobsModule {
  /** @param options.beside true for commands, which leave the work to the servers */
  static forRoot({ beside }: { readonly beside: boolean }): DynamicModule {
    return {
      module: JobsModule,
      providers: [
        {
          provide: Jobs,
          useFactory: (config: Config, server: DatabaseServer, database: Database) =>
            new Jobs(config, server, database, !beside),
          inject: [Config, DatabaseServer, Database],
        },
      ],
      exports: [Jobs],
    };
  }
}
