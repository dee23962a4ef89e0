import DataLoader from 'dataloader';

/**
 * How many one statement is asked for at most. It limits its list to as many: PostgreSQL then plans for these, whatever it
 * is given.
 */
export const MOST_AT_ONCE = 32;

/**
 * Lets so many statements go at once, and collects what is asked meanwhile into those that go next: where nobody waits, one
 * holds one question; the more ask, the more are asked together.
 */
export class Lanes {
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param count how many statements may go at once: of two, one is under way to PostgreSQL while the other is worked on there */
  constructor(private readonly count = 2) {}

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
