import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { connectReplica } from './data-source.js';

/** How often replicas are looked at, in milliseconds. */
const LOOK_EVERY = 1000;

/** Everything committed when it was asked for lies before it in the log. */
const END_OF_LOG = 'SELECT pg_current_wal_insert_lsn()::text AS lsn';

/** Which of some ends of the log has been replayed, the latest first. */
const REPLAYED = `
  SELECT max(at) AS at FROM unnest($1::float8[], $2::pg_lsn[]) AS known (at, lsn)
  WHERE lsn <= pg_last_wal_replay_lsn()`;

/** An end of the primary's log, and when it was asked for. */
interface Mark {
  readonly at: number;
  readonly lsn: string;
}

/** How a replica was found when it was last looked at. */
export interface ReplicaFigures {
  /** Its host and port. */
  readonly replica: string;
  /** How old what it is known to have is, in seconds; undefined until it has first been seen to have anything. */
  readonly lag: number | undefined;
  /** Whether reads go there. */
  readonly isUsed: boolean;
}

class Replica {
  /** All that was committed until then is there. */
  #freshAt = -Infinity;
  /** The same, also while it is not trusted. */
  #seenAt: number | undefined;
  #lag: number | undefined;

  constructor(
    readonly name: string,
    readonly dataSource: DataSource,
  ) {}

  get lag(): number | undefined {
    return this.#lag;
  }

  isFresh(since: number): boolean {
    return this.#freshAt >= since;
  }

  distrust(): void {
    this.#freshAt = -Infinity;
  }

  async look(marks: readonly Mark[]): Promise<void> {
    try {
      if (!this.dataSource.isInitialized) await connectReplica(this.dataSource);
      const [row] = await this.dataSource.query<{ at: number | null }[]>(REPLAYED, [
        marks.map(({ at }) => at),
        marks.map(({ lsn }) => lsn),
      ]);
      this.#freshAt = row?.at ?? -Infinity;
      this.#seenAt = row?.at ?? this.#seenAt;
    } catch {
      this.distrust();
    }
    if (this.#seenAt !== undefined) this.#lag = (performance.now() - this.#seenAt) / 1000;
  }
}

/** Copies of the database that some reads may go to, while they are not further behind than `DATABASE_REPLICA_LAG_SECONDS`. */
@Injectable()
export class Replicas implements OnModuleInit, OnApplicationShutdown {
  readonly #logger = new Logger('Replicas');
  readonly #replicas: readonly Replica[];
  #marks: Mark[] = [];
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #turn = 0;

  constructor(
    private readonly primary: DataSource,
    private readonly config: Config,
    dataSources: readonly DataSource[],
  ) {
    this.#replicas = dataSources.map(
      (dataSource, i) => new Replica(new URL(config.databaseReplicaUrls[i]!).host, dataSource),
    );
  }

  get figures(): ReplicaFigures[] {
    const since = this.#oldest();
    return this.#replicas.map((replica) => ({
      replica: replica.name,
      lag: replica.lag,
      isUsed: replica.isFresh(since),
    }));
  }

  async onModuleInit(): Promise<void> {
    if (this.#replicas.length === 0) return;
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    }, LOOK_EVERY).unref();
    await this.#look();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
    for (const { dataSource } of this.#replicas)
      if (dataSource.isInitialized) await dataSource.destroy();
  }

  /**
   * Reads from a replica that is fresh enough, in turns; from the primary where there is none, or the replica fails.
   * @param onReplica reads from it
   * @param onPrimary reads the same from the primary
   */
  async read<T>(
    onReplica: (replica: DataSource) => Promise<T>,
    onPrimary: () => Promise<T>,
  ): Promise<T> {
    const replica = this.#next();
    if (replica === undefined) return onPrimary();
    try {
      return await onReplica(replica.dataSource);
    } catch {
      // Reading again does no harm; what is not the replica's fault fails there too.
      replica.distrust();
      return onPrimary();
    }
  }

  #next(): Replica | undefined {
    const since = this.#oldest();
    const fresh = this.#replicas.filter((replica) => replica.isFresh(since));
    return fresh[this.#turn++ % fresh.length];
  }

  /** Since when what is read must be there. */
  #oldest(): number {
    return performance.now() - this.config.replicaLagSeconds * 1000;
  }

  async #look(): Promise<void> {
    const at = performance.now();
    try {
      const [end] = await this.primary.query<{ lsn: string }[]>(END_OF_LOG);
      const oldest = this.#oldest();
      this.#marks = [...this.#marks.filter((mark) => mark.at >= oldest), { at, lsn: end!.lsn }];
    } catch (error) {
      this.#logger.warn(`How fresh replicas are is not known: ${String(error)}`);
      return;
    }
    await Promise.all(this.#replicas.map((replica) => replica.look(this.#marks)));
  }
}
