import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { PgBoss, type Job, type JobResult, type Queue } from 'pg-boss';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { isDatabaseAway } from '../database/database-away.js';
import { DatabaseServer } from '../database/database-server.js';
import { Outage } from './outage.js';

/** Work that a queue does. @param signal is aborted when the server stops: the job is then done again later */
export type JobHandler<Data> = (data: Data, signal: AbortSignal) => Promise<void>;

/** What is done about a job that is given up: it failed again and again, or servers died over it. */
export type GivenUpHandler<Data> = (data: Data) => Promise<void>;

/** What a process has to do with jobs: commands nothing, servers that leave them to workers queue them. */
export type JobsRole = 'none' | 'queues' | 'works';

/** At what pace the jobs of a queue are done. */
interface Pace {
  /** How many jobs a server does at once. */
  readonly atOnce: number;
  readonly retries?: Pick<Queue, 'retryLimit' | 'retryDelay' | 'retryBackoff' | 'retryDelayMax'>;
}

/** That of jobs that hand something to another server, which may be slow, or away for some six hours. */
export const OUTBOUND: Pace = {
  atOnce: 5,
  retries: { retryLimit: 17, retryDelay: 1, retryBackoff: true, retryDelayMax: 3600 },
};

/** How a queue does its work. */
interface Handling {
  readonly done: JobHandler<never>;
  readonly givenUp: GivenUpHandler<never> | undefined;
  readonly pace: Pace | undefined;
}

/** How many connections the queues take beside the pool of the application. */
const CONNECTIONS = 2;

/** How long jobs that are done with are kept, in seconds: they name people, and there are some each second while readers play. */
const KEPT = 3600;

/** How often those that are kept no longer are deleted, in seconds. */
const SWEPT = 600;

/** A job whose server is silent for that long is done again, up to three times; none goes on for an hour. */
const QUEUE = {
  ...{ retryLimit: 3, retryDelay: 1, heartbeatSeconds: 10, expireInSeconds: 3600 },
  deleteAfterSeconds: KEPT,
};

/** How often silent jobs are looked for, in seconds. */
const LOOKED_AFTER = 5;

/** How long work in hand may go on when the server stops, in milliseconds. */
const LONGEST_STOP = 5000;

