import DataLoader from 'dataloader';

/** A provider that answers many keys with one statement. */
export interface BatchSource<Key, Value> {
  /** @returns one value for each key, in the order of the keys */
  loadMany(keys: readonly Key[]): Promise<readonly Value[]>;
}

/** The loaders of one request, each made when it is first asked for. */
export class Loaders {
  readonly #made = new Map<object, Map<string, unknown>>();

  /** The loader over `source`, the same one throughout the request. */
  over<Key, Value>(source: BatchSource<Key, Value>): DataLoader<Key, Value> {
    return this.once(source, '', () => new DataLoader((keys) => source.loadMany(keys)));
  }

  /**
   * Asks one question about many parents with one statement.
   * @param question tells the questions of one owner apart, arguments and all
   * @param ask gets the keys of all parents; parents that are missing from its answer get `absent`
   */
  about<Value>(
    owner: object,
    question: string,
    ask: (parents: readonly number[]) => Promise<ReadonlyMap<number, Value>>,
    absent: Value,
  ): DataLoader<number, Value> {
    return this.once(
      owner,
      question,
      () =>
        new DataLoader(async (parents) => {
          const answers = await ask(parents);
          return parents.map((parent) => answers.get(parent) ?? absent);
        }),
    );
  }

  /** Forgets everything: a mutation has begun, and what was read before it may no longer hold. */
  forget(): void {
    this.#made.clear();
  }

  /** Whatever `make` builds for `owner` under `name`, once per request. */
  once<T>(owner: object, name: string, make: () => T): T {
    const made = this.#made.get(owner) ?? new Map<string, unknown>();
    this.#made.set(owner, made);
    if (!made.has(name)) made.set(name, make());
    return made.get(name) as T;
  }
}

/** Puts rows in the order of the keys they were asked for; undefined where a key has none. */
export function inKeyOrder<Key, Row>(
  keys: readonly Key[],
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
): (Row | undefined)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key));
}
