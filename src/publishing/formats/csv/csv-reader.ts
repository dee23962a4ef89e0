import { append } from '../append.js';
import { checkDocument, inFile, titleOf } from '../document-check.js';
import {
  error,
  type Fault,
  type FileProblem,
  type Path,
  type Place,
  type PlaceInText,
  type ReadStories,
  type ReadStory,
} from '../place.js';
import type { StoryDocument } from '../story-document.js';
import { ROW, type RowKind } from './csv-columns.js';
import { rowsIn, type Row, type UnknownRow } from './csv-rows.js';

/** A story row with the rows that follow it. */
interface StoryRows {
  readonly story: Row;
  readonly nodes: Row[];
  readonly choices: Row[];
  /** What is wrong with its rows, each by itself. */
  readonly problems: FileProblem[];
}

/**
 * Reads CSV: one file whose rows say what they are, or two, of which the second holds the choices of the one story in
 * the first.
 */
export function readCsv(file: string, choicesFile?: string): ReadStories<StoryDocument> {
  const isPair = choicesFile !== undefined;
  const main = isPair ? rowsIn(file, 'node', 'nodes') : rowsIn(file);
  const choices = isPair ? rowsIn(choicesFile, 'choice', 'choices') : NO_ROWS;
  const problems = [...main.problems, ...choices.problems];
  if (problems.some(({ severity }) => severity === 'error')) return { stories: [], problems };
  const { stories, astray } = byStory([...main.rows, ...choices.rows]);
  if (isPair && stories.length > 1) {
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
  // What stands before the first story belongs to it most likely.
  stories[0]!.problems.unshift(...astray);
  return { stories: stories.map((rows, i) => readStory(rows, i + 1)), problems };
}

const NO_ROWS = { rows: [], problems: [] };

function byStory(rows: readonly (Row | UnknownRow)[]): {
  stories: StoryRows[];
  astray: FileProblem[];
} {
  const stories: StoryRows[] = [];
  const astray: FileProblem[] = [];
  for (const row of rows) {
    if (row.kind === 'story') {
      stories.push({ story: row, nodes: [], choices: [], problems: [...row.problems] });
      continue;
    }
    const story = stories.at(-1);
    append(story?.problems ?? astray, row.problems);
    if (row.kind === undefined) continue;
    if (story !== undefined) story[row.kind === 'node' ? 'nodes' : 'choices'].push(row);
    else astray.push(error(strayRow(row.kind), row.placeOf(ROW)));
  }
  return { stories, astray };
}

const strayRow = (kind: RowKind): Fault => ({
  code: 'FAULTY_TABLE',
  message: `This ${kind} stands before any story row.`,
  fix: 'Put it below the row of its story.',
});

function readStory(
  { story, nodes, choices, problems: ofRows }: StoryRows,
  number: number,
): ReadStory<StoryDocument> {
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
    ...ofRows,
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
