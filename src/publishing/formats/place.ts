import type { ProblemCode } from './problem-code.js';

/** Where something stands in a file; lines and columns count from 1, columns in UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** Which of two files it is in, where a story comes in two. */
  readonly file?: 'nodes' | 'choices';
}

/** What is wrong, whether with a file, a document or a passage. */
export interface Fault {
  readonly code: ProblemCode;
  readonly message: string;
  /** What to do about it, in one sentence; left out where the message says so. */
  readonly fix?: string;
}

/** Something wrong with a file. An error keeps its story from being imported, a warning does not. */
export interface FileProblem extends Fault {
  readonly severity: 'error' | 'warning';
  /** Left out where the fault has no place in the file. */
  readonly place?: Place;
  /** The key of the node that it is about, where it is about one. */
  readonly nodeKey?: string;
  /** The name of the passage that it is about, in a file of Twine. */
  readonly passage?: string;
}

/** What a problem says, wherever it is and however much it matters. */
export type Told = Omit<FileProblem, 'severity' | 'place'>;

/** @param place left out where the fault has none */
export const fileProblem = (
  severity: FileProblem['severity'],
  told: Told,
  place?: Place,
): FileProblem => ({
  severity,
  ...(place && { place }),
  ...told,
  ...(place?.file && { message: `In the file of ${place.file}: ${told.message}` }),
});

export const error = (told: Told, place?: Place): FileProblem => fileProblem('error', told, place);

export const warning = (told: Told, place?: Place): FileProblem =>
  fileProblem('warning', told, place);

/** What was read from a file: as many stories as could be read, and all that is wrong with it. */
export interface ReadFile<Story> {
  readonly stories: readonly Story[];
  readonly problems: readonly FileProblem[];
}

/** From a story down to a part of it: `['nodes', 3, 'choices', 0, 'text']`. */
export type Path = readonly (string | number)[];

export interface PlaceInText {
  readonly text: string;
  readonly place: Place;
}

/** A story of a file, as far as it could be read, with all that is wrong with it. */
export interface ReadStory<Story> {
  /** What it is called, or where it stands in the file when it has no title. */
  readonly title: string;
  /** Left out where an error keeps it from being read. */
  readonly story?: Story;
  /** Without a story: as much of it as tells what else is wrong. It is not to be imported. */
  readonly part?: Story;
  readonly problems: readonly FileProblem[];
  /** Where in the file a part of the story stands, or a place within the text that is that part. */
  readonly placeOf: (path: Path, within?: PlaceInText) => Place | undefined;
}

/** What was read from a file that may hold many stories, story by story. `problems` are of the file as a whole. */
export type ReadStories<Story> = Pick<ReadFile<Story>, 'problems'> & {
  readonly stories: readonly ReadStory<Story>[];
};
