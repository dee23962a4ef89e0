import { beforeEach, describe, expect, it } from '@jest/globals';
import { Config } from '../config/config.js';
import { PubSub } from '../pubsub/pubsub.js';
import { Redis } from '../redis/redis.js';
import { Caches } from './caches.js';
import type { Region } from './region.js';

describe('a region without Redis', () => {
  let loads: number;
  let region: Region<number>;
  const load = () => Promise.resolve(++loads);

  beforeEach(() => {
    const redis = new Redis(Config.from({}));
    loads = 0;
    region = new Caches(redis, new PubSub(redis)).region<number>({
      name: 'numbers',
      ttl: 60_000,
      mostBytes: 1000,
    });
  });

  it('loads once, however many ask', async () => {
    expect(await Promise.all([region.get('a', load), region.get('a', load)])).toEqual([1, 1]);
    expect(await region.get('a', load)).toBe(1);
  });

  it('keeps neither nothing nor a failure', async () => {
    expect(await region.get('a', () => Promise.resolve(undefined))).toBeUndefined();
    await expect(region.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await region.get('a', load)).toBe(1);
  });

  it('forgets one key, and tells of it', async () => {
    const dropped: unknown[] = [];
    region.onDrop((key) => dropped.push(key));
    await region.get('a', load);
    await region.get('b', load);
    await region.forget('a');
    expect(await region.get('a', load)).toBe(3);
    expect(await region.get('b', load)).toBe(2);
    expect(dropped).toEqual(['a']);
  });

  it('does not keep what was loaded before it was forgotten, nor gives it to who asks afterwards', async () => {
    let answer: (value: number) => void = () => undefined;
    const slow = region.get('a', () => new Promise<number>((resolve) => (answer = resolve)));
    await Promise.resolve();
    await region.forget('a');
    expect(await region.get('a', () => Promise.resolve(2))).toBe(2);
    answer(1);
    expect(await slow).toBe(1);
    expect(await region.get('a', load)).toBe(2);
  });

  it('takes no more memory than it may', async () => {
    for (let i = 0; i < 100; i++) await region.get(String(i), load);
    expect(region.figures.bytes).toBeLessThanOrEqual(1000);
    expect(region.figures.bytes).toBeGreaterThan(0);
  });
});
