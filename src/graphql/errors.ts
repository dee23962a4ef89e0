import { GraphQLError } from 'graphql';
import { ErrorCode } from './error-code.js';

/** One wrong field of an input. */
export interface FieldProblem {
  /** Dotted, from the argument down: `input.choicesMade.3.choiceId`. */
  readonly path: string;
  readonly message: string;
  /** Where in the field's text, counted from 1. */
  readonly line?: number;
  readonly column?: number;
}

/**
 * An expected failure: its code and details reach the client as they stand.
 * It is a GraphQLError so that it carries them through whichever executor runs the query.
 */
export class ApiError extends GraphQLError {
  constructor(code: ErrorCode, message: string, detail: Readonly<Record<string, unknown>> = {}) {
    super(message, { extensions: { code, ...detail } });
  }

  get code(): ErrorCode {
    return this.extensions.code as ErrorCode;
  }
}

export const unauthenticated = (message: string) =>
  new ApiError(ErrorCode.UNAUTHENTICATED, message);

export const forbidden = (message: string) => new ApiError(ErrorCode.FORBIDDEN, message);

export const notFound = (message: string) => new ApiError(ErrorCode.NOT_FOUND, message);

export const conflict = (message: string, detail: Readonly<Record<string, unknown>> = {}) =>
  new ApiError(ErrorCode.CONFLICT, message, detail);

export const rateLimited = (message: string, retryAfter: number) =>
  new ApiError(ErrorCode.RATE_LIMITED, message, { retryAfter });

export const badUserInput = (fields: readonly FieldProblem[]) =>
  new ApiError(
    ErrorCode.BAD_USER_INPUT,
    fields.map(({ path, message }) => `${path}: ${message}`).join('; '),
    { fields },
  );

export const badField = (path: string, message: string) => badUserInput([{ path, message }]);
