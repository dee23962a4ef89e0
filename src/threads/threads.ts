import { availableParallelism } from 'node:os';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pLimit from 'p-limit';
import { Piscina } from 'piscina';
import type { TaskFile } from './task-file.js';
import { tookTooLong, tookTooMuchMemory, tooManyTasks } from './threads.errors.js';

export interface ThreadLimits {
  /** How many tasks run at a time. */
  readonly threads: number;
  /** How many more may wait. */
  readonly mostWaiting: number;
  /** The memory that a thread’s objects may take before its task is given up, in MB. */
  readonly mostMemory: number;
  /** How long a task may run that says nothing of it, in milliseconds. */
  readonly longest: number;
}

/** One thread may be busy with a proof, another with a simulation, and others are for what somebody waits for. */
export const THREAD_LIMITS: ThreadLimits = {
  threads: Math.min(Math.max(3, availableParallelism()), 8),
  mostWaiting: 24,
  mostMemory: 1024,
  longest: 60_000,
};

/** How long a thread with nothing to do is kept, in milliseconds: the next task would wait for another to start. */
const IDLE = 10 * 60_000;

const MEGABYTE = 1024 * 1024;

/** How often it is looked how much memory the threads take, in milliseconds. */
const WATCH = 50;

/**
 * How much more memory than its most a thread is given. At the end of what it is given, V8 cannot always end the thread
 * alone and ends the process: a task is given up while there is some left.
 */
const HEADROOM = 2;

/** How much lower than the server’s the priority of threads is: who asks for little is not to wait for cores either. */
const NICE = 5;

export interface TaskBounds {
  /** In milliseconds, from when it starts. */
  readonly longest?: number;
  /** Gives the task up when aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Worker threads for pure work on whole stories, which would keep the event loop from everybody else. What goes in and
 * comes out is cloned on the event loop: let it be text or bytes, not large graphs of objects.
 */
@Injectable()
export class Threads implements OnApplicationShutdown {
  readonly #pool: Piscina;
  readonly #slots;
  readonly #watch: NodeJS.Timeout;

  constructor(private readonly limits: ThreadLimits) {
    this.#slots = pLimit(limits.threads);
    this.#pool = new Piscina({
      minThreads: 0,
      maxThreads: limits.threads,
      idleTimeout: IDLE,
      niceIncrement: NICE,
      resourceLimits: { maxOldGenerationSizeMb: limits.mostMemory * HEADROOM },
    });
    // Of a thread that has no task any more, there is nobody to be told: another takes its place.
    this.#pool.on('error', () => undefined);
    this.#watch = setInterval(() => void this.#endTooLarge(), WATCH).unref();
  }

  /**
   * Runs a function of a task file in a thread.
   * @throws {ApiError} `RATE_LIMITED` when too many wait already; `TOO_LARGE` when it takes too long or too much memory
   * @throws whatever the function throws, as a plain error
   */
  async run<Module, Name extends keyof Module & string>(
    file: TaskFile<Module>,
    name: Name,
    input: InputOf<Module[Name]>,
    bounds: TaskBounds = {},
  ): Promise<ResultOf<Module[Name]>> {
    if (this.#slots.pendingCount >= this.limits.mostWaiting) throw tooManyTasks();
    return this.#slots(() => this.#run(file.path, name, input, bounds));
  }

  /** Requests in flight are answered by then; what still runs or waits is given up. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#watch);
    await this.#pool.destroy();
  }

  /** Ends the threads that take too much memory, and gives up their tasks. */
  async #endTooLarge(): Promise<void> {
    if (this.#slots.activeCount === 0) return;
    await Promise.all(
      this.#pool.threads.map(async (thread) => {
        const heap = await thread.getHeapStatistics().catch(isEnded);
        if (heap === undefined || heap.used_heap_size <= this.limits.mostMemory * MEGABYTE) return;
        thread.emit('error', tookTooMuchMemory(this.limits.mostMemory));
      }),
    );
  }

  async #run<Result>(
    filename: string,
    name: string,
    input: unknown,
    { longest = this.limits.longest, signal }: TaskBounds,
  ): Promise<Result> {
    const deadline = AbortSignal.timeout(longest);
    const given = signal === undefined ? [deadline] : [deadline, signal];
    try {
      return (await this.#pool.run(input, {
        filename,
        name,
        signal: AbortSignal.any(given),
      })) as Result;
    } catch (error) {
      signal?.throwIfAborted();
      if (deadline.aborted) throw tookTooLong(longest);
      throw error;
    }
  }
}

type InputOf<Task> = Task extends (input: infer Input) => unknown ? Input : never;
type ResultOf<Task> = Task extends (input: never) => infer Result ? Awaited<Result> : never;

const isEnded = () => undefined;
