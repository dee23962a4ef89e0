import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../../src/config/project-root.js';
import type { TaskFile } from '../../../src/threads/task-file.js';
import { Threads } from '../../../src/threads/threads.js';

const FOREVER = 600_000;

describe('Threads', () => {
  const tasks: TaskFile<typeof import('../../support/thread-tasks.js')> = {
    path: join(projectRoot, 'test/support/thread-tasks.js'),
  };
  let threads: Threads;

  beforeEach(() => {
    threads = new Threads({ threads: 2, mostWaiting: 2, mostMemory: 64, longest: 20_000 });
  });

  afterEach(async () => {
    await threads.onApplicationShutdown();
  });

  const works = async () => {
    expect(await threads.run(tasks, 'shout', 'still here')).toBe('STILL HERE');
  };

  it('run tasks beside the event loop, which goes on', async () => {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await Promise.all([threads.run(tasks, 'spin', 600), threads.run(tasks, 'spin', 600)]);
    delay.disable();
    // The tasks take 600 ms each: on the event loop, they would hold it up for as long.
    expect(delay.max / 1e6).toBeLessThan(400);
    expect(await threads.run(tasks, 'numberOfThread', undefined)).toBeGreaterThan(0);
  });

  it('pass on what a task throws, and go on', async () => {
    await expect(threads.run(tasks, 'refuse', 'not like this')).rejects.toThrow('not like this');
    await works();
  });

  it('survive a thread that ends', async () => {
    await expect(threads.run(tasks, 'end', undefined)).rejects.toThrow();
    await works();
  });

  it('give up a task that takes too much memory', async () => {
    await expect(threads.run(tasks, 'fillMemory', undefined)).rejects.toMatchObject({
      message: expect.stringContaining('more than 64 MB of memory'),
      extensions: { code: 'TOO_LARGE' },
    });
    await works();
  });

  it('give up a task that takes too long, however busy it is', async () => {
    await expect(threads.run(tasks, 'spin', FOREVER, { longest: 300 })).rejects.toMatchObject({
      message: expect.stringContaining('after 0.3 seconds'),
      extensions: { code: 'TOO_LARGE' },
    });
    await works();
  });

  it('give up a task when it is no longer wanted', async () => {
    const wanted = new AbortController();
    const task = threads.run(tasks, 'spin', FOREVER, { signal: wanted.signal });
    wanted.abort(new Error('nobody waits'));
    await expect(task).rejects.toThrow('nobody waits');
    await works();
  });

  it('refuse tasks when too many wait', async () => {
    const busy = new AbortController();
    const spin = () => threads.run(tasks, 'spin', FOREVER, { signal: busy.signal });
    const running = [spin(), spin(), spin(), spin()].map((task) => task.catch(() => 'given up'));
    await expect(threads.run(tasks, 'shout', 'me too')).rejects.toMatchObject({
      extensions: { code: 'RATE_LIMITED', retryAfter: 5 },
    });
    busy.abort();
    expect(await Promise.all(running)).toEqual(Array(4).fill('given up'));
    await works();
  });

  it('give up what runs when the server stops', async () => {
    const task = threads.run(tasks, 'spin', FOREVER);
    const ends = expect(task).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await threads.onApplicationShutdown();
    await ends;
  });
});
