import { Catch, HttpException, HttpStatus, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseAway } from '../database/database-away.js';
import { ErrorCode } from './error-code.js';
import { DATABASE_AWAY, logFault, unfitInput } from './error-format.js';
import { ApiError } from './errors.js';
import { escaped } from './escaped.js';

/** Hands the errors of GraphQL fields on to `formatError`, which logs what is a fault of ours; answers those of routes. */
@Catch()
export class ErrorFilter extends BaseExceptionFilter {
  override catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') return error;
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const refusal = refusalOf(error);
    if (refusal === undefined || reply.sent) {
      super.catch(error, host);
      return undefined;
    }
    const { status, code, message } = refusal;
    const { routeOptions } = http.getRequest<FastifyRequest>();
    void reply.status(status);
    if (isPage(reply)) return reply.send(pageOf(message));
    return reply
      .type('application/json; charset=utf-8')
      .send(routeOptions.url === '/graphql' ? inGraphql(refusal) : { code, message });
  }
}

const inGraphql = ({ status, code, message }: Refusal) => {
  const told = status === HttpStatus.UNSUPPORTED_MEDIA_TYPE ? NEEDS_JSON : message;
  return { errors: [{ message: told, extensions: { code } }] };
};

const NEEDS_JSON =
  'Send the operation as JSON, {"query": "…"}, with content-type: application/json.';

/** Whether the route has begun a page, which people read. */
const isPage = (reply: FastifyReply): boolean =>
  String(reply.getHeader('content-type')).startsWith('text/html');

const pageOf = (message: string): string =>
  `<!doctype html><html lang="en"><title>Talegraph</title><body><p role="alert">${escaped(message)}</p></body></html>`;

interface Refusal {
  readonly status: HttpStatus;
  readonly code: ErrorCode;
  readonly message: string;
}

/** @returns undefined for what is neither the fault of the request nor over in a moment */
function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof ApiError) {
    const { code, message } = error;
    return { status: STATUSES[code] ?? HttpStatus.BAD_REQUEST, code, message };
  }
  if (isDatabaseAway(error)) {
    logFault(error);
    return AWAY;
  }
  const unfit = unfitInput(error);
  if (unfit !== undefined)
    return { status: HttpStatus.BAD_REQUEST, code: ErrorCode.BAD_USER_INPUT, message: unfit };
  const isRefusal = error instanceof HttpException && error.getStatus() < 500;
  if (!isRefusal) return undefined;
  const status: HttpStatus = error.getStatus();
  if (status === TOO_LARGE.status) return TOO_LARGE;
  const code = status === 404 ? ErrorCode.NOT_FOUND : ErrorCode.BAD_REQUEST;
  return { status, code, message: error.message };
}

const AWAY: Refusal = {
  status: HttpStatus.SERVICE_UNAVAILABLE,
  code: ErrorCode.SERVICE_UNAVAILABLE,
  message: DATABASE_AWAY,
};

/** Only files are so large. */
const TOO_LARGE: Refusal = {
  status: HttpStatus.PAYLOAD_TOO_LARGE,
  code: ErrorCode.BAD_REQUEST,
  message:
    'The request has more than 2 MiB. Upload a file to import with requestUpload of kind IMPORT, and give importStories its uploadId.',
};

/** What HTTP calls the errors that routes answer. */
const STATUSES: Readonly<Partial<Record<ErrorCode, HttpStatus>>> = {
  [ErrorCode.BAD_USER_INPUT]: HttpStatus.BAD_REQUEST,
  [ErrorCode.UNAUTHENTICATED]: HttpStatus.UNAUTHORIZED,
  [ErrorCode.FORBIDDEN]: HttpStatus.FORBIDDEN,
  [ErrorCode.NOT_FOUND]: HttpStatus.NOT_FOUND,
  [ErrorCode.CONFLICT]: HttpStatus.CONFLICT,
  [ErrorCode.RATE_LIMITED]: HttpStatus.TOO_MANY_REQUESTS,
  [ErrorCode.SERVICE_UNAVAILABLE]: HttpStatus.SERVICE_UNAVAILABLE,
};
