import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Viewer } from '../../graphql/viewer.js';
import { PubSub } from '../../pubsub/pubsub.js';
import { Redis } from '../../redis/redis.js';
import { SessionRepository } from './session.repository.js';

const TOPIC = 'sessions';

/** For how many seconds after its end a session may still be taken for a live one, by a server that is not told of it. */
export const REMEMBERED_SECONDS = 30;

const MOST_REMEMBERED = 100_000;

/** How long to wait before others are told again that could not be, in milliseconds. */
const RETRY = 1000;

/** How often the clock is looked at, in milliseconds: reading it takes longer than finding a session. */
const CLOCK = 100;

/**
 * Whose session it is, and whether it still lives. Remembered for 30 s, so that a signed-in request costs no statement. What
 * one instance forgets, all do at once; while Redis is away, and without one, within 30 s.
 */
@Injectable()
export class LiveSessions {
  readonly #viewers = new LRUCache<number, Viewer>({
    max: MOST_REMEMBERED,
    ttl: REMEMBERED_SECONDS * 1000 - CLOCK,
    ttlResolution: CLOCK,
    dispose: ({ userId }, sessionId) => {
      this.#leave(userId, sessionId);
    },
  });
  /** The sessions that are remembered, by their users: looking through all takes milliseconds. */
  readonly #ofUsers = new Map<number, Set<number>>();
  /** How often anything was forgotten. */
  #forgotten = 0;

  constructor(
    private readonly sessions: SessionRepository,
    redis: Redis,
    private readonly pubsub: PubSub,
  ) {
    pubsub.listen(TOPIC, (userId) => {
      this.#drop(userId as number);
    });
    // Some of what was forgotten meanwhile may not have been heard of.
    redis.onReturn(() => {
      this.#forgotten += 1;
      this.#viewers.clear();
    });
  }

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
    if (asOf === this.#forgotten) this.#remember(viewer);
    return viewer;
  }

  /**
   * Forgets every session of the user on all instances: some were revoked, or the role has changed. Call it once that is
   * committed. Resolves when those that can be reached are told, the others are tried again; never fails.
   */
  async forget(userId: number): Promise<void> {
    this.#drop(userId);
    await this.#tell(userId, performance.now() + REMEMBERED_SECONDS * 1000);
  }

  /** @param until when they have forgotten the user by themselves */
  async #tell(userId: number, until: number): Promise<void> {
    if (await this.pubsub.publish(TOPIC, userId)) return;
    if (performance.now() < until) setTimeout(() => void this.#tell(userId, until), RETRY).unref();
  }

  #remember(viewer: Viewer): void {
    const { userId, sessionId } = viewer;
    this.#viewers.set(sessionId, viewer);
    const ofUser = this.#ofUsers.get(userId) ?? new Set();
    this.#ofUsers.set(userId, ofUser.add(sessionId));
  }

  #leave(userId: number, sessionId: number): void {
    const ofUser = this.#ofUsers.get(userId);
    ofUser?.delete(sessionId);
    if (ofUser?.size === 0) this.#ofUsers.delete(userId);
  }

  #drop(userId: number): void {
    this.#forgotten += 1;
    for (const sessionId of [...(this.#ofUsers.get(userId) ?? [])]) this.#viewers.delete(sessionId);
  }
}