/**
 * Work in the background, kept in PostgreSQL by pg-boss: what is queued is done once, by whichever process is free, and
 * again where one died over it.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('Jobs');
  readonly #handlers = new Map<string, Handling>();
  readonly #repeated = new Map<string, number>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #outage = new Outage(this.#logger, () =>
    this.database.apart(() => this.database.query('SELECT 1')),
  );
  #boss: PgBoss | undefined;

  constructor(
    private readonly config: Config,
    private readonly server: DatabaseServer,
    private readonly database: Database,
    private readonly role: JobsRole,
  ) {}

  /**
   * Says how the jobs of a queue are done; call it before the application has started.
   * @param givenUp is called where a job is not done after all attempts, with what it was sent with
   * @param pace otherwise jobs are done one at a time, and again at once, up to three times
   */
  handle<Data extends object>(
    queue: string,
    done: JobHandler<Data>,
    givenUp?: GivenUpHandler<Data>,
    pace?: Pace,
  ): void {
    this.#handlers.set(queue, { done, givenUp, pace });
  }

  /** Says how work is done that comes up again and again: once for all processes together, and once when one starts. */
  handleEvery(seconds: number, queue: string, handler: () => Promise<void>): void {
    this.#repeated.set(queue, seconds);
    this.handle(queue, handler);
  }

  /**
   * Queues a job, in the transaction that the caller stands in: without it, nothing is queued.
   * @param startAfter how many seconds it waits at least
   */
  async send(queue: string, data: object, startAfter = 0): Promise<void> {
    if (this.#boss === undefined) throw new Error('Only a running server queues jobs.');
    await this.#boss.send(queue, data, {
      startAfter,
      db: {
        executeSql: async (text, values) => ({ rows: await this.database.query(text, values) }),
      },
    });
  }

  /** Makes or updates the tables of the queues, as a migration does for those of the application. */
  async install(): Promise<void> {
    const boss = this.#newBoss({ migrate: true, isWorking: false });
    await boss.start();
    await boss.stop({ graceful: false });
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.role === 'none') return;
    const isWorking = this.role === 'works';
    const boss = this.#newBoss({ migrate: this.config.autoMigrate, isWorking });
    await boss.start().catch((error: unknown) => {
      if (this.config.autoMigrate) throw error;
      throw new Error(
        'The tables of the job queue are missing or old (AUTO_MIGRATE is false): run "talegraph migrate run" first.',
        { cause: error },
      );
    });
    this.#boss = boss;
    for (const [queue, handling] of this.#handlers) await this.#make(boss, queue, handling);
    if (!isWorking) return;
    for (const [queue, handling] of this.#handlers) await this.#workOn(boss, queue, handling);
    for (const [queue, seconds] of this.#repeated) await this.#repeat(boss, queue, seconds);
  }

  async onModuleDestroy(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#outage.stop();
    await this.#boss?.stop({ graceful: true, timeout: LONGEST_STOP });
  }

  /** Makes a queue, and the one for what it gives up. One that an earlier release made keeps that one's settings otherwise. */
  async #make(boss: PgBoss, queue: string, { givenUp, pace }: Handling): Promise<void> {
    const deadLetter = givenUp && givenUpOf(queue);
    const options = { ...QUEUE, ...pace?.retries, ...(deadLetter && { deadLetter }) };
    if (deadLetter) await makeQueue(boss, deadLetter, QUEUE);
    await makeQueue(boss, queue, options);
  }

  async #workOn(boss: PgBoss, queue: string, { done, givenUp, pace }: Handling): Promise<void> {
    if (givenUp) {
      await this.#work(boss, givenUpOf(queue), (data) => {
        this.#logger.error({ queue, data }, 'A job was given up.');
        return givenUp(data);
      });
    }
    await this.#work(boss, queue, done, pace?.atOnce);
  }

  async #work(boss: PgBoss, queue: string, handler: JobHandler<never>, atOnce = 1): Promise<void> {
    const fetching = { pollingIntervalSeconds: 1, batchSize: atOnce, burstWhenBatchFull: true };
    await boss.work(queue, { ...fetching, perJobResults: true }, (jobs) =>
      Promise.all(jobs.map((job) => this.#outcomeOf(job, handler))),
    );
  }

  /** Does one of several jobs: where it fails, it fails alone. */
  async #outcomeOf(
    { id, name, data, signal }: Job<unknown>,
    handler: JobHandler<never>,
  ): Promise<JobResult> {
    try {
      await handler(data as never, signal);
      return { id, status: 'completed' };
    } catch (error) {
      const message = String(error);
      this.#logger.warn({ queue: name, id, error: message }, 'A job failed.');
      return { id, status: 'failed', output: { message } };
    }
  }

  async #repeat(boss: PgBoss, queue: string, seconds: number): Promise<void> {
    const once = { singletonKey: queue, singletonSeconds: seconds };
    await boss.send(queue, {}, once);
    const again = () => {
      boss.send(queue, {}, once).catch((error: unknown) => {
        this.#warn(`Nothing was queued in ${queue}`, error as Error);
      });
    };
    this.#timers.push(setInterval(again, seconds * 1000).unref());
  }

  #newBoss({ migrate, isWorking }: { migrate: boolean; isWorking: boolean }): PgBoss {
    const boss = new PgBoss({
      connectionString: this.server.url,
      application_name: 'talegraph-jobs',
      max: CONNECTIONS,
      migrate,
      createSchema: migrate,
      supervise: isWorking,
      superviseIntervalSeconds: LOOKED_AFTER,
      monitorIntervalSeconds: LOOKED_AFTER,
      maintenanceIntervalSeconds: SWEPT,
      schedule: false,
    });
    boss.on('error', (error) => {
      this.#warn('The job queue', error);
    });
    return boss;
  }

  /** That the database is away is said once, and not by each queue that misses it. */
  #warn(what: string, error: Error): void {
    if (isDatabaseAway(error)) this.#outage.begin(error);
    else this.#logger.warn(`${what}: ${error.message}`);
  }
}

const givenUpOf = (queue: string) => `${queue}-given-up`;

async function makeQueue(boss: PgBoss, queue: string, options: Omit<Queue, 'name'>): Promise<void> {
  await boss.createQueue(queue, options);
  await boss.updateQueue(queue, options);
}
