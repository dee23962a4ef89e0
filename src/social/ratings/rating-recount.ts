import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { RatingTallyRepository } from './rating-tally.repository.js';

/** How many stories, or reviews, are locked and counted at a time. */
const BATCH = 1000;

/** Counts all ratings anew. */
@Injectable()
export class RatingRecount {
  constructor(
    private readonly database: Database,
    private readonly tally: RatingTallyRepository,
  ) {}

  /** Readers may go on rating: each story, and each review, is counted as it is at one instant. */
  async rebuild(): Promise<void> {
    await this.#each((after) => this.tally.recountStories(BATCH, after));
    await this.#each((after) => this.tally.recountVotes(BATCH, after));
  }

  async #each(recount: (after: number) => Promise<number | undefined>): Promise<void> {
    let done: number | undefined = 0;
    while (done !== undefined) {
      const after: number = done;
      done = await this.database.transaction(() => recount(after));
    }
  }
}
