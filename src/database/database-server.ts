import { Logger } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { DataFolderInUse, EmbeddedPostgres } from './embedded/embedded-postgres.js';

/** The PostgreSQL in use: the one `DATABASE_URL` names, or our own. */
export abstract class DatabaseServer {
  abstract readonly url: string;
  /** The same database, without a pooler between: for what a whole session is needed for. */
  abstract readonly directUrl: string;
  /** In words, for the start-up banner. */
  abstract readonly description: string;
  abstract stop(): Promise<void>;
}

export interface OpenOptions {
  /** Work beside a Talegraph server that runs on the same data, instead of refusing to start. */
  readonly beside: boolean;
}

/** @throws {DataFolderInUse} when another process owns the embedded database and `beside` is false */
export async function openDatabaseServer(
  config: Config,
  { beside }: OpenOptions,
): Promise<DatabaseServer> {
  if (config.databaseUrl !== undefined) {
    const { host, pathname } = new URL(config.databaseUrl);
    return foreign(
      config.databaseUrl,
      `PostgreSQL at ${host}${pathname}`,
      config.databaseDirectUrl,
    );
  }
  const logger = new Logger('EmbeddedPostgres');
  try {
    const embedded = await EmbeddedPostgres.start(config.dataDir, {
      onEvent: (message) => {
        logger.warn(message);
      },
    });
    return {
      url: embedded.url,
      directUrl: embedded.url,
      description: `embedded PostgreSQL 18, data in ${embedded.folder}`,
      stop: () => embedded.stop(),
    };
  } catch (error) {
    const url =
      beside && error instanceof DataFolderInUse && (await EmbeddedPostgres.attach(config.dataDir));
    if (!url) throw error;
    return foreign(url, 'the embedded PostgreSQL of the running server');
  }
}

function foreign(url: string, description: string, directUrl = url): DatabaseServer {
  return { url, directUrl, description, stop: () => Promise.resolve() };
}
