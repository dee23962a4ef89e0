/**
 * Has PostgreSQL look how many rows a temporary table holds. It takes one for large that it has not looked at, and would
 * read all readers there are for a few rows that it can look up by indexes.
 */
export const lookAt = (table: string): string => `ANALYZE ${table}`;
