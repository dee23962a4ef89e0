/** The most characters of a node’s key. */
export const LONGEST_KEY = 32;

/** Gives out keys, each once, in time that does not grow with how many have wanted the same one. */
export class FreeKeys {
  readonly #taken: Set<string>;
  /** By a wanted key, the number that the next one like it may have. */
  readonly #next = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** The key itself where it is free, else the first free one like it: `hall-2` where there is a `hall`, cut to stay a key. */
  take(wanted: string): string {
    let key = wanted;
    let count = this.#next.get(wanted) ?? 2;
    while (this.#taken.has(key)) {
      key = `${cutKey(wanted, LONGEST_KEY - 1 - String(count).length)}-${count}`;
      count += 1;
    }
    this.#next.set(wanted, count);
    this.#taken.add(key);
    return key;
  }
}

/** Its first characters, never half of one. */
export const cutKey = (text: string, length: number): string => [...text].slice(0, length).join('');
