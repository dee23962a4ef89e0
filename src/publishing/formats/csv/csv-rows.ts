import { didYouMean } from '../../../engine/core/expressions/nearest.js';
import { readJsonText, type JsonFault } from '../json-text.js';
import {
  error,
  warning,
  type Fault,
  type FileProblem,
  type Place,
  type PlaceInText,
} from '../place.js';
import { offsetOf } from '../places.js';
import {
  ALL_COLUMNS,
  COLUMNS,
  isJson,
  ROW,
  ROW_KINDS,
  unguarded,
  valueOf,
  type RowKind,
} from './csv-columns.js';
import { readCsvTable, type CsvTable } from './csv-table.js';

/** A row of a file, with its cells by their columns. */
export interface Row {
  readonly kind: RowKind;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly problems: readonly FileProblem[];
  readonly placeOf: (column: string, within?: PlaceInText) => Place;
}

/** A row that does not say what it is. */
export type UnknownRow = Pick<Row, 'problems'> & { readonly kind?: undefined };

/** The rows of a file, and what is wrong with its first line, or with the file as a whole. */
interface Rows {
  readonly rows: readonly (Row | UnknownRow)[];
  readonly problems: readonly FileProblem[];
}

/** Far more than a story has: what has more of them is no table of stories. */
const MOST_COLUMNS = 1000;

/**
 * Reads the rows of a file.
 * @param only what rows are that do not say it
 * @param name what the file is called, where it is one of two
 */
export function rowsIn(file: string, only?: RowKind, name?: Place['file']): Rows {
  const table = readCsvTable(file.replace(/^\uFEFF/, ''), name);
  if (table.problems.length > 0) return { rows: [], problems: table.problems };
  if (table.header.length > MOST_COLUMNS) {
    const message = `The first line has ${table.header.length} cells, and a table at most ${MOST_COLUMNS}.`;
    return {
      rows: [],
      problems: [error({ code: 'FAULTY_TABLE', message }, table.placeOf(-1, 0))],
    };
  }
  const columns = table.header.map((name) => columnCalled(unguarded(name).trim()));
  const ofHeader = headerProblems(table, columns, only);
  if (ofHeader.some(({ severity }) => severity === 'error'))
    return { rows: [], problems: ofHeader };
  const rows = table.rows.flatMap((cells, i): (Row | UnknownRow)[] => {
    if (cells.every((cell) => cell === '')) return [];
    const kind = cells[columns.indexOf(ROW)]?.trim().toLowerCase() || only;
    if (ROW_KINDS.includes(kind as RowKind)) return [rowOf(table, columns, i, kind as RowKind)];
    const fault = { code: 'FAULTY_TABLE', message: 'row: must be story, node or choice' } as const;
    return [{ problems: [error(fault, table.placeOf(i, columns.indexOf(ROW)))] }];
  });
  return { rows, problems: ofHeader };
}

const KNOWN = [ROW, ...ALL_COLUMNS];

/** Small letters and capitals are the same. */
const columnCalled = (name: string): string =>
  KNOWN.find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;

function headerProblems(
  { placeOf }: CsvTable,
  columns: readonly string[],
  only: RowKind | undefined,
): FileProblem[] {
  const problems = columns.flatMap((name, i): FileProblem[] => {
    if (columns.indexOf(name) !== i) return [error(twoColumns(name), placeOf(-1, i))];
    if (KNOWN.includes(name) || name === '') return [];
    const message = `There is no column ${name}; it is left out.${didYouMean(name, KNOWN)}`;
    const fix = 'Correct its name, or take it out.';
    return [warning({ code: 'UNKNOWN_FIELD', message, fix }, placeOf(-1, i))];
  });
  const isWithoutRow = only === undefined && !columns.includes(ROW);
  return isWithoutRow ? [...problems, error(NO_ROW_COLUMN, placeOf(-1, 0))] : problems;
}

const twoColumns = (name: string): Fault => ({
  code: 'DUPLICATE_FIELD',
  message: `There are two columns ${name}.`,
  fix: 'Keep one of them.',
});

const NO_ROW_COLUMN: Fault = {
  code: 'FAULTY_TABLE',
  message: 'The first line must name the columns, and row among them.',
};

function rowOf(table: CsvTable, columns: readonly string[], i: number, kind: RowKind): Row {
  const kinds = COLUMNS[kind];
  const problems: FileProblem[] = [];
  const fields: Record<string, unknown> = {};
  for (const [place, name] of columns.entries()) {
    const cell = unguarded(table.rows[i]![place] ?? '');
    if (cell === '' || name === ROW) continue;
    if (Object.hasOwn(kinds, name)) {
      const fault = isJson(cell, kinds[name]!) ? faultOf(cell) : undefined;
      if (fault === undefined) fields[name] = valueOf(cell, kinds[name]!);
      else {
        const guard = table.rows[i]![place]!.length - cell.length;
        const at = table.placeOf(i, place, guard + fault.offset);
        problems.push(error(noJson(name, fault), at));
      }
    } else if (ALL_COLUMNS.includes(name)) {
      problems.push(error(notOfKind(name, kind), table.placeOf(i, place)));
    }
  }
  const astray = table.rows[i]!.findIndex((cell, place) => place >= columns.length && cell !== '');
  if (astray >= 0) {
    problems.push(error(STRAY_CELL, table.placeOf(i, astray)));
  }
  const placeOf: Row['placeOf'] = (column, within) => {
    const place = Math.max(0, columns.indexOf(column));
    const written = table.rows[i]![place] ?? '';
    const guard = written.length - unguarded(written).length;
    return table.placeOf(i, place, within && guard + offsetOf(within.text, within.place));
  };
  return { kind, fields, placeOf, problems };
}

function faultOf(cell: string): JsonFault | undefined {
  const json = readJsonText(cell);
  return 'faults' in json ? json.faults[0] : undefined;
}

const noJson = (name: string, { message }: JsonFault): Fault => ({
  code: 'FAULTY_SYNTAX',
  message: `${name}: is no JSON: ${message}`,
});

const notOfKind = (name: string, kind: RowKind): Fault => ({
  code: 'UNKNOWN_FIELD',
  message: `${name}: a ${kind} has none`,
  fix: 'Empty this cell.',
});

const STRAY_CELL: Fault = {
  code: 'FAULTY_TABLE',
  message: 'This cell stands under no column.',
  fix: 'Empty it, or give it a column.',
};
