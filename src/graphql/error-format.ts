import { unwrapResolverError } from '@apollo/server/errors';
import { Logger } from '@nestjs/common';
import type { GraphQLFormattedError } from 'graphql';
import { isDatabaseAway } from '../database/database-away.js';
import { ErrorCode } from './error-code.js';
import type { FieldProblem } from './errors.js';

const logger = new Logger('GraphQL');

/** Apollo's words, which it gives no code. */
const HASH_OF_ANOTHER = 'provided sha does not match query';

const hashOfAnother: GraphQLFormattedError = {
  message:
    'The hash in extensions.persistedQuery.sha256Hash is not that of the query beside it: send the SHA-256 of its text in UTF-8, in hexadecimal.',
  extensions: { code: ErrorCode.BAD_REQUEST },
};

/** What a client sees of an error: expected ones whole, anything else as a bare code (and the log has the rest). */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  if (formatted.message === HASH_OF_ANOTHER) return hashOfAnother;
  const code = formatted.extensions?.code as ErrorCode | undefined;
  if (code === undefined || code === ErrorCode.INTERNAL_SERVER_ERROR) {
    return { ...located(formatted), ...unexpected(unwrapResolverError(error)) };
  }
  const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
  if (code === ErrorCode.BAD_USER_INPUT && extensions.fields === undefined) {
    extensions.fields = variableProblems(formatted.message);
  }
  const message = formatted.message.replace(
    / got invalid value .*?(?= at "|; )/s,
    ' got an invalid value',
  );
  return { ...located(formatted), message, extensions };
}

function located({ path, locations }: GraphQLFormattedError): Partial<GraphQLFormattedError> {
  return { ...(locations && { locations }), ...(path && { path }) };
}

function unexpected(error: unknown): GraphQLFormattedError {
  const message = unfitInput(error);
  if (message !== undefined)
    return { message, extensions: { code: ErrorCode.BAD_USER_INPUT, fields: [] } };
  logFault(error);
  return isDatabaseAway(error)
    ? {
        message: DATABASE_AWAY,
        extensions: { code: ErrorCode.SERVICE_UNAVAILABLE },
      }
    : {
        message: 'Something went wrong on our side. It has been logged.',
        extensions: { code: ErrorCode.INTERNAL_SERVER_ERROR },
      };
}

/** What is told while the database does not answer. */
export const DATABASE_AWAY = 'The database is away for a moment. Try again shortly.';

/** Logs what is not the fault of the request. Not the error itself: a failed statement carries its parameters. */
export function logFault(error: unknown): void {
  logger.error(error instanceof Error ? error.stack : String(error));
}

/**
 * PostgreSQL keeps no NUL characters in text or JSON, and no halves of surrogate pairs in JSON.
 * @returns what to say where it has refused one; undefined for other errors
 */
export function unfitInput(error: unknown): string | undefined {
  const { code, detail } = (error ?? {}) as { code?: string; detail?: string };
  if (code === '22021' || code === '22P05') return unfit('a NUL character (U+0000)');
  const isHalf = code === '22P02' && detail?.includes('surrogate') === true;
  return isHalf ? unfit('half of a surrogate pair (U+D800 to U+DFFF)') : undefined;
}

const unfit = (character: string) => `The input has ${character}, which no text can hold.`;

/** graphql-js tells a bad variable in words alone; the place in them is what a form needs. */
function variableProblems(message: string): FieldProblem[] {
  const [, variable] = /^Variable "\$([^"]+)"/.exec(message) ?? [];
  if (variable === undefined) return [];
  const [, place = variable] = / at "([^"]+)"/.exec(message) ?? [];
  const [, field] =
    /Field "([^"]+)" (?:of required type .* was not provided|is not defined by type)/.exec(
      message,
    ) ?? [];
  const path = [place, field].filter(Boolean).join('.');
  return [{ path: path.replace(/\[(\d+)\]/g, '.$1'), message: reasonOf(message) }];
}

/** Without the value, which may be a password. */
const reasonOf = (message: string): string => message.split('; ').at(-1) ?? message;
