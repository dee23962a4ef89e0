import { didYouMean } from '../../../engine/core/expressions/nearest.js';
import { append } from '../append.js';
import { checkDocument, inFile, titleOf } from '../document-check.js';
import {
  error,
  warning,
  type Fault,
  type FileProblem,
  type Path,
  type Place,
  type PlaceInText,
  type ReadStories,
  type ReadStory,
} from '../place.js';
import { offsetOf } from '../places.js';
import type { StoryDocument } from '../story-document.js';
import {
  ALL_COLUMNS,
  COLUMNS,
  ROW,
  ROW_KINDS,
  unguarded,
  valueOf,
  type RowKind,
} from './csv-columns.js';
import { readCsvTable, type CsvTable } from './csv-table.js';

/** A row of a file, with its cells by their columns. */
interface Row {
  readonly kind: RowKind;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly placeOf: (column: string, within?: PlaceInText) => Place;
}

/** The rows of a file, and what is wrong with it. */
interface Rows {
  readonly rows: readonly Row[];
  readonly problems: readonly FileProblem[];
}

/** A story row with the rows that follow it. */
interface StoryRows {
  readonly story: Row;
  readonly nodes: Row[];
  readonly choices: Row[];
}

/**
 * Reads CSV: one file whose rows say what they are, or two, of which the second holds the choices of the one story in
 * the first.
 */
export function readCsv(file: string, choicesFile?: string): ReadStories<StoryDocument> {
  const main = rowsIn(file, choicesFile === undefined ? undefined : 'node');
  const choices = choicesFile === undefined ? undefined : rowsIn(choicesFile, 'choice');
  const problems = [...main.problems, ...(choices?.problems ?? []).map(inChoicesFile)];
  if (problems.some(({ severity }) => severity === 'error')) return { stories: [], problems };
  const { stories, astray } = byStory([...main.rows, ...(choices?.rows ?? [])]);
  if (choices !== undefined && stories.length > 1) {
    const message = 'Two files hold one story; put more than one into a single file.';
    const place = stories[1]!.story.placeOf(ROW);
    const problem = error({ code: 'SEVERAL_STORIES', message }, place);
    return { stories: [], problems: [...problems, problem] };
  }
  if (stories.length === 0) {
    const message = 'The file has no story row: begin it with one that has a title.';
    const problem = error({ code: 'NO_STORY', message });
    return { stories: [], problems: [...problems, ...astray, problem] };
  }
  if (astray.length > 0) return { stories: [], problems: [...problems, ...astray] };
  return { stories: stories.map((rows, i) => readStory(rows, i + 1)), problems };
}

const inChoicesFile = (problem: FileProblem): FileProblem => ({
  ...problem,
  message: `In the file of choices: ${problem.message}`,
});

function byStory(rows: readonly Row[]): { stories: StoryRows[]; astray: FileProblem[] } {
  const stories: StoryRows[] = [];
  const astray: FileProblem[] = [];
  for (const row of rows) {
    const story = stories.at(-1);
    if (row.kind === 'story') stories.push({ story: row, nodes: [], choices: [] });
    else if (story !== undefined) story[row.kind === 'node' ? 'nodes' : 'choices'].push(row);
    else astray.push(error(strayRow(row.kind), row.placeOf(ROW)));
  }
  return { stories, astray };
}

const strayRow = (kind: RowKind): Fault => ({
  code: 'FAULTY_TABLE',
  message: `This ${kind} stands before any story row.`,
  fix: 'Put it below the row of its story.',
});

function readStory({ story, nodes, choices }: StoryRows, number: number): ReadStory<StoryDocument> {
  const choicesOf = Map.groupBy(choices, ({ fields }) => fields.from);
  const keys = new Set(nodes.map(({ fields }) => fields.key));
  const lost = choices.filter(({ fields }) => !keys.has(fields.from));
  const rowsOf = new Map(nodes.map((row) => [row, choicesOf.get(row.fields.key) ?? []]));
  const said = {
    ...story.fields,
    nodes: nodes.map((row) => nodeOf(row, rowsOf.get(row)!)),
  };
  const { document, part, problems } = checkDocument(said);
  const placeOf = (path: Path, within?: PlaceInText): Place =>
    placeIn({ story, nodes, choicesOf: (row) => rowsOf.get(row) ?? [] }, path, within);
  const found = [
    ...problems.map((problem) => inFile(problem, said, placeOf(problem.path))),
    ...lost.map(({ fields, placeOf }) => error(lostChoice(fields.from), placeOf('from'))),
  ];
  return {
    title: titleOf(story.fields.title, number),
    ...(document !== undefined && found.length === 0 && { story: document }),
    ...(found.length > 0 && { part: document ?? part }),
    problems: found,
    placeOf,
  };
}

