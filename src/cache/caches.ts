import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PubSub } from '../pubsub/pubsub.js';
import { Redis } from '../redis/redis.js';
import { ByteCache, type ByteCacheSettings } from './byte-cache.js';
import { FarLevel } from './far-level.js';
import { Region, type RegionSettings } from './region.js';

const TOPIC = 'forgotten';

/** How often it is tried to tell the others of what was forgotten while Redis was away, in milliseconds. */
const RETRY = 1000;

/** How much of that is remembered. What is beyond goes by its age. */
const MOST_UNTOLD = 10_000;

/** What was forgotten. */
interface Forgotten {
  readonly region: string;
  readonly key: string;
}

/**
 * The caches of this instance: in memory, and with `REDIS_URL` in Redis behind that. What one instance forgets, all do at
 * once; while Redis is away, and without one, after the region's `ttl`.
 */
@Injectable()
export class Caches implements OnApplicationShutdown {
  readonly #regions = new Map<string, Pick<Region<never>, 'drop' | 'figures' | 'settings'>>();
  readonly #bytes: Pick<ByteCache<never>, 'figures' | 'settings'>[] = [];
  readonly #far = new Map<string, FarLevel>();
  /** What others were not told of. */
  readonly #untold = new Map<string, Forgotten>();
  #retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: Redis,
    private readonly pubsub: PubSub,
  ) {
    pubsub.listen(TOPIC, (message) => {
      const { region, key } = message as Forgotten;
      this.#regions.get(region)?.drop(key);
    });
    // Some of what was forgotten meanwhile may not have been heard of.
    redis.onReturn(() => {
      for (const region of this.#regions.values()) region.drop();
    });
  }

  region<Value extends object | string | number | boolean>(
    settings: RegionSettings,
  ): Region<Value> {
    const { name, ttl } = settings;
    const far = this.redis.isConfigured ? new FarLevel(this.redis, name, ttl) : undefined;
    const region = new Region<Value>(settings, far, (key) => this.#forget({ region: name, key }));
    if (far !== undefined) this.#far.set(name, far);
    this.#regions.set(name, region);
    return region;
  }

  /** A cache of bytes in memory alone, whose owner says what is forgotten. */
  bytes<Value>(settings: ByteCacheSettings): ByteCache<Value> {
    const cache = new ByteCache<Value>(settings);
    this.#bytes.push(cache);
    return cache;
  }

  /** What each has done so far. */
  get figures() {
    return [...this.#regions.values(), ...this.#bytes].map(({ settings, figures }) => ({
      cache: settings.name,
      ...figures,
    }));
  }

  onApplicationShutdown(): void {
    clearTimeout(this.#retry);
  }

  /** First in Redis, so that nobody who has dropped the value finds it there. */
  async #forget(forgotten: Forgotten): Promise<void> {
    const { region, key } = forgotten;
    const isGone = (await this.#far.get(region)?.forget(key)) ?? true;
    const isTold = await this.pubsub.publish(TOPIC, forgotten);
    if (isGone && isTold) return;
    if (this.#untold.size < MOST_UNTOLD) this.#untold.set(`${region} ${key}`, forgotten);
    this.#retry ??= setTimeout(() => void this.#tellUntold(), RETRY).unref();
  }

  async #tellUntold(): Promise<void> {
    this.#retry = undefined;
    const untold = [...this.#untold.values()];
    this.#untold.clear();
    for (const forgotten of untold) await this.#forget(forgotten);
  }
}
