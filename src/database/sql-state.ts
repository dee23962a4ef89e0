import { QueryFailedError } from 'typeorm';

/** What PostgreSQL says of a lock that does not come in time, and of one that two wait for crosswise. */
const WITHOUT_LOCK = ['55P03', '40P01'];

/** The code that PostgreSQL gives the failure of a statement; undefined for any other error. */
export const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined;

/** Whether a statement failed for a lock that it did not get: it may get it when it is tried again. */
export const isWithoutLock = (error: unknown): boolean =>
  WITHOUT_LOCK.includes(sqlStateOf(error) ?? '');
