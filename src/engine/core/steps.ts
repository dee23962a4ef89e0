/** Work on a whole story that whoever does it may leave between two steps, and go on with later. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Does all steps one after another. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
