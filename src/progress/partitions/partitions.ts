import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../jobs/jobs.js';
import { idsBehind, monthAfter, monthOf } from './months.js';
import {
  PartitionRepository,
  type Partition,
  type PartitionedTable,
} from './partition.repository.js';

const STEPS: PartitionedTable = {
  name: 'progress_steps',
  key: 'progress_id',
  numberedBy: 'user_progress',
};

const FACTS: PartitionedTable = {
  name: 'play_facts',
  key: 'fact_id',
  numberedBy: 'play_facts',
};

const QUEUE = 'partitions';

const EVERY_SECONDS = 3600;

/** How many months after the present one have their partitions already. */
const MONTHS_AHEAD = 2;

/**
 * Keeps the partitions of what is played: makes those of the months to come, lets a new month begin, and drops those of
 * past months that nothing lies in and nothing can come to.
 */
@Injectable()
export class Partitions implements OnModuleInit {
  readonly #logger = new Logger('Partitions');

  constructor(
    private readonly partitions: PartitionRepository,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery(EVERY_SECONDS, QUEUE, () => this.keep(new Date()));
  }

  async keep(now: Date): Promise<void> {
    for (const table of [STEPS, FACTS]) {
      await this.#make(table, now);
      await this.partitions.begin(table, monthOf(now));
      await this.#retire(table, now);
    }
  }

  async #make(table: PartitionedTable, now: Date): Promise<void> {
    const made = await this.partitions.find(table);
    let month = monthOf(now);
    for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead++, month = monthAfter(month)) {
      const first = idsBehind(month);
      if (made.some(({ from, to }) => from <= first && first < to)) continue;
      await this.partitions.make(table, month);
      this.#logger.log(`Made the partition of ${table.name} for ${month}.`);
    }
  }

  /** Call it when the present month has begun: then no ids of those before are given out any more. */
  async #retire(table: PartitionedTable, now: Date): Promise<void> {
    const present = idsBehind(monthOf(now));
    for (const partition of await this.partitions.find(table)) {
      if (partition.to > present) continue;
      if (await this.partitions.dropUnused(table, partition)) this.#tellOfDrop(partition);
    }
  }

  #tellOfDrop({ name, from }: Partition): void {
    const line = `Dropped ${name}: nothing is left of it.`;
    // That of before all months never had anything in a new installation.
    if (from === 0) this.#logger.debug(line);
    else this.#logger.log(line);
  }
}
