import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Seeder } from '../seeds/seeder.js';
import { createServer } from './app.server.js';
import { Config } from './config/config.js';
import { DatabaseServer } from './database/database-server.js';
import type { StorageUnavailable } from './media/storage/storage-unavailable.js';
import { Storage } from './media/storage/storage.js';
import { logOutput } from './operations/logging.js';
import { endUnstarted, startProblem } from './start-failure.js';

async function main(): Promise<void> {
  const app = await createServer();
  try {
    await serve(app);
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function serve(app: NestFastifyApplication): Promise<void> {
  const config = app.get(Config);
  const seeder = app.get(Seeder);
  await seeder.ensureAdmin();
  await seeder.ensureTemplates();
  if (config.seedSamples) await seeder.seedStories();
  warnWithoutStorage(app.get(Storage));
  await app.listen(config.port, config.host);
  logOutput.write(`
  Talegraph is ready.

    GraphQL and its IDE   ${config.publicUrl}/graphql
    Health and metrics    ${config.publicUrl}/health/ready  ${config.publicUrl}/metrics
    Database              ${app.get(DatabaseServer).description}

  Ctrl-C stops everything cleanly.

`);
}

/** Does not wait: all but uploads and media goes without the storage. */
function warnWithoutStorage(storage: Storage): void {
  storage.assertAnswers().catch((error: unknown) => {
    const { reason } = error as StorageUnavailable;
    new Logger('Storage').warn(
      `The storage at ${storage.origin} cannot be used (${reason}). ` +
        'Uploads and media fail until it can: look at STORAGE_URL, and whether it runs.',
    );
  });
}

main().catch((error: unknown) => {
  endUnstarted(`\nTalegraph could not start. ${startProblem(error)}\n`);
});
