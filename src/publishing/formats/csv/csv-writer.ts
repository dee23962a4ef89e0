import type { DocumentChoice, DocumentNode, StoryDocument } from '../story-document.js';
import { ALL_COLUMNS, cellOf, COLUMNS, columnsOf, ROW, type RowKind } from './csv-columns.js';
import { csvFile } from './csv-file.js';

interface Row {
  readonly kind: RowKind;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Writes stories as one file of CSV: a row for each story, followed by a row for each node, each with its choices. */
export const writeCsv = (stories: readonly StoryDocument[]): string =>
  fileOf([ROW, ...ALL_COLUMNS], stories.flatMap(rowsOf));

/** Writes a story as two files: the story with its nodes, and the choices. */
export function writeCsvPair(story: StoryDocument): { nodes: string; choices: string } {
  const rows = rowsOf(story);
  return {
    nodes: fileOf(
      [ROW, ...columnsOf('story', 'node')],
      rows.filter(({ kind }) => kind !== 'choice'),
    ),
    choices: fileOf(
      columnsOf('choice'),
      rows.filter(({ kind }) => kind === 'choice'),
    ),
  };
}

const rowsOf = (story: StoryDocument): Row[] => [
  { kind: 'story', fields: story },
  ...story.nodes.flatMap(rowsOfNode),
];

const rowsOfNode = ({ position, choices = [], ...node }: DocumentNode): Row[] => [
  { kind: 'node', fields: { ...node, ...position } },
  ...choices.map((choice: DocumentChoice): Row => ({
    kind: 'choice',
    fields: { from: node.key, ...choice },
  })),
];

const fileOf = (header: readonly string[], rows: readonly Row[]): string =>
  csvFile([header, ...rows.map((row) => header.map((column) => cell(row, column)))]);

function cell({ kind, fields }: Row, column: string): string {
  if (column === ROW) return kind;
  const cells = COLUMNS[kind][column];
  return cells === undefined ? '' : cellOf(fields[column], cells);
}
