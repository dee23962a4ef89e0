/** How the cells of a column are read: a list is separated by commas, or JSON where that would not do. */
export type CellKind = 'text' | 'number' | 'boolean' | 'list' | 'json';

export type RowKind = 'story' | 'node' | 'choice';

/** The columns of each kind of row, as the fields of documents are called; `from` is the key of a choice’s node. */
export const COLUMNS: Readonly<Record<RowKind, Readonly<Record<string, CellKind>>>> = {
  story: {
    slug: 'text',
    title: 'text',
    description: 'text',
    category: 'text',
    difficulty: 'text',
    tags: 'list',
    language: 'text',
    spoilerGuard: 'boolean',
    schema: 'json',
  },
  node: {
    key: 'text',
    title: 'text',
    content: 'text',
    type: 'text',
    start: 'boolean',
    endingKind: 'text',
    ending: 'text',
    effects: 'json',
    x: 'number',
    y: 'number',
    tags: 'list',
    chapter: 'text',
  },
  choice: {
    from: 'text',
    text: 'text',
    to: 'text',
    consequences: 'text',
    condition: 'text',
    lockedText: 'text',
    effects: 'json',
    check: 'text',
    puzzle: 'json',
    failTo: 'text',
    afterSeconds: 'number',
  },
};

/** Says what kind of row it is. */
export const ROW = 'row';

/** The columns of rows of these kinds, each once. */
export const columnsOf = (...kinds: readonly RowKind[]): string[] => [
  ...new Set(kinds.flatMap((kind) => Object.keys(COLUMNS[kind]))),
];

export const ROW_KINDS = Object.keys(COLUMNS) as RowKind[];

export const ALL_COLUMNS: readonly string[] = columnsOf(...ROW_KINDS);

/** Whether a cell is read as JSON. */
export const isJson = (cell: string, kind: CellKind): boolean =>
  kind === 'json' || (kind === 'list' && cell.startsWith('['));

/** The value of a cell, whose JSON is sound. What does not fit its kind stays a text, for the schema of documents to refuse. */
export function valueOf(cell: string, kind: CellKind): unknown {
  switch (kind) {
    case 'text':
      return cell;
    case 'number':
      return cell.trim() !== '' && Number.isFinite(Number(cell)) ? Number(cell) : cell;
    case 'boolean':
      return /^(true|false)$/i.test(cell) ? cell.toLowerCase() === 'true' : cell;
    case 'list':
      return isJson(cell, kind) ? JSON.parse(cell) : split(cell);
    case 'json':
      return JSON.parse(cell);
  }
}

/** The cell of a value: reading it gives the value again. */
export function cellOf(value: unknown, kind: CellKind): string {
  if (value === undefined) return '';
  if (kind === 'json') return JSON.stringify(value);
  if (kind !== 'list') return `${value as string | number | boolean}`;
  const list = value as readonly string[];
  const plain = list.join(', ');
  const isPlain = !plain.startsWith('[') && JSON.stringify(split(plain)) === JSON.stringify(list);
  return isPlain ? plain : JSON.stringify(list);
}

const split = (cell: string): string[] =>
  cell
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** What spreadsheets take for a formula. */
const FORMULA = /^'*[=+\-@\t\r\n]/;

/** A cell that no spreadsheet runs: an apostrophe stands before it. Numbers are no formulas. */
export const guarded = (cell: string): string =>
  FORMULA.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;

/** A cell without the apostrophe that guards it. */
export const unguarded = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
