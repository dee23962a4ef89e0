/** What is wrong with an author's expression, and where in it. */
export interface ExpressionProblem {
  readonly message: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
}

/** Thrown and caught within `expressions/` alone: callers get an {@link ExpressionProblem}. */
export class ExpressionError extends Error {
  constructor(
    message: string,
    /** Counted from 0, in UTF-16 units. */
    readonly position: number,
  ) {
    super(message);
  }
}

/** Runs `work`; an {@link ExpressionError} of its becomes a problem with its place in `source`. */
export function reporting<T>(source: string, work: () => T): T | ExpressionProblem {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const before = source.slice(0, error.position).split('\n');
    return { message: error.message, line: before.length, column: before.at(-1)!.length + 1 };
  }
}

export const isProblem = (result: object): result is ExpressionProblem =>
  'message' in result && 'line' in result;
