import { LRUCache } from 'lru-cache';
import type { FarLevel } from './far-level.js';

export interface RegionSettings {
  /** Of letters, digits and dashes; each region has its own. */
  readonly name: string;
  /** How old a value may be, on all levels together, in milliseconds. */
  readonly ttl: number;
  /** How much memory the values may take on each instance, roughly. */
  readonly mostBytes: number;
}

/** A value, and since when it may have changed, on the clock of `performance`: it was read then, or later. */
export interface Dated<Value> {
  readonly value: Value;
  readonly since: number;
}

interface Entry<Value> extends Dated<Value> {
  readonly bytes: number;
}

/** What an entry takes beside its JSON. */
const AROUND = 200;

/** Values of one kind, plain JSON, by key. Made by `Caches`, which tells it what was forgotten elsewhere. */
export class Region<Value extends object | string | number | boolean> {
  readonly #near: LRUCache<string, Entry<Value>>;
  readonly #loading = new Map<string, Promise<Entry<Value> | undefined>>();
  readonly #dropListeners: ((key: string | undefined) => void)[] = [];
  #hits = 0;
  #misses = 0;

  constructor(
    readonly settings: RegionSettings,
    private readonly far: FarLevel | undefined,
    private readonly forgetEverywhere: (key: string) => Promise<void>,
  ) {
    this.#near = new LRUCache({
      maxSize: settings.mostBytes,
      ttl: settings.ttl,
      sizeCalculation: ({ bytes }) => bytes,
    });
  }

  get figures() {
    return { hits: this.#hits, misses: this.#misses, bytes: this.#near.calculatedSize };
  }

  /**
   * The value as it is kept, else as `load` gives it, which those who ask at the same time on this instance share. Who asks
   * after a key was forgotten never gets what was loaded before. Undefined is not kept.
   */
  async get(key: string, load: () => Promise<Value | undefined>): Promise<Value | undefined> {
    return (await this.dated(key, load))?.value;
  }

  /** As `get`: for who keeps what they make of it. */
  async dated(
    key: string,
    load: () => Promise<Value | undefined>,
  ): Promise<Dated<Value> | undefined> {
    const kept = this.#near.get(key);
    if (kept !== undefined) {
      this.#hits += 1;
      return kept;
    }
    return this.#loading.get(key) ?? this.#start(key, load);
  }

  /** Forgets the value on all instances; resolves when those that can be reached are told. Never fails. */
  forget(key: string): Promise<void> {
    return this.forgetEverywhere(key);
  }

  /** Calls back when a key was forgotten, here or elsewhere; without a key, when any may have been. */
  onDrop(listener: (key: string | undefined) => void): void {
    this.#dropListeners.push(listener);
  }

  /** Takes the value from this instance, and what is being loaded. @param key all when left out */
  drop(key?: string): void {
    if (key === undefined) {
      this.#near.clear();
      this.#loading.clear();
    } else {
      this.#near.delete(key);
      this.#loading.delete(key);
    }
    for (const listener of this.#dropListeners) listener(key);
  }

  #start(key: string, load: () => Promise<Value | undefined>): Promise<Entry<Value> | undefined> {
    this.#misses += 1;
    const loading = this.#load(key, load).then((entry) => {
      // Gone from there, it was forgotten meanwhile.
      if (this.#loading.get(key) === loading && entry !== undefined) {
        this.#near.set(key, entry, { start: entry.since });
      }
      return entry;
    });
    this.#loading.set(key, loading);
    const done = () => {
      if (this.#loading.get(key) === loading) this.#loading.delete(key);
    };
    loading.then(done, done);
    return loading;
  }

  async #load(
    key: string,
    load: () => Promise<Value | undefined>,
  ): Promise<Entry<Value> | undefined> {
    const now = performance.now();
    const reading = await this.far?.read(key);
    const { known, since } = reading ?? { since: now };
    if (known !== undefined) {
      return { value: JSON.parse(known) as Value, since, bytes: known.length + AROUND };
    }
    const value = await load();
    if (value === undefined) return undefined;
    const json = JSON.stringify(value);
    reading?.fill(json);
    return { value, since, bytes: json.length + AROUND };
  }
}
