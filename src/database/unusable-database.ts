import type { Config } from '../config/config.js';

/**
 * Says of a database that cannot be connected to, which setting names it, and what to do. Errors of the embedded one
 * speak for themselves.
 * @param isDirect whether it is the way past a pooler that fails
 */
export function unusableDatabase(
  error: unknown,
  { databaseUrl, databaseDirectUrl }: Config,
  { isDirect }: { readonly isDirect: boolean },
): unknown {
  const goesDirect = isDirect && databaseDirectUrl !== undefined;
  const url = goesDirect ? databaseDirectUrl : databaseUrl;
  if (url === undefined || !(error instanceof Error)) return error;
  const { code = '', message } = error as Error & { code?: string };
  const { host, pathname } = new URL(url);
  const setting = goesDirect ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL';
  // Where a name has several addresses, Node.js gives all their errors no message together.
  return new Error(
    `PostgreSQL at ${host}${pathname} cannot be used (${message || code}). ${whatToDo(code, setting)}`,
    { cause: error },
  );
}

/** @param code of PostgreSQL or the network */
function whatToDo(code: string, setting: string): string {
  if (code === '3D000') return `Make that database, or name another one in ${setting}.`;
  if (code.startsWith('28')) return `Look at user and password in ${setting}.`;
  return `Look at ${setting}, and whether PostgreSQL runs there.`;
}
