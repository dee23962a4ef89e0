import { Injectable, Logger } from '@nestjs/common';

/** What a choice has earned its reader, beyond the playthrough. */
export interface Reward {
  readonly key: string;
  readonly name: string;
  readonly icon: string;
  /** The experience that it brings. */
  readonly points: number;
}

/** Tells at once what a choice has earned. Whoever gives rewards listens. */
@Injectable()
export class Rewards {
  readonly #logger = new Logger('Rewards');
  #giver: (progressId: number, seq: number) => Promise<readonly Reward[]> = () =>
    Promise.resolve([]);

  /**
   * @param giver is told of choices that came to an ending or collected something, and again when they are sent again; tells
   * the same then, or what it could not tell before
   */
  listen(giver: (progressId: number, seq: number) => Promise<readonly Reward[]>): void {
    this.#giver = giver;
  }

  /** What a choice has earned; nothing where that cannot be told now, as the choice is made. */
  async of(progressId: number, seq: number): Promise<readonly Reward[]> {
    return this.#giver(progressId, seq).catch((error: unknown) => {
      this.#logger.warn({ err: error, progressId, seq }, 'What a choice has earned is not told.');
      return [];
    });
  }
}
