import DataLoader from 'dataloader';
import { isDatabaseClosed } from './database-away.js';

/**
 * Lets so many statements go at once, and collects what is asked meanwhile into those that go next: where nobody waits, one
 * holds one question; the more ask, the more are asked together.
 */
export class Lanes {
  #taken = 0;
  readonly #waiting: (() => void)[] = [];
  /** Why what waits is not sent, while it is being refused. */
  #refusal: Error | undefined;

  /** @param count how many statements may go at once: of two, one is under way to PostgreSQL while the other is worked on there */
  constructor(private readonly count = 2) {}

  /**
   * @param most how many are asked together at most
   * @param ask answers each in their order; where one of them is at fault, each is asked by itself, so that none takes others
   * with it, and where the database takes no connections, all that wait are refused with it
   * @returns what asks for one
   */
  loader<Key, Value>(
    most: number,
    ask: (keys: readonly Key[]) => Promise<Value[]>,
  ): DataLoader<Key, Value> {
    return new DataLoader<Key, Value>((keys) => this.#send(keys, ask), {
      cache: false,
      maxBatchSize: most,
      batchScheduleFn: (send) => {
        this.#enter(send);
      },
    });
  }

  async #send<Key, Value>(
    keys: readonly Key[],
    ask: (keys: readonly Key[]) => Promise<Value[]>,
  ): Promise<(Value | Error)[]> {
    if (this.#refusal !== undefined) throw this.#refusal;
    try {
      return await askEach(keys, ask);
    } catch (error) {
      if (isDatabaseClosed(error)) this.#refuseWaiting(error as Error);
      throw error;
    } finally {
      this.#leave();
    }
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

  /** Each would find out by itself, one after another, that there is no connection to be had. */
  #refuseWaiting(refusal: Error): void {
    this.#refusal = refusal;
    for (const send of this.#waiting.splice(0)) send();
    this.#refusal = undefined;
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken--;
    else next();
  }
}

/** What PostgreSQL says of data, of constraints, and of transactions that it ends in favour of others: classes 22, 23 and 40. */
const OF_ONE = /^(22|23|40)/;

async function askEach<Key, Value>(
  keys: readonly Key[],
  ask: (keys: readonly Key[]) => Promise<Value[]>,
): Promise<(Value | Error)[]> {
  try {
    return await ask(keys);
  } catch (error) {
    if (keys.length === 1 || !isOfOne(error)) throw error;
    const alone = await Promise.allSettled(keys.map((key) => ask([key])));
    return alone.map((told) =>
      told.status === 'fulfilled' ? told.value[0]! : (told.reason as Error),
    );
  }
}

const isOfOne = (error: unknown): boolean =>
  OF_ONE.test(String((error as { code?: unknown } | null)?.code));
