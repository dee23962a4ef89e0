import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { Jobs } from '../../jobs/jobs.js';
import { FactRepository } from './fact.repository.js';
import { ReaderTallyRepository } from './reader-tally.repository.js';
import { StoryTallyRepository } from './story-tally.repository.js';

const QUEUE = 'count-plays';
const EVERY_SECONDS = 1;

/** How many facts are counted in one transaction. */
const BATCH = 1000;

/** How many playthroughs are counted anew at a time. */
const REBUILD_BATCH = 10_000;

/**
 * Counts what the play path tells. A fact leaves the outbox in the transaction that counts it, so that a server that is
 * killed at any instant has counted it once or not yet.
 */
@Injectable()
export class FactCounter implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly facts: FactRepository,
    private readonly readers: ReaderTallyRepository,
    private readonly stories: StoryTallyRepository,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery(EVERY_SECONDS, QUEUE, () => this.count());
  }

  /** Counts all facts that wait. */
  async count(): Promise<void> {
    while (await this.#countBatch());
  }

  /**
   * Counts everything anew from the steps; what is played meanwhile waits and is counted afterwards.
   * @param onProgress is told the id of the last playthrough that has been counted
   */
  async rebuild(onProgress: (last: number) => void): Promise<void> {
    await this.database.transaction(async () => {
      // From the lock on, the outbox and the steps are seen as they are at one and the same instant.
      await this.database.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      await this.facts.takeTurn();
      await this.facts.forget();
      await this.readers.clear();
      await this.stories.clear();
      let done = await this.facts.takeAll(REBUILD_BATCH, 0);
      while (done !== undefined) {
        await this.#addFacts();
        onProgress(done);
        done = await this.facts.takeAll(REBUILD_BATCH, done);
      }
      await this.facts.noteRebuilt();
    });
  }

  /** @returns whether there may be more */
  #countBatch(): Promise<boolean> {
    return this.database.transaction(async () => {
      await this.facts.takeTurn();
      const taken = await this.facts.take(BATCH);
      if (taken > 0) await this.#addFacts();
      return taken === BATCH;
    });
  }

  async #addFacts(): Promise<void> {
    await this.readers.add();
    await this.stories.add();
  }
}
