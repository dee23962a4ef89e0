import { Catch, HttpStatus, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ErrorCode } from './error-code.js';
import { ApiError } from './errors.js';

/** Hands expected failures on as answers: they are no faults of the server, and no lines for its error log. */
@Catch(ApiError)
export class ApiErrorFilter implements ExceptionFilter<ApiError> {
  catch(error: ApiError, host: ArgumentsHost): ApiError | undefined {
    if (host.getType<string>() === 'graphql') return error;
    void host
      .switchToHttp()
      .getResponse<FastifyReply>()
      .status(
        error.code === ErrorCode.UNAUTHENTICATED ? HttpStatus.UNAUTHORIZED : HttpStatus.FORBIDDEN,
      )
      .send({ message: error.message, code: error.code });
    return undefined;
  }
}
