import { readCsv } from './csv/csv-reader.js';
import { readTalegraphJson } from './json/talegraph-json.js';
import { STORY_ELEMENT } from './html/offline-story.js';
import { error, fileProblem, type FileProblem, type ReadStory } from './place.js';
import type { StoryDocument } from './story-document.js';
import type { FidelityReport } from './twine/fidelity.js';
import { readTwineDocuments } from './twine/read-documents.js';
import { twineFormatOf } from './twine/read-twine.js';

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
  csv: readCsv,
  twee: (file) => readTwineDocuments(file, 'twee'),
  'twine-html': (file) => readTwineDocuments(file, 'html'),
  'twine-archive': (file) => readTwineDocuments(file, 'html'),
  'twine-json': (file) => readTwineDocuments(file, 'json'),
} satisfies Readonly<Record<string, (file: string, choices?: string) => SourceFile>>;

export type StoryFormat = keyof typeof READERS;

/** The formats that stories are imported from. */
export const FORMATS = Object.keys(READERS) as StoryFormat[];

/** Tells a format by what a file begins with, and JSON by what its fields are called. */
export function formatOf(file: string): StoryFormat | undefined {
  const start = file.replace(/^\uFEFF/, '').trimStart();
  if (start.startsWith('{')) {
    const isTwine = /"passages"\s*:/.test(start) && !/"(nodes|stories)"\s*:/.test(start);
    return isTwine ? 'twine-json' : 'talegraph-json';
  }
  if (/^([^\r\n]*[,;\t])?"?row"?\s*([,;\t]|$)/m.test(firstLine(start))) return 'csv';
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
  if (format !== undefined) return withFewProblems(READERS[format](file, choices));
  const message = file.includes(`id="${STORY_ELEMENT}"`) ? A_PAGE : NOT_KNOWN;
  return { stories: [], problems: [error({ code: 'UNKNOWN_FORMAT', message })] };
}

const NOT_KNOWN = 'The format of this file is not known; say which it is.';
const A_PAGE =
  'This is a page to play, which nothing is imported from; import the JSON export of its story.';

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
