import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Viewer } from '../../graphql/viewer.js';
import { SessionRepository } from './session.repository.js';

/** For how many seconds after its end a session may still be taken for a live one, by another server. */
export const REMEMBERED_SECONDS = 30;

const MOST_REMEMBERED = 100_000;

/** How often the clock is looked at, in milliseconds: reading it takes longer than finding a session. */
const CLOCK = 100;

/**
 * Whose session it is, and whether it still lives. Remembered for 30 s, so that a signed-in request costs no
 * statement; ended at once on this instance, and within 30 s on others.
 */
@Injectable()
export class LiveSessions {
  readonly #viewers = new LRUCache<number, Viewer>({
    max: MOST_REMEMBERED,
    ttl: REMEMBERED_SECONDS * 1000 - CLOCK,
    ttlResolution: CLOCK,
  });
  /** How often anything was forgotten. */
  #forgotten = 0;

  constructor(private readonly sessions: SessionRepository) {}

  /** @returns the viewer of a session that was found alive less than 30 s ago */
  remembered(sessionId: number): Viewer | undefined {
    return this.#viewers.get(sessionId);
  }

  /** @returns the viewer, or undefined when the session was revoked or has expired */
  async find(sessionId: number): Promise<Viewer | undefined> {
    const remembered = this.remembered(sessionId);
    if (remembered !== undefined) return remembered;
    const asOf = this.#forgotten;
    const user = await this.sessions.findLiveUser(sessionId);
    if (user === undefined) return undefined;
    const viewer = { ...user, sessionId };
    // What was read before something was forgotten may be what had to be forgotten.
    if (asOf === this.#forgotten) this.#viewers.set(sessionId, viewer);
    return viewer;
  }

  /** Forgets every session of the user: some were revoked, or the role has changed. */
  forget(userId: number): void {
    this.#forgotten += 1;
    for (const [sessionId, viewer] of this.#viewers.entries()) {
      if (viewer.userId === userId) this.#viewers.delete(sessionId);
    }
  }
}
