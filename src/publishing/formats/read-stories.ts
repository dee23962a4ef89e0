import { readCsv } from './csv/csv-reader.js';
import { readTalegraphJson } from './json/talegraph-json.js';
import { error, fileProblem, type FileProblem, type ReadStory } from './place.js';
import type { StoryDocument } from './story-document.js';
import type { FidelityReport } from './twine/fidelity.js';
import { readTwineDocuments } from './twine/read-documents.js';
import { twineFormatOf } from './twine/read-twine.js';
import { unknownFormat } from './unknown-format.js';

/** A story of a file, with what became of its code where it was made with another tool. */
export interface SourceStory extends ReadStory<StoryDocument> {
  readonly report?: FidelityReport;
}

export interface SourceFile {
  readonly stories: readonly SourceStory[];
  /** What is wrong with the file as a whole. */
  readonly problems: readonly FileProblem[];
}

const READERS = {
  'talegraph-json': readTalegraphJson,
  csv: (file) => readCsv(file),
  twee: (file) => readTwineDocuments(file, 'twee'),
  'twine-html': (file) => readTwineDocuments(file, 'html'),
  'twine-archive': (file) => readTwineDocuments(file, 'html'),
  'twine-json': (file) => readTwineDocuments(file, 'json'),
} satisfies Readonly<Record<string, (file: string) => SourceFile>>;

export type StoryFormat = keyof typeof READERS;

/** What the formats are called. */
const NAMES: Readonly<Record<StoryFormat, string>> = {
  'talegraph-json': 'Talegraph JSON',
  csv: 'CSV',
  twee: 'Twee',
  'twine-html': 'Twine HTML',
  'twine-archive': 'a Twine archive',
  'twine-json': 'Twine JSON',
};

/** The formats that stories are imported from. */
export const FORMATS = Object.keys(READERS) as StoryFormat[];

/** Tells a format by what a file begins with, and JSON by what its fields are called. */
export function formatOf(file: string): StoryFormat | undefined {
  const start = file.replace(/^\uFEFF/, '').trimStart();
  if (start.startsWith('{')) {
    const isTwine = /"passages"\s*:/.test(start) && !/"(nodes|stories)"\s*:/.test(start);
    return isTwine ? 'twine-json' : 'talegraph-json';
  }
  if (/^([^\r\n]*[,;\t])?"?row"?\s*([,;\t]|$)/im.test(firstLine(start))) return 'csv';
  const twine = twineFormatOf(file);
  return twine === 'html' ? 'twine-html' : twine === 'twee' ? 'twee' : undefined;
}

const firstLine = (text: string): string => /^[^\r\n]*/.exec(text)![0];

/** Reads a file in the format that it is in. @param choices the second file of a story in CSV */
export function readStories(
  file: string,
  format: StoryFormat | undefined = formatOf(file),
  choices?: string,
): SourceFile {
  if (choices !== undefined) return readPair(file, format, choices);
  if (format !== undefined) return withFewProblems(READERS[format](file));
  return { stories: [], problems: [error(unknownFormat(file))] };
}

/** A story in two files of CSV, whose first need not say that it is one. */
function readPair(file: string, format: StoryFormat | undefined, choices: string): SourceFile {
  const isTable = /(^|[,;\t])"?(row|key|title)"?\s*([,;\t]|$)/i.test(firstLine(file));
  const found = format === 'csv' && !isTable ? formatOf(file) : format;
  if (isTable || found === undefined || found === 'csv') {
    return withFewProblems(readCsv(file, choices));
  }
  const message = `A file of choices goes with CSV alone, and the other file is ${NAMES[found]}.`;
  const fix = 'Leave the file of choices out.';
  return { stories: [], problems: [error({ code: 'UNKNOWN_FORMAT', message, fix })] };
}

/** Enough to mend a file by; a file that is something else altogether has as many as it has lines. */
const MOST_PROBLEMS = 1000;

function withFewProblems({ stories, problems }: SourceFile): SourceFile {
  if (problems.length <= MOST_PROBLEMS) return { stories, problems };
  const rest = problems.slice(MOST_PROBLEMS);
  const severity = rest.some((problem) => problem.severity === 'error') ? 'error' : 'warning';
  const message = `${rest.length} more problems of the file are not told; mend these first.`;
  const more = fileProblem(severity, { code: 'MORE_PROBLEMS', message });
  return { stories, problems: [...problems.slice(0, MOST_PROBLEMS), more] };
}
