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

/** What others were not told of. */
interface Untold extends Forgotten {
  /** Whether it is gone from Redis. */
  readonly isGone: boolean;
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
  readonly #untold = new Map<string, Untold>();
  #retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: Redis,
    private readonly pubsub: PubSub,
  ) {
    pubsub.listen(TOPIC, (message) => {
      this.#drop(message as Forgotten);
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
    const isGone = await this.#takeFromRedis(forgotten);
    this.#drop(forgotten);
    await this.#tell(forgotten, isGone);
  }

  async #takeFromRedis({ region, key }: Forgotten): Promise<boolean> {
    return (await this.#far.get(region)?.forget(key)) ?? true;
  }

  #drop({ region, key }: Forgotten): void {
    this.#regions.get(region)?.drop(key);
  }

  async #tell(forgotten: Forgotten, isGone: boolean): Promise<void> {
    const isTold = await this.pubsub.publish(TOPIC, forgotten);
    if (!isGone || !isTold) this.#tellLater(forgotten, isGone);
  }

  #tellLater(forgotten: Forgotten, isGone: boolean): void {
    const place = `${forgotten.region} ${forgotten.key}`;
    const later = this.#untold.get(place);
    if (this.#untold.size < MOST_UNTOLD || later !== undefined) {
      // It may have been forgotten again meanwhile.
      this.#untold.set(place, { ...forgotten, isGone: isGone && (later?.isGone ?? true) });
    }
    this.#retry ??= setTimeout(() => void this.#tellUntold(), RETRY).unref();
  }

  async #tellUntold(): Promise<void> {
    this.#retry = undefined;
    const untold = [...this.#untold.values()];
    this.#untold.clear();
    for (const { isGone, ...forgotten } of untold) {
      if (!isGone && !(await this.#takeFromRedis(forgotten))) {
        this.#tellLater(forgotten, false);
        continue;
      }
      // Until it was gone from there, it may have come back here. Afterwards it is not dropped again for nothing.
      if (!isGone) this.#drop(forgotten);
      await this.#tell(forgotten, true);
    }
  }
}
