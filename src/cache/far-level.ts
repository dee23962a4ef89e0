import { randomUUID } from 'node:crypto';
import type { Redis } from '../redis/redis.js';

/** Answers what the key holds; where that is nothing, leaves the caller's claim there. */
const READ = {
  lua: `local held = redis.call('GET', KEYS[1])
if held then return held end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]`,
};

/** Puts the value in the place of the caller's claim, if that is still there. */
const FILL = {
  lua: `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end`,
};

/** For how long a claim stands, in milliseconds: a load that takes longer is not kept. */
const CLAIM = 5000;

/** Before the JSON of a value, which so is no claim. */
const VALUE = '=';

/** What a key held, and the right to say what it holds from now on. */
export interface FarReading {
  /** As JSON; undefined when there is none. */
  readonly known?: string;
  /** Keeps what was loaded in its place. */
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
    const held = await this.redis.run(READ, place, [claim, CLAIM]);
    return {
      ...(typeof held === 'string' && held.startsWith(VALUE) && { known: held.slice(1) }),
      fill: (json) => {
        if (held === claim) void this.redis.run(FILL, place, [claim, VALUE + json, this.ttl]);
      },
    };
  }

  /** @returns whether it is forgotten */
  async forget(key: string): Promise<boolean> {
    return (await this.redis.delete(this.#place(key))) !== undefined;
  }

  #place(key: string): string {
    return `cache:${this.name}:${key}`;
  }
}
