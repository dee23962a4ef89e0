import { randomUUID } from 'node:crypto';
import type { Redis } from '../redis/redis.js';

/**
 * Answers what the key holds, and for how many milliseconds more; where that is nothing, leaves the caller's claim there.
 */
const READ = {
  lua: `local held = redis.call('GET', KEYS[1])
if held then return {held, redis.call('PTTL', KEYS[1])} end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return {ARGV[1]}`,
};

/** Puts the value in the place of the caller's claim, if that is still there. */
const FILL = {
  lua: `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end`,
};

/** For how long a claim stands, in milliseconds: a load that takes longer is not kept. */
const CLAIM = 5000;

/** In front of every key. Raised when values change their shape: the release before, which may run beside, reads its own. */
const SHAPE = 1;

/** Before the JSON of a value, which so is no claim. */
const VALUE = '=';

/** What a key held, and the right to say what it holds from now on. */
export interface FarReading {
  /** As JSON; undefined when there is none. */
  readonly known?: string;
  /** Since when the value may have changed, on the clock of `performance`: it was read then, or later. */
  readonly since: number;
  /** Keeps what was loaded in its place, for as long as that is not too old. */
  fill(json: string): void;
}

/**
 * The level of a cache that all instances share, in Redis. Who finds nothing there claims the key, and what they load is
 * kept only while their claim stands: forgetting a key takes the claim away, so that a value read before does not come
 * back.
 */
export class FarLevel {
  constructor(
    private readonly redis: Redis,
    private readonly name: string,
    private readonly ttl: number,
  ) {}

  async read(key: string): Promise<FarReading> {
    const place = this.#place(key);
    const claim = `?${randomUUID()}`;
    const since = performance.now();
    const reply = await this.redis.run(READ, place, [claim, CLAIM]);
    const [held, left] = (reply ?? []) as [held?: string, left?: number];
    // What is left there tells the age: the clocks of instances differ.
    if (left !== undefined && held?.startsWith(VALUE))
      return { known: held.slice(1), since: since - (this.ttl - left), fill: () => undefined };
    return {
      since,
      fill: (json) => {
        const life = Math.floor(this.ttl - (performance.now() - since));
        if (held !== claim || life <= 0) return;
        void this.redis.run(FILL, place, [claim, VALUE + json, life]);
      },
    };
  }

  /** @returns whether it is forgotten */
  async forget(key: string): Promise<boolean> {
    return (await this.redis.delete(this.#place(key))) !== undefined;
  }

  #place(key: string): string {
    return `cache:${SHAPE}:${this.name}:${key}`;
  }
}
