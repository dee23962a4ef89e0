/** What is wrong with what an author wrote, and where in it. */
export interface ExpressionProblem {
  readonly message: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
}

/** All that is wrong with one text or rule, in the order of the places; never empty. */
export type Faults = readonly ExpressionProblem[];

/** Takes a fault at a position that is counted from 0, in UTF-16 units. */
export type ReportFault = (message: string, position: number) => void;

/** Runs `work`. @returns what it makes, or all faults that it reports, with their places in `source` */
export function reporting<T extends object>(
  source: string,
  work: (report: ReportFault) => T | undefined,
): T | Faults {
  const found: { message: string; position: number }[] = [];
  const result = work((message, position) => found.push({ message, position }));
  if (result !== undefined && found.length === 0) return result;
  return found
    .sort((one, other) => one.position - other.position)
    .map(({ message, position }) => ({ message, ...placeIn(source, position) }));
}

/** The line and column of a position. */
export function placeIn(source: string, position: number): Omit<ExpressionProblem, 'message'> {
  const before = source.slice(0, position).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

export const isFaulty = <T extends object>(result: T | Faults): result is Faults =>
  Array.isArray(result);
