import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PinoLogger } from 'nestjs-pino';

/**
 * Logs a line for each request, with its id, never with a header, a body or a secret; and lets whatever is logged while it
 * is answered name it.
 */
export function logRequests(fastify: FastifyInstance, pino: PinoLogger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    pino.runInContext(
      () => {
        if (isOfInterest(request)) logWhenDone(reply, pino.logger);
        done();
      },
      { bindings: { req: told(request) } },
    );
  });
}

const isOfInterest = ({ url }: FastifyRequest) => !url.startsWith('/health/') && url !== '/metrics';

function logWhenDone(reply: FastifyReply, logger: PinoLogger['logger']): void {
  reply.raw.once('close', () => {
    const { statusCode, writableFinished } = reply.raw;
    const line = { res: { statusCode }, responseTime: Math.round(reply.elapsedTime) };
    if (statusCode >= 500) logger.error(line, 'request errored');
    else logger.info(line, writableFinished ? 'request completed' : 'request aborted');
  });
}

/** What a log tells of a request. */
const told = ({ id, method, url, ip }: FastifyRequest) => ({
  id,
  method,
  url: url.replace(/\?.*/, ''),
  remoteAddress: ip,
});
