import DataLoader from 'dataloader';

/** A provider that answers many keys with one statement. */
export interface BatchSource<Key, Value> {
  /** @returns one value for each key, in the order of the keys */
  loadMany(keys: readonly Key[]): Promise<readonly Value[]>;
}

/** The loaders of one request, each made when it is first asked for. */
export class Loaders {
  readonly #made = new Map<object, unknown>();

  /** The loader over `source`, the same one throughout the request. */
  over<Key, Value>(source: BatchSource<Key, Value>): DataLoader<Key, Value> {
    return this.once(source, () => new DataLoader((keys) => source.loadMany(keys)));
  }

  /** Whatever `make` builds for `owner`, once per request. */
  once<T>(owner: object, make: () => T): T {
    if (!this.#made.has(owner)) this.#made.set(owner, make());
    return this.#made.get(owner) as T;
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
