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

/** What was read from a file: as many stories as could be read, and all that is wrong with it. */
export interface ReadFile<Story> {
  readonly stories: readonly Story[];
  readonly problems: readonly FileProblem[];
}
