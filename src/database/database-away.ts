const NETWORK_FAILURES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ETIMEDOUT',
];

/** Of PostgreSQL's codes: class 08 (connection), 53 (resources), 57P (shut down, starting), 55000 (not accepting). */
const DATABASE_FAILURES = /^(08|53|57P)|^55000$/;

/** Whether an error, or what is left of one that was copied, says that the database does not answer now, and may again. */
export function isDatabaseAway(error: unknown): boolean {
  const { code = '', message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code !== 'string' || typeof message !== 'string') return false;
  return (
    NETWORK_FAILURES.includes(code) ||
    DATABASE_FAILURES.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable|Query read timeout/.test(
      message,
    )
  );
}
