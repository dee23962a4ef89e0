import 'reflect-metadata';
import { createServer } from './app.server.js';
import { Config } from './config/config.js';
import { DatabaseServer } from './database/database-server.js';

async function main(): Promise<void> {
  const app = await createServer();
  const config = app.get(Config);
  await app.listen(config.port, config.host);
  process.stdout.write(`
  Talegraph is ready.

    GraphQL and its IDE   ${config.publicUrl}/graphql
    Health and metrics    ${config.publicUrl}/health/ready  ${config.publicUrl}/metrics
    Database              ${app.get(DatabaseServer).description}

  Ctrl-C stops everything cleanly.

`);
}

main().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n\n`);
  process.exitCode = 1;
});
