import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Config } from '../../config/config.js';
import type { ProgressEntity } from './progress.entity.js';

/** Roughly what a playthrough takes beside its state, in bytes. */
const ROW_BYTES = 1000;

/** How long one is kept that nobody plays on, in milliseconds. */
const IDLE = 15 * 60 * 1000;

/**
 * Playthroughs as this process saw them last. Each is a guess, as another process may have gone on in it: whoever acts on one
 * lets the database decide whether its row is still the one that was read. Keep what is committed.
 */
@Injectable()
export class KnownPlaythroughs {
  readonly #kept: LRUCache<number, ProgressEntity>;

  constructor(config: Config) {
    this.#kept = new LRUCache({
      maxSize: config.playCacheBytes,
      // An object takes about four times its text.
      sizeCalculation: ({ state }) => ROW_BYTES + 4 * JSON.stringify(state).length,
      ttl: IDLE,
    });
  }

  get(progressId: number, userId: number): ProgressEntity | undefined {
    const known = this.#kept.get(progressId);
    return known?.userId === userId ? known : undefined;
  }

  keep(progress: ProgressEntity): void {
    this.#kept.set(progress.progressId, progress);
  }

  forget(progressId: number): void {
    this.#kept.delete(progressId);
  }
}
