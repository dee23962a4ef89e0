import { randomUUID } from 'node:crypto';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ThrottlerStorageService, type ThrottlerStorage } from '@nestjs/throttler';
import type { Redis } from '../../redis/redis.js';

type Count = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/**
 * A set of calls by when they stop to count, or of the block alone while there is one: as `ThrottlerStorageService` counts.
 * Answers how many calls there are, and for how many milliseconds more all are refused.
 */
const INCREMENT = {
  lua: `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ttl, limit, duration = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local block = redis.call('ZSCORE', KEYS[1], 'block')
if block then return {limit + 1, block - now} end
redis.call('ZADD', KEYS[1], now + ttl, ARGV[4])
redis.call('PEXPIRE', KEYS[1], ttl)
local calls = redis.call('ZCARD', KEYS[1])
if calls <= limit then return {calls, 0} end
redis.call('DEL', KEYS[1])
redis.call('ZADD', KEYS[1], now + duration, 'block')
redis.call('PEXPIRE', KEYS[1], duration)
return {calls, duration}`,
};

const inSeconds = (milliseconds: number) => Math.ceil(milliseconds / 1000);

/**
 * Counts calls for all instances in Redis, and on this one as well: it is what counts while Redis is away, and what Redis has
 * lost is not forgiven here.
 */
export class ThrottleCounts implements ThrottlerStorage, OnApplicationShutdown {
  readonly #here = new ThrottlerStorageService();

  constructor(private readonly redis: Redis) {}

  async increment(...call: Parameters<ThrottlerStorage['increment']>): Promise<Count> {
    const here = await this.#here.increment(...call);
    const everywhere = await this.#everywhere(...call);
    return everywhere === undefined || here.isBlocked ? here : everywhere;
  }

  onApplicationShutdown(): void {
    this.#here.onApplicationShutdown();
  }

  async #everywhere(
    ...[key, ttl, limit, blockDuration]: Parameters<ThrottlerStorage['increment']>
  ): Promise<Count | undefined> {
    const values = [ttl, limit, blockDuration, randomUUID()];
    const answer = await this.redis.run(INCREMENT, `calls:${key}`, values);
    if (answer === undefined) return undefined;
    const [totalHits, refused] = answer as [number, number];
    return {
      totalHits,
      timeToExpire: inSeconds(ttl),
      isBlocked: refused > 0,
      timeToBlockExpire: inSeconds(refused),
    };
  }
}
