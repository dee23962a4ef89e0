import { LRUCache } from 'lru-cache';

export interface ByteCacheSettings {
  readonly name: string;
  /** How old what an entry is made of may be, in milliseconds; 0 for any age. */
  readonly ttl: number;
  readonly mostBytes: number;
}

/** What an entry is made of. */
interface Made {
  /** How many bytes it takes itself. */
  readonly length: number;
  /** It goes with any of these. */
  readonly tags: Iterable<number>;
  /** When the oldest of that was read, on the clock of `performance`; now when left out. */
  readonly since?: number;
}

interface Kept<Value> {
  readonly value: Value;
  readonly bytes: number;
  readonly tags: readonly number[];
}

/** How often the clock is looked at, in milliseconds: reading it takes longer than finding an entry. */
const CLOCK = 100;

/** What an entry takes beside its bytes and its key. */
const AROUND = 400;

/** How many bytes a text takes in memory: V8 gives each character two where any is beyond Latin-1. */
export const textLength = (text: string): number =>
  /[\u0100-\uffff]/.test(text) ? 2 * text.length : text.length;

/** Ready-made bytes in the memory of this instance, by key; each names what it was made of, and goes with that. */
export class ByteCache<Value> {
  readonly #kept: LRUCache<string, Kept<Value>>;
  readonly #keysOf = new Map<number, Set<string>>();
  #hits = 0;
  #misses = 0;
  #forgotten = 0;

  constructor(readonly settings: ByteCacheSettings) {
    this.#kept = new LRUCache({
      // None at all would be no bound.
      maxSize: Math.max(settings.mostBytes, 1),
      ttl: Math.max(settings.ttl - CLOCK, 0),
      ttlResolution: CLOCK,
      sizeCalculation: ({ bytes }) => bytes,
      dispose: ({ tags }, key) => {
        this.#untag(key, tags);
      },
    });
  }

  get figures() {
    return { hits: this.#hits, misses: this.#misses, bytes: this.#kept.calculatedSize };
  }

  /** How often anything was forgotten: what was made while it rose may be made of what had to be forgotten. */
  get forgotten(): number {
    return this.#forgotten;
  }

  get(key: string): Value | undefined {
    const kept = this.#kept.get(key);
    if (kept !== undefined) this.#hits += 1;
    return kept?.value;
  }

  /** @param asOf `forgotten` when it began to be made: it is not kept when that has risen */
  set(key: string, value: Value, made: Made, asOf: number): void {
    if (asOf !== this.#forgotten) return;
    const tags = [...made.tags];
    const kept = { value, tags, bytes: made.length + 2 * key.length + AROUND };
    this.#kept.set(key, kept, made.since === undefined ? {} : { start: made.since });
    if (!this.#kept.has(key)) return;
    this.#misses += 1;
    for (const tag of tags) {
      const keys = this.#keysOf.get(tag) ?? new Set();
      this.#keysOf.set(tag, keys.add(key));
    }
  }

  /** Forgets what was made of it. @param tag all when left out */
  forget(tag?: number): void {
    this.#forgotten += 1;
    if (tag === undefined) this.#kept.clear();
    else for (const key of this.#keysOf.get(tag) ?? []) this.#kept.delete(key);
  }

  #untag(key: string, tags: readonly number[]): void {
    for (const tag of tags) {
      const keys = this.#keysOf.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysOf.delete(tag);
    }
  }
}
