import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { isbot } from 'isbot';
import { ShareRepository } from './share.repository.js';

/** How long visits are gathered before they are written, in milliseconds: so much may a killed server lose. */
const GATHERED = 1000;

/** Counts who comes by a link, off the request: many visits of a second are one statement. */
@Injectable()
export class Visits implements BeforeApplicationShutdown {
  readonly #logger = new Logger('Visits');
  #gathered = new Map<number, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly shares: ShareRepository) {}

  /** @param userAgent what the visitor says it is; who says nothing is no person */
  count(shareId: number, userAgent: string | undefined): void {
    if (userAgent === undefined || isbot(userAgent)) return;
    this.#add(shareId, 1);
    this.#timer ??= setTimeout(() => void this.flush(), GATHERED);
  }

  /** Writes what is gathered. What cannot be written now is written with what comes next. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const visits = this.#gathered;
    if (visits.size === 0) return;
    this.#gathered = new Map();
    await this.shares.addVisits(visits).catch((error: unknown) => {
      this.#logger.warn(`Visits could not be written yet: ${String(error)}`);
      for (const [shareId, count] of visits) this.#add(shareId, count);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  #add(shareId: number, count: number): void {
    this.#gathered.set(shareId, (this.#gathered.get(shareId) ?? 0) + count);
  }
}
