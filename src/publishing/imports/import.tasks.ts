/** What threads do to import files: they are read and checked there, as they may be large, and anything may be in them. */
import {
  problemsOfPart,
  ruleProblems,
  type DocumentRuleProblem,
} from '../documents/document-rules.js';
import { inFile } from '../formats/document-check.js';
import type { FileProblem, Path, Place } from '../formats/place.js';
import { readStories, type SourceStory, type StoryFormat } from '../formats/read-stories.js';
import type { StoryDocument } from '../formats/story-document.js';
import type { FidelityReport } from '../formats/twine/fidelity.js';
import { withWays } from './twine-ways.js';

export interface FileTask {
  readonly content: string;
  /** Found out when left out. */
  readonly format?: StoryFormat;
  /** The second file of a story in CSV. */
  readonly choices?: string;
}

/** A document as JSON, in parts that are each read in some milliseconds. */
export interface DocumentParts {
  /** All but the nodes. */
  readonly head: string;
  /** Lists of nodes. */
  readonly nodes: readonly string[];
}

/** A story of a file with all that is wrong with it, by itself and by the rules of the API. */
export interface CheckedStory {
  readonly title: string;
  /** Left out where an error keeps it from being read. */
  readonly document?: DocumentParts;
  readonly problems: readonly FileProblem[];
  /** Where parts of it stand in the file that something may yet be wrong with. */
  readonly places: readonly (readonly [part: string, place: Place])[];
  readonly report?: FidelityReport;
}

export interface CheckedFile {
  readonly stories: readonly CheckedStory[];
  /** What is wrong with the file as a whole. */
  readonly problems: readonly FileProblem[];
}

/** How many nodes a part has. */
const PART = 250;

/** What an import may find fault with later, knowing what the server has. */
const laterPaths = ({ media = [] }: StoryDocument): Path[] => [
  ['slug'],
  ...media.flatMap((_, i) => [
    ['media', i],
    ...['filename', 'data', 'sha256'].map((field) => ['media', i, field]),
  ]),
];

export const partName = (path: Path): string => path.join('.');

export function readFile({ content, format, choices }: FileTask): CheckedFile {
  const { stories, problems } = readStories(content, format, choices);
  return { stories: stories.map(checked), problems };
}

function checked(source: SourceStory): CheckedStory {
  const { title, story, report } = source;
  return {
    title,
    ...(story !== undefined && { document: partsOf(story) }),
    problems: problemsOf(source),
    places: (story === undefined ? [] : laterPaths(story)).flatMap((path) => {
      const place = source.placeOf(path);
      return place === undefined ? [] : [[partName(path), place] as const];
    }),
    ...(report && { report }),
  };
}

function problemsOf({ story, part, problems, placeOf, report }: SourceStory): FileProblem[] {
  const placed = (problem: DocumentRuleProblem): FileProblem =>
    inFile(problem, story ?? part, placeOf(problem.path, problem.within));
  if (story !== undefined && problems.every(({ severity }) => severity !== 'error')) {
    const found = ruleProblems(story);
    const told = report === undefined ? found : withWays(found, story, report);
    return [...problems, ...told.map(placed)];
  }
  if (part === undefined) return [...problems];
  // What is wrong where a fault is told already follows from that.
  const known = new Set(problems.map(whereOf));
  const others = problemsOfPart(part).map(placed);
  return [...problems, ...others.filter((problem) => !known.has(whereOf(problem)))];
}

const whereOf = ({ place }: FileProblem) => `${place?.line}:${place?.column}`;

function partsOf({ nodes, ...head }: StoryDocument): DocumentParts {
  const parts: string[] = [];
  for (let from = 0; from < nodes.length; from += PART) {
    parts.push(JSON.stringify(nodes.slice(from, from + PART)));
  }
  return { head: JSON.stringify(head), nodes: parts };
}
