import { csvFile } from '../../publishing/formats/csv/csv-file.js';
import type { NodeAnalytics } from './place-analytics.type.js';
import type { StoryDay } from './story-analytics.type.js';

/** Each column with its value for a row; what is not told or not known stays empty. */
type Columns<Row> = readonly (keyof Row & string)[];

const DAY_COLUMNS: Columns<StoryDay> = [
  ...(['day', 'readers', 'starts', 'choices', 'finishes', 'completionRate', 'sessions'] as const),
  ...(['playSeconds', 'withheld'] as const),
];

const NODE_COLUMNS: Columns<NodeAnalytics> = [
  ...(['nodeId', 'key', 'title', 'isEnding', 'arrivals', 'readers', 'choicesMade'] as const),
  ...(['dropOff', 'dropOffRate', 'withheld'] as const),
];

const CHOICE_COLUMNS = [
  ...(['nodeKey', 'choiceId', 'letter', 'text', 'made', 'readers', 'share', 'withheld'] as const),
];

export const csvOfDays = (days: readonly StoryDay[]): string => table(DAY_COLUMNS, days);

export const csvOfNodes = (nodes: readonly NodeAnalytics[]): string => table(NODE_COLUMNS, nodes);

export const csvOfChoices = (nodes: readonly NodeAnalytics[]): string =>
  table(
    CHOICE_COLUMNS,
    nodes.flatMap(({ key, choices }) => choices.map((choice) => ({ nodeKey: key, ...choice }))),
  );

const table = <Row>(columns: Columns<Row>, rows: readonly Row[]): string =>
  csvFile([columns, ...rows.map((row) => columns.map((column) => cellOf(row[column])))]);

const cellOf = (value: unknown): string =>
  value === null ? '' : `${value as string | number | boolean}`;
