import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { account } from './debian.js';

const LONGEST_START_MS = 20_000;

/** A program of the system that a test runs on a port, kills and starts again. */
export class Daemon {
  #child: ChildProcess | undefined;
  #output = '';

  constructor(
    private readonly command: string,
    private readonly args: readonly string[],
    readonly port: number,
  ) {}

  /** Resolves when its port answers. @throws with what it said when it ends instead, or takes too long */
  async start(): Promise<this> {
    const child = spawn(this.command, this.args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...account(),
    });
    const collect = (chunk: Buffer) => (this.#output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    this.#child = child;
    const latest = Date.now() + LONGEST_START_MS;
    while (!(await answers(this.port))) {
      if (child.exitCode !== null || Date.now() > latest)
        throw new Error(`${this.command} does not start:\n${this.#output}`);
      await setTimeout(50);
    }
    return this;
  }

  /** Ends it, if it runs. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

/** Whether something takes connections on a port of this machine. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
