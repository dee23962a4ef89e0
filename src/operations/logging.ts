import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Params } from 'nestjs-pino';
import type { Config } from '../config/config.js';

/** JSON lines on standard output: one for each request, with its id, never with a secret. */
export const loggerSettings = (config: Config): Params => ({
  pinoHttp: {
    level: config.logLevel,
    genReqId: (request, response) => {
      const id = requestId(request);
      response.setHeader('x-request-id', id);
      return id;
    },
    redact: ['req.headers.authorization', 'req.headers.cookie'],
    serializers: {
      req: ({ id, method, url, remoteAddress }: Record<string, unknown>) => ({
        id,
        method,
        url,
        remoteAddress,
      }),
    },
    autoLogging: { ignore: ({ url = '' }) => url.startsWith('/health/') || url === '/metrics' },
  },
});

/** The id a proxy gave the request, when it looks like one; else a new one. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}
