import cors from '@fastify/cors';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { PinoLogger } from 'nestjs-pino';
import { PublicAnswers } from './answers/public-answers.js';
import { AppModule, type AppOptions } from './app.module.js';
import { Config } from './config/config.js';
import { refuseUnfitRequests } from './graphql/http-requests.js';
import { serveIdeAssets } from './graphql/ide/ide.js';
import { Storage } from './media/storage/storage.js';
import { streamUploads } from './media/uploads/upload.controller.js';
import { requestId, ServerLogger } from './operations/logging.js';
import { logRequests } from './operations/request-log.js';
import { securityHeaders } from './operations/security-headers.js';

/** How long a client may go on reading what it asked for when the server stops, in milliseconds. */
const LONGEST_READ = 5000;

const BODY_BYTES = 2 * 1024 * 1024;

/** The whole server, ready to listen: the same one in production and in the end-to-end tests. */
export async function createServer(
  options: Pick<AppOptions, 'jobs'> = {},
): Promise<NestFastifyApplication> {
  const { trustProxy } = Config.from(process.env);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(options),
    new FastifyAdapter({ trustProxy, bodyLimit: BODY_BYTES, genReqId: requestId }),
    { logger: false, abortOnError: false },
  );
  app.enableShutdownHooks();
  // Until here a failure to start speaks for itself, through the error alone.
  app.useLogger(app.get(ServerLogger));
  const config = app.get(Config);
  const fastify = app.getHttpAdapter().getInstance();
  logRequests(fastify, await app.resolve(PinoLogger));
  const headers = securityHeaders(app.get(Storage).origin);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headers).header('x-request-id', request.id);
    done();
  });
  await app.register(cors, {
    origin: [...config.corsOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PUT'],
    exposedHeaders: ['x-request-id'],
  });
  streamUploads(fastify);
  refuseUnfitRequests(fastify);
  app.get(PublicAnswers).serve(fastify);
  // What is in flight is finished; a client that does not take its answer must not keep the server from stopping.
  fastify.addHook('preClose', (done) => {
    setTimeout(() => {
      fastify.server.closeAllConnections();
    }, LONGEST_READ).unref();
    done();
  });
  await serveIdeAssets(fastify);
  return app;
}
