/**
 * Lets so many batches go at once, and collects what is asked meanwhile into those that go next: where nobody waits, a batch
 * holds one; the more ask, the more go together. For the `batchScheduleFn` of a `DataLoader`, whose batch function calls
 * `leave` when it is done.
 */
export class Lanes {
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param count how many batches may go at once */
  constructor(private readonly count: number) {}

  /** @param send sends a batch: called once all that has come in by now has been read, or when a lane is left */
  enter(send: () => void): void {
    if (this.#taken === this.count) {
      this.#waiting.push(send);
      return;
    }
    this.#taken++;
    setImmediate(send);
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken--;
    else next();
  }
}
