import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Caches } from '../../../src/cache/caches.js';
import type { Region } from '../../../src/cache/region.js';
import { Config } from '../../../src/config/config.js';
import { PubSub } from '../../../src/pubsub/pubsub.js';
import { Redis } from '../../../src/redis/redis.js';
import { describeWithRedis, RedisServer } from '../../support/redis-server.js';

const until = async (isSo: () => boolean | Promise<boolean>) => {
  while (!(await isSo())) await setTimeout(10);
};

/** One of several servers that share a Redis. */
class Instance {
  readonly redis: Redis;
  readonly caches: Caches;
  readonly region: Region<string>;

  constructor(url: string) {
    this.redis = new Redis(Config.from({ REDIS_URL: url }));
    this.caches = new Caches(this.redis, new PubSub(this.redis));
    this.region = this.caches.region<string>({ name: 'texts', ttl: 60_000, mostBytes: 100_000 });
  }

  get(key: string, value: string): Promise<string | undefined> {
    return this.region.get(key, () => Promise.resolve(value));
  }

  close(): void {
    this.caches.onApplicationShutdown();
    this.redis.onApplicationShutdown();
  }
}

describeWithRedis('caches that share a Redis', () => {
  let server: RedisServer;
  let a: Instance;
  let b: Instance;
  let key: string;
  let count = 0;

  const bothAreUp = () => until(() => [a, b].every(({ redis }) => redis.state === 'up'));

  beforeAll(async () => {
    server = await RedisServer.start();
    [a, b] = [new Instance(server.url), new Instance(server.url)];
    await bothAreUp();
  });

  afterAll(async () => {
    a.close();
    b.close();
    await server.kill();
  });

  beforeEach(async () => {
    key = `key ${++count}`;
    await bothAreUp();
  });

  it('load what another instance has loaded from Redis', async () => {
    await a.get(key, 'of a');
    expect(await b.get(key, 'of b')).toBe('of a');
  });

  it('forget on all instances', async () => {
    await a.get(key, 'old');
    await b.get(key, 'old');
    await a.region.forget(key);
    expect(await a.get(key, 'new')).toBe('new');
    await until(async () => (await b.get(key, 'new')) === 'new');
  });

  it('do not let a value come back that another instance read before it was forgotten', async () => {
    let answer: (value: string) => void = () => undefined;
    const slow = b.region.get(key, () => new Promise<string>((resolve) => (answer = resolve)));
    await setTimeout(50);
    await a.region.forget(key);
    answer('old');
    expect(await slow).toBe('old');
    expect(await a.get(key, 'new')).toBe('new');
    // Until it is told, it has what it had read.
    let held: string | undefined;
    await until(async () => (held = await b.get(key, 'newer')) !== 'old');
    expect(held).toBe('new');
  });

  it('go on without Redis, and are right when it is back', async () => {
    await a.get(key, 'old');
    await b.get(key, 'old');
    await server.kill();
    await until(() => [a, b].every(({ redis }) => redis.state === 'away'));
    const started = performance.now();
    await a.region.forget(key);
    expect(await a.get(key, 'new')).toBe('new');
    expect(performance.now() - started).toBeLessThan(100);
    expect(await b.get(key, 'new')).toBe('old');
    await server.start();
    await bothAreUp();
    await until(async () => (await b.get(key, 'new')) === 'new');
  });

  it('forget once here while Redis is away, and what came back from there when it is gone from there', async () => {
    const dropped: unknown[] = [];
    a.region.onDrop((which) => which === key && dropped.push(which));
    await a.get(key, 'old');
    server.pause();
    await a.region.forget(key);
    expect(await a.get(key, 'new')).toBe('new');
    await setTimeout(2500);
    expect(dropped).toEqual([key]);
    expect(await a.get(key, 'newer')).toBe('new');
    server.resume();
    await until(async () => (await b.get(key, 'newest')) !== 'old');
    await until(() => dropped.length === 2);
    expect(dropped).toEqual([key, key]);
  });

  it('keep no value longer for having got it from another instance', async () => {
    const settings = { name: 'brief', ttl: 1500, mostBytes: 100_000 };
    const [ofA, ofB] = [a, b].map(({ caches }) => caches.region<string>(settings));
    await ofA!.get(key, () => Promise.resolve('old'));
    await setTimeout(1000);
    expect(await ofB!.get(key, () => Promise.resolve('new'))).toBe('old');
    await setTimeout(700);
    expect(await ofB!.get(key, () => Promise.resolve('new'))).toBe('new');
  });

  it('count the time that a value takes to be read into its age', async () => {
    const settings = { name: 'slow', ttl: 500, mostBytes: 100_000 };
    const [ofA, ofB] = [a, b].map(({ caches }) => caches.region<string>(settings));
    await ofA!.get(key, () => setTimeout(400, 'old'));
    await setTimeout(200);
    expect(await ofB!.get(key, () => Promise.resolve('new'))).toBe('new');
  });

  it('tell of what was forgotten while Redis hung', async () => {
    await a.get(key, 'old');
    await b.get(key, 'old');
    server.pause();
    await a.region.forget(key);
    server.resume();
    await until(async () => (await b.get(key, 'new')) === 'new');
    expect(await a.get(key, 'other')).toBe('new');
  });
});
