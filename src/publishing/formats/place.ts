/** Where something stands in a file; lines and columns count from 1, columns in UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something wrong with a file. An error keeps its story from being imported, a warning does not. */
export interface FileProblem {
  readonly severity: 'error' | 'warning';
  /** Left out where the fault has no place in the file. */
  readonly place?: Place;
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** @param place left out where the fault has none */
export const fileProblem = (
  severity: FileProblem['severity'],
  message: string,
  place?: Place,
): FileProblem => ({ severity, ...(place && { place }), message });

export const error = (message: string, place?: Place): FileProblem =>
  fileProblem('error', message, place);

export const warning = (message: string, place?: Place): FileProblem =>
  fileProblem('warning', message, place);

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
