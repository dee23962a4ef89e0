import { createServer } from './app.server.js';
import { Config } from './config/config.js';
import { DatabaseServer } from './database/database-server.js';
import { logOutput } from './operations/logging.js';

/** What a worker answers: only what operators and their machines ask. */
const ANSWERED = /^\/(health\/|metrics$)/;

/** Works on the jobs that servers queue, until it is stopped. */
export async function runWorker(): Promise<void> {
  if (Config.from(process.env).databaseUrl === undefined) {
    throw new Error(
      'A worker needs DATABASE_URL, the database of its servers. An embedded PostgreSQL belongs to one process, ' +
        'which works on its jobs itself.',
    );
  }
  const app = await createServer({ jobs: 'works' });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request, reply) => {
      if (!ANSWERED.test(request.url)) await reply.code(404).send();
    });
  try {
    const { port, host } = app.get(Config);
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    throw error;
  }
  logOutput.write(`
  Talegraph works. It does the jobs that servers with JOBS=elsewhere queue.

    Health and metrics    ${await app.getUrl()}/health/ready  ${await app.getUrl()}/metrics
    Database              ${app.get(DatabaseServer).description}

  Ctrl-C stops it cleanly; what it does not finish is done by another worker.

`);
}
