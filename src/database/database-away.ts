/** Nobody answers at the address. */
const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT'];

const NETWORK_FAILURES = [...UNREACHABLE, 'ECONNRESET', 'EPIPE'];

const NO_CONNECTION_IN_TIME = 'timeout exceeded when trying to connect';

/** What is told without a code. */
const LOST = [
  'Connection terminated',
  NO_CONNECTION_IN_TIME,
  'not queryable',
  'Query read timeout',
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
    LOST.some((words) => message.includes(words))
  );
}

/** Also 57P02 and 57P03 (crashed, starting) and 53300 (too many connections). */
const REFUSALS = [...UNREACHABLE, '57P02', '57P03', '53300'];

/** Whether an error says that nobody gets a connection to the database now: others may be of one connection alone. */
export function isDatabaseClosed(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return REFUSALS.includes(String(code)) || String(message).includes(NO_CONNECTION_IN_TIME);
}
