import { QueryFailedError } from 'typeorm';

/** What PostgreSQL says of a lock that does not come in time, and of one that two wait for crosswise. */
export const LOCK_NOT_AVAILABLE = '55P03';
export const DEADLOCK_DETECTED = '40P01';

/** The code that PostgreSQL gives the failure of a statement; undefined for any other error. */
export const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined;
