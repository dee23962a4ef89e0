import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { RequestMethod } from '@nestjs/common';
import type { Params } from 'nestjs-pino';
import { pino } from 'pino';
import type { Config } from '../config/config.js';

/** Standard output, written behind and in order. */
export const logOutput = pino.destination({ dest: 1, sync: false });

/** JSON lines on standard output: one for each request, with its id, never with a header, a body or a secret. */
export const loggerSettings = (config: Config): Params => ({
  forRoutes: [{ path: '*path', method: RequestMethod.ALL }],
  pinoHttp: [
    {
      level: config.logLevel,
      serializers: {
        req: ({ id, method, url, remoteAddress }: Record<string, unknown>) => ({
          id,
          method,
          url: typeof url === 'string' ? url.replace(/\?.*/, '') : url,
          remoteAddress,
        }),
        res: ({ statusCode }: Record<string, unknown>) => ({ statusCode }),
      },
      autoLogging: { ignore: ({ url = '' }) => url.startsWith('/health/') || url === '/metrics' },
    },
    logOutput,
  ],
});

/** The id a proxy gave the request, when it looks like one; else a new one. */
export function requestId({ headers }: { headers: IncomingHttpHeaders }): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}
