import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { describe } from '@jest/globals';
import { answers } from './cluster/daemon.js';
import { freePort } from './server-process.js';

const PROGRAM = 'redis-server';

const isThere = spawnSync(PROGRAM, ['--version']).status === 0;

/** As `describe`, where there is a Redis; elsewhere it says that it is left out. */
export function describeWithRedis(name: string, tests: () => void): void {
  if (isThere) {
    describe(name, tests);
    return;
  }
  console.warn(`SKIPPED: ${name} needs ${PROGRAM} (apt-get install redis-server).`);
  describe.skip(name, tests);
}

/** A Redis of the test's own, that forgets everything when it ends. */
export class RedisServer {
  #process: ChildProcess | undefined;

  private constructor(private readonly port: number) {}

  /** @returns one that does not run yet */
  static async prepare(): Promise<RedisServer> {
    return new RedisServer(await freePort());
  }

  static async start(): Promise<RedisServer> {
    const server = await RedisServer.prepare();
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Resolves when it takes connections. */
  async start(): Promise<void> {
    this.#process = spawn(
      PROGRAM,
      ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      { stdio: 'ignore' },
    );
    while (!(await answers(this.port))) await setTimeout(20);
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    const running = this.#process;
    if (running?.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  }

  /** Lets it hang: connections stay, nothing is answered. */
  pause(): void {
    this.#process?.kill('SIGSTOP');
  }

  resume(): void {
    this.#process?.kill('SIGCONT');
  }
}
