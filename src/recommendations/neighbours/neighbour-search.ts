import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { Jobs } from '../../jobs/jobs.js';
import { Threads } from '../../threads/threads.js';
import { NeighbourRepository } from './neighbour.repository.js';
import { NEIGHBOUR_TASKS } from './neighbour.task-file.js';

const QUEUE = 'find-neighbours';
const EVERY_SECONDS = 3600;

/** How long it may take with more readers than it was ever tried with, in milliseconds. */
const LONGEST = 10 * 60_000;

/** Finds the neighbours of all stories again and again: what readers did meanwhile counts from the next time on. */
@Injectable()
export class NeighbourSearch implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly threads: Threads,
    private readonly neighbours: NeighbourRepository,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery(EVERY_SECONDS, QUEUE, () => this.run());
  }

  /** Those who do it take turns, so that what was found last stays. */
  async run(): Promise<void> {
    await this.database.transaction(async () => {
      await this.neighbours.takeTurn();
      const likings = await this.neighbours.likings();
      const found = await this.threads.run(NEIGHBOUR_TASKS, 'findNeighbours', likings, {
        longest: LONGEST,
      });
      await this.neighbours.replaceAll(found);
    });
  }
}
