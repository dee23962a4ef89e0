import type { Logger } from '@nestjs/common';

/** How often it is looked whether the database is back, in milliseconds. */
const LOOK_EVERY = 1000;

/** Says once that the database of the jobs is away, however many of them miss it, and once that it is back. */
export class Outage {
  #timer: NodeJS.Timeout | undefined;

  /** @param look fails while the database is away */
  constructor(
    private readonly logger: Logger,
    private readonly look: () => Promise<unknown>,
  ) {}

  /** Call it with each error that says that the database is away. */
  begin({ message }: Error): void {
    if (this.#timer !== undefined) return;
    this.logger.warn(`The job queue is away: ${message}`);
    this.#wait();
  }

  /** Looks no more. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      this.look().then(
        () => {
          this.#timer = undefined;
          this.logger.log('The job queue is back.');
        },
        () => {
          this.#wait();
        },
      );
    }, LOOK_EVERY).unref();
  }
}
