import { CsvError, parse } from 'csv-parse/sync';
import { error, type FileProblem, type Place } from '../place.js';
import { placesIn } from '../places.js';

/** The rows of a CSV text, or what is wrong with its syntax. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly problems: readonly FileProblem[];
  /** Where a cell stands; row -1 is the header. @param within how far into the cell */
  readonly placeOf: (row: number, column: number, within?: number) => Place;
}

const MESSAGES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'This cell begins with a quote and lacks its closing quote.',
  CSV_INVALID_CLOSING_QUOTE:
    'A quote within a quoted cell must be written twice, and nothing may follow the closing one.',
  INVALID_OPENING_QUOTE:
    'A cell with a quote in it must stand in quotes, and that quote be written twice.',
};

/**
 * Reads CSV with commas, semicolons or tabs between its cells, whichever the first line has.
 * @param file what it is called, where it is one of two
 */
export function readCsvTable(text: string, file?: Place['file']): CsvTable {
  const delimiter = delimiterOf(text);
  const cells = cellPlaces(text, delimiter);
  const placeOf: CsvTable['placeOf'] = (row, column, within) => ({
    ...cells(row, column, within),
    ...(file !== undefined && { file }),
  });
  try {
    const [header = [], ...rows] = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
    });
    return { header, rows, problems: [], placeOf };
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    const { records = 0, column = 0 } = fault as { records?: number; column?: number };
    const message = MESSAGES[fault.code] ?? `This is no CSV: ${fault.message}`;
    const problem = error({ code: 'FAULTY_SYNTAX', message }, placeOf(records - 1, column));
    return { header: [], rows: [], problems: [problem], placeOf };
  }
}

function delimiterOf(text: string): string {
  const line = /^[^\r\n]*/.exec(text)![0];
  const counts = [',', ';', '\t'].map((each) => [each, line.split(each).length] as const);
  return counts.reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}

/** Looks for cells only once one is asked for. */
function cellPlaces(text: string, delimiter: string): CsvTable['placeOf'] {
  let known: { starts: number[]; placeAt: (offset: number) => Place } | undefined;
  return (row, column, within = 0) => {
    known ??= { starts: rowStarts(text), placeAt: placesIn(text) };
    const start = known.starts[row + 1] ?? text.length;
    return known.placeAt(offsetInCell(text, cellStart(text, start, column, delimiter), within));
  };
}

/** Where each row begins; empty lines are no rows. */
function rowStarts(text: string): number[] {
  const starts: number[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at <= text.length; at++) {
    const character = text[at];
    if (character === '"') isQuoted = !isQuoted;
    const isEnd = character === undefined || (!isQuoted && /[\r\n]/.test(character));
    if (!isEnd) continue;
    if (at > start) starts.push(start);
    start = at + 1;
  }
  return starts;
}

function cellStart(text: string, row: number, column: number, delimiter: string): number {
  let left = column;
  let isQuoted = false;
  let at = row;
  for (; left > 0 && at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (character === delimiter) left--;
    else if (/[\r\n]/.test(character)) break;
  }
  return at;
}

/** Of a quoted cell, behind its quote; quotes within it are written twice. */
function offsetInCell(text: string, cell: number, within: number): number {
  if (within === 0 || text[cell] !== '"') return cell + within;
  let at = cell + 1;
  for (let i = 0; i < within; i++) at += text.startsWith('""', at) ? 2 : 1;
  return at;
}
