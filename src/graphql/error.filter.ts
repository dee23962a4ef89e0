import { Catch, HttpStatus, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { ErrorCode } from './error-code.js';
import { ApiError } from './errors.js';

/** Hands the errors of GraphQL fields on to `formatError`, which logs what is a fault of ours; answers those of routes. */
@Catch()
export class ErrorFilter extends BaseExceptionFilter {
  override catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') return error;
    if (!(error instanceof ApiError)) {
      super.catch(error, host);
      return undefined;
    }
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    return reply
      .status(STATUSES[error.code] ?? HttpStatus.BAD_REQUEST)
      .send({ code: error.code, message: error.message });
  }
}

/** What HTTP calls the errors that routes answer. */
const STATUSES: Readonly<Partial<Record<ErrorCode, HttpStatus>>> = {
  [ErrorCode.BAD_USER_INPUT]: HttpStatus.BAD_REQUEST,
  [ErrorCode.UNAUTHENTICATED]: HttpStatus.UNAUTHORIZED,
  [ErrorCode.FORBIDDEN]: HttpStatus.FORBIDDEN,
  [ErrorCode.NOT_FOUND]: HttpStatus.NOT_FOUND,
  [ErrorCode.CONFLICT]: HttpStatus.CONFLICT,
};