const lostChoice = (from: unknown): Fault => ({
  code: 'UNKNOWN_NODE',
  message: `from: there is no node ${(from as string | undefined) ?? ''} in this story`,
  fix: 'Write the key of a node of this story.',
});

function nodeOf({ fields: { x, y, content = '', ...node } }: Row, choices: readonly Row[]) {
  const isPlaced = x !== undefined || y !== undefined;
  return {
    ...node,
    content,
    ...(isPlaced && { position: { x, y } }),
    ...(choices.length > 0 && {
      choices: choices.map(({ fields: { from: _, ...choice } }) => choice),
    }),
  };
}

interface Placed {
  readonly story: Row;
  readonly nodes: readonly Row[];
  readonly choicesOf: (node: Row) => readonly Row[];
}

function placeIn(
  { story, nodes, choicesOf }: Placed,
  [list, i, field, j, ofChoice]: Path,
  within?: PlaceInText,
): Place {
  const node = list === 'nodes' && i !== undefined ? nodes[Number(i)] : undefined;
  if (node === undefined) return story.placeOf(String(list ?? 'title'), within);
  if (field === 'position') return node.placeOf(String(j ?? 'x'));
  const choice = field === 'choices' && j !== undefined ? choicesOf(node)[Number(j)] : undefined;
  if (choice === undefined) return node.placeOf(String(field ?? 'key'), within);
  return choice.placeOf(String(ofChoice ?? 'text'), within);
}

/** Far more than a story has: what has more of them is no table of stories. */
const MOST_COLUMNS = 1000;

/** @param only what rows are that do not say it */
function rowsIn(file: string, only: RowKind | undefined): Rows {
  const table = readCsvTable(file.replace(/^\uFEFF/, ''));
  if (table.problems.length > 0) return { rows: [], problems: table.problems };
  if (table.header.length > MOST_COLUMNS) {
    const message = `The first line has ${table.header.length} cells, and a table at most ${MOST_COLUMNS}.`;
    return {
      rows: [],
      problems: [error({ code: 'FAULTY_TABLE', message }, table.placeOf(-1, 0))],
    };
  }
  const columns = table.header.map((name) => unguarded(name).trim());
  const ofHeader = headerProblems(table, columns, only);
  if (ofHeader.some(({ severity }) => severity === 'error'))
    return { rows: [], problems: ofHeader };
  const problems: FileProblem[] = [...ofHeader];
  const rows = table.rows.flatMap((cells, i) => {
    if (cells.every((cell) => cell === '')) return [];
    const kind = cells[columns.indexOf(ROW)]?.trim().toLowerCase() || only;
    if (!ROW_KINDS.includes(kind as RowKind)) {
      const message = 'row: must be story, node or choice';
      const place = table.placeOf(i, columns.indexOf(ROW));
      problems.push(error({ code: 'FAULTY_TABLE', message }, place));
      return [];
    }
    const row = rowOf(table, columns, i, kind as RowKind);
    append(problems, row.problems);
    return [row];
  });
  return { rows, problems };
}

function headerProblems(
  { placeOf }: CsvTable,
  columns: readonly string[],
  only: RowKind | undefined,
): FileProblem[] {
  const known = [ROW, ...ALL_COLUMNS];
  const problems = columns.flatMap((name, i): FileProblem[] => {
    if (columns.indexOf(name) !== i) return [error(twoColumns(name), placeOf(-1, i))];
    if (known.includes(name) || name === '') return [];
    const message = `There is no column ${name}; it is left out.${didYouMean(name, known)}`;
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

function rowOf(
  table: CsvTable,
  columns: readonly string[],
  i: number,
  kind: RowKind,
): Row & { readonly problems: FileProblem[] } {
  const kinds = COLUMNS[kind];
  const problems: FileProblem[] = [];
  const fields: Record<string, unknown> = {};
  for (const [place, name] of columns.entries()) {
    const cell = unguarded(table.rows[i]![place] ?? '');
    if (cell === '' || name === ROW) continue;
    if (Object.hasOwn(kinds, name)) fields[name] = valueOf(cell, kinds[name]!);
    else if (ALL_COLUMNS.includes(name)) {
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
