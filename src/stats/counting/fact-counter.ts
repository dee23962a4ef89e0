import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { Jobs } from '../../jobs/jobs.js';
import { PlayFacts } from '../../progress/playthroughs/play-facts.js';
import { Activities, aboutStory } from '../../social/activities/activities.js';
import { AwardNews } from '../achievements/award-news.js';
import { AwardTallyRepository } from './award-tally.repository.js';
import { FactRepository } from './fact.repository.js';
import { ReaderTallyRepository } from './reader-tally.repository.js';
import { StoryTallyRepository } from './story-tally.repository.js';

const QUEUE = 'count-plays';

/** How long facts wait for others to be counted with, in milliseconds. */
const WAIT = 2000;

/** How often those are looked for that a server left behind which was killed, in seconds. */
const EVERY_SECONDS = 60;

/** How long a reader who has come to an ending waits for those who count, in milliseconds. */
const PATIENCE = 1000;

/** How many facts are counted in one transaction. */
const BATCH = 1000;

/** How many playthroughs are counted anew at a time. */
const REBUILD_BATCH = 50_000;

/**
 * Counts what the play path tells. A fact leaves the outbox in the transaction that counts it, so that a server that is
 * killed at any instant has counted it once or not yet.
 */
@Injectable()
export class FactCounter implements OnModuleInit, OnModuleDestroy {
  readonly #logger = new Logger('FactCounter');
  #timer: NodeJS.Timeout | undefined;
  readonly #asked = new Set<number>();
  /** What is being counted at once now, and what is next. */
  #current: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly told: PlayFacts,
    private readonly facts: FactRepository,
    private readonly readers: ReaderTallyRepository,
    private readonly stories: StoryTallyRepository,
    private readonly activities: Activities,
    private readonly awards: AwardTallyRepository,
    private readonly awardNews: AwardNews,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery(EVERY_SECONDS, QUEUE, () => this.count());
    this.told.listen(() => {
      this.wake();
    });
  }

  onModuleDestroy(): void {
    clearTimeout(this.#timer);
  }

  /** Counts soon. */
  wake(): void {
    this.#timer ??= this.database.apart(() => setTimeout(() => void this.#queue(), WAIT));
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
      await this.facts.takeTime();
      await this.facts.takeTurn();
      await this.#tellWaiting();
      await this.readers.clear();
      await this.stories.clear();
      await this.readers.correct();
      await this.awards.carry();
      await this.awards.askOthers();
      let done = await this.facts.takeAll(REBUILD_BATCH, 0);
      while (done !== undefined) {
        await this.#addFacts();
        onProgress(done);
        done = await this.facts.takeAll(REBUILD_BATCH, done);
      }
      await this.facts.noteRebuilt();
    });
  }

  /**
   * Counts what waits of a playthrough, before anything else. Readers who ask meanwhile are counted together next, so that
   * many who come to an ending at once take few turns.
   */
  countNow(progressId: number): Promise<void> {
    this.#asked.add(progressId);
    this.#next ??= this.database.apart(() => this.#countAsked());
    return this.#next;
  }

  /** Counts one correction, in the transaction that writes it. */
  async correct(correctionId: number): Promise<void> {
    await this.facts.takeTurn();
    await this.readers.correct(correctionId);
    await this.#award();
  }

  /** What cannot be queued now is counted with what comes next. */
  async #queue(): Promise<void> {
    this.#timer = undefined;
    await this.jobs.send(QUEUE, {}).catch((error: unknown) => {
      this.#logger.warn(`Nothing was queued: ${String(error)}`);
    });
  }

  /** @returns whether there may be more */
  #countBatch(): Promise<boolean> {
    return this.database.transaction(async () => {
      await this.facts.takeTurn();
      const taken = await this.facts.take(BATCH);
      if (taken > 0 || (await this.awards.isAsked())) await this.#addFacts();
      if (taken > 0) await this.#tellFinishes();
      return taken === BATCH;
    });
  }

  /** Empties the outbox: what waits there is counted with all else, but has not been told yet. */
  async #tellWaiting(): Promise<void> {
    await this.facts.take(Number.MAX_SAFE_INTEGER);
    await this.#tellFinishes();
  }

  /** Others may see who finished which story; that it was finished before is known already. */
  async #tellFinishes(): Promise<void> {
    const finishes = await this.readers.finishes();
    await this.activities.record(
      finishes.map(({ userId, storyId, at }) => ({
        ...({ actorId: userId, kind: 'finished', subject: aboutStory(storyId), at } as const),
      })),
    );
  }

  /** Counts what was asked for, when its turn comes. */
  async #countAsked(): Promise<void> {
    await this.#current;
    const asked = [...this.#asked];
    this.#asked.clear();
    this.#next = undefined;
    const counting = this.#countOf(asked);
    this.#current = counting.catch(() => undefined);
    await counting;
  }

  #countOf(progressIds: readonly number[]): Promise<void> {
    return this.database.transaction(async () => {
      await this.facts.takeTurn(PATIENCE);
      if ((await this.facts.takeOf(progressIds)) === 0) return;
      await this.#addFacts();
      await this.#tellFinishes();
    });
  }

  async #addFacts(): Promise<void> {
    await this.readers.add();
    await this.stories.add();
    await this.#award();
  }

  #award(): Promise<void> {
    return this.awardNews.of(() => this.awards.add());
  }
}
