import { QueryFailedError } from 'typeorm';

/** The name of the constraint or unique index that a failed statement breached; undefined for any other error. */
export const breachedConstraint = (error: unknown): string | undefined =>
  error instanceof QueryFailedError
    ? (error.driverError as { constraint?: string }).constraint
    : undefined;
