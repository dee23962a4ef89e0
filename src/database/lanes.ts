import DataLoader from 'dataloader';

/**
 * Lets so many statements go at once, and collects what is asked meanwhile into those that go next: where nobody waits, one
 * holds one question; the more ask, the more are asked together.
 */
export class Lanes {
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param count how many statements may go at once */
  constructor(private readonly count: number) {}

  /**
   * @param most how many are asked together at most
   * @param ask answers each in their order; where it fails, each is asked by itself, so that none takes others with it
   * @returns what asks for one
   */
  loader<Key, Value>(
    most: number,
    ask: (keys: readonly Key[]) => Promise<Value[]>,
  ): DataLoader<Key, Value> {
    return new DataLoader<Key, Value>(
      (keys) =>
        askEach(keys, ask).finally(() => {
          this.#leave();
        }),
      {
        cache: false,
        maxBatchSize: most,
        batchScheduleFn: (send) => {
          this.#enter(send);
        },
      },
    );
  }

  #enter(send: () => void): void {
    if (this.#taken === this.count) {
      this.#waiting.push(send);
      return;
    }
    this.#taken++;
    // Once all that has come in by now has been read.
    setImmediate(send);
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken--;
    else next();
  }
}

async function askEach<Key, Value>(
  keys: readonly Key[],
  ask: (keys: readonly Key[]) => Promise<Value[]>,
): Promise<(Value | Error)[]> {
  try {
    return await ask(keys);
  } catch (error) {
    if (keys.length === 1) return [error as Error];
    return (await Promise.all(keys.map((key) => askEach([key], ask)))).flat();
  }
}
