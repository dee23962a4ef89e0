import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Logger, type Params } from 'nestjs-pino';
import { pino } from 'pino';
import type { Config } from '../config/config.js';

/** Standard output, written behind and in order. */
export const logOutput = pino.destination({ dest: 1, sync: false });

/** JSON lines on standard output. Those of requests are written by `logRequests`, and not by a middleware. */
export const loggerSettings = (config: Config): Params => ({
  forRoutes: [],
  pinoHttp: [{ level: config.logLevel, wrapSerializers: false }, logOutput],
});

/** Where NestJS lists the routes that it has found: at level `debug`, as they are the same at every start. */
const ROUTING: readonly unknown[] = ['RoutesResolver', 'RouterExplorer', 'GraphQLModule'];

@Injectable()
export class ServerLogger extends Logger {
  override log(message: unknown, ...rest: unknown[]): void {
    if (ROUTING.includes(rest.at(-1))) this.debug(message, ...rest);
    else super.log(message, ...rest);
  }
}

/** The id a proxy gave the request, when it looks like one; else a new one. */
export function requestId({ headers }: { headers: IncomingHttpHeaders }): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}
