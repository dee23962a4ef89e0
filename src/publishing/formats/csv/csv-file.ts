import { stringify } from 'csv-stringify/sync';
import { guarded } from './csv-columns.js';

/**
 * A table as a file that spreadsheets open: with a byte order mark, by which they know that it is UTF-8, and no cell that
 * they run as a formula.
 */
export const csvFile = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => row.map(guarded)),
    { bom: true, record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
  );
