import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Config } from '../../../src/config/config.js';
import { Redis } from '../../../src/redis/redis.js';
import { startApp, type TestApp } from '../../support/app.js';
import { describeWithRedis, RedisServer } from '../../support/redis-server.js';
import { Wire } from '../../support/wire.js';

const until = async (isSo: () => boolean) => {
  while (!isSo()) await setTimeout(10);
};

/** How long something took, in milliseconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

describeWithRedis('the connection to Redis', () => {
  let server: RedisServer;
  let redis: Redis;

  beforeAll(async () => {
    server = await RedisServer.prepare();
    redis = new Redis(Config.from({ REDIS_URL: server.url }));
  });

  afterAll(async () => {
    redis.onApplicationShutdown();
    await server.kill();
  });

  it('does not keep callers waiting before Redis is there, and finds it when it comes', async () => {
    expect(redis.state).toBe('away');
    expect(await timed(() => redis.get('a'))).toBeLessThan(20);
    await server.start();
    await until(() => redis.state === 'up');
    expect(await redis.get('a')).toBeNull();
  });

  it('gives no answer, at once, while Redis is dead, and answers when it is back', async () => {
    await server.kill();
    const before = redis.unanswered;
    const answer = redis.get('a');
    expect(await timed(() => answer)).toBeLessThan(100);
    expect(await answer).toBeUndefined();
    expect(redis.unanswered).toBe(before + 1);
    await server.start();
    await until(() => redis.state === 'up');
    expect(await redis.delete('a')).toBe(0);
  });

  it('gives up a Redis that hangs after some tens of milliseconds, and then leaves it alone', async () => {
    server.pause();
    try {
      expect(await timed(() => redis.get('a'))).toBeLessThan(200);
      expect(redis.state).toBe('away');
      expect(await timed(() => redis.get('a'))).toBeLessThan(20);
    } finally {
      server.resume();
    }
    await until(() => redis.state === 'up');
    expect(await redis.get('a')).toBeNull();
  });

  it('hears messages again after Redis was away, and tells of its return', async () => {
    const heard: string[] = [];
    let returns = 0;
    redis.onReturn(() => (returns += 1));
    redis.subscribe('news', (message) => heard.push(message));
    await until(() => returns === 1);
    await server.kill();
    await until(() => redis.state === 'away');
    await server.start();
    await until(() => returns === 2 && redis.state === 'up');
    await redis.publish('news', 'hello');
    await until(() => heard.length > 0);
    expect(heard).toEqual(['hello']);
  });

  it('says once which commands Redis refuses, which count as unanswered', async () => {
    const said: unknown[] = [];
    const quiet = () => undefined;
    const warn = (message: unknown) => said.push(message);
    Logger.overrideLogger({ log: quiet, error: quiet, warn });
    const refused = (code: string) =>
      redis.run({ lua: `return redis.error_reply('${code} not now')` }, 'a', []);
    const before = redis.unanswered;
    expect([await refused('OOM'), await refused('OOM')]).toEqual([undefined, undefined]);
    await refused('NOPERM');
    Logger.overrideLogger(['log', 'warn', 'error']);
    expect([redis.unanswered - before, redis.state]).toEqual([3, 'up']);
    expect(said).toEqual([
      expect.stringMatching(/^Redis refuses commands: OOM not now/),
      expect.stringMatching(/^Redis refuses commands: NOPERM not now/),
    ]);
  });

  it('leaves connections on which nothing comes back any more, while it is asked all the time too', async () => {
    const wire = await Wire.to(server.url);
    const config = Config.from({ REDIS_URL: `redis://127.0.0.1:${wire.port}` });
    const tried = new Redis(config, { ping: 500, silence: 1500 });
    const heard: string[] = [];
    let returns = 0;
    tried.onReturn(() => (returns += 1));
    tried.subscribe('wire', (message) => heard.push(message));
    await until(() => returns === 2 && tried.state === 'up');
    // Who has nothing to do stays connected.
    await setTimeout(2000);
    expect([returns, tried.state]).toEqual([2, 'up']);
    wire.swallow();
    const answers = async () => (await tried.get('a')) === null;
    const deadline = performance.now() + 6000;
    while (!(await answers()) && performance.now() < deadline) await setTimeout(10);
    const isBack = await answers();
    const deafUntil = performance.now() + 3000;
    while (heard.length === 0 && performance.now() < deafUntil) {
      await redis.publish('wire', 'hello');
      await setTimeout(50);
    }
    tried.onApplicationShutdown();
    wire.close();
    expect([isBack, returns, heard[0]]).toEqual([true, 3, 'hello']);
  }, 15_000);

  it('hears messages where Redis was away when it began to listen', async () => {
    const other = await RedisServer.prepare();
    const late = new Redis(Config.from({ REDIS_URL: other.url }));
    const heard: string[] = [];
    late.subscribe('news', (message) => heard.push(message));
    // The first attempts to connect fail meanwhile.
    await setTimeout(500);
    await other.start();
    await until(() => late.state === 'up');
    const deadline = Date.now() + 5000;
    while (heard.length === 0 && Date.now() < deadline) {
      await late.publish('news', 'hello');
      await setTimeout(50);
    }
    late.onApplicationShutdown();
    await other.kill();
    expect(heard[0]).toBe('hello');
  }, 20_000);
});

describeWithRedis('a server whose Redis is away', () => {
  let app: TestApp;
  let server: RedisServer;

  beforeAll(async () => {
    server = await RedisServer.prepare();
    app = await startApp({ REDIS_URL: server.url });
  });

  afterAll(async () => {
    await app.close();
    await server.kill();
    delete process.env.REDIS_URL;
  });

  it('starts, is ready, and says what it lacks', async () => {
    const answer = await fetch(`${app.url}/health/ready`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      status: 'ok',
      details: { redis: { status: 'up', degraded: true, message: 'does not answer' } },
    });
    expect(await (await fetch(`${app.url}/metrics`)).text()).toContain('\ntalegraph_redis_up 0\n');
  });

  it('notices when it comes', async () => {
    await server.start();
    await until(() => app.app.get(Redis).state === 'up');
    expect(await (await fetch(`${app.url}/health/ready`)).json()).toMatchObject({
      details: { redis: { status: 'up' } },
    });
    expect(await (await fetch(`${app.url}/metrics`)).text()).toContain('\ntalegraph_redis_up 1\n');
  });
});
