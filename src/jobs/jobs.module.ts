import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { DatabaseServer } from '../database/database-server.js';
import { Jobs, type JobsRole } from './jobs.js';

@Global()
@Module({})
export class JobsModule {
  /** @param role what this process has to do with jobs; for a server, `JOBS` says so */
  static forRoot(role?: JobsRole): DynamicModule {
    return {
      module: JobsModule,
      providers: [
        {
          provide: Jobs,
          useFactory: (config: Config, server: DatabaseServer, database: Database) =>
            new Jobs(config, server, database, role ?? roleOf(config)),
          inject: [Config, DatabaseServer, Database],
        },
      ],
      exports: [Jobs],
    };
  }
}

const roleOf = ({ jobs }: Config): JobsRole => (jobs === 'here' ? 'works' : 'queues');
