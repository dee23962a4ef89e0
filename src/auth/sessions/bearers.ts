import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Viewer } from '../../graphql/viewer.js';
import type { AccessTokenClaims } from './access-tokens.js';
import { LiveSessions } from './live-sessions.js';

const MOST_REMEMBERED = 20_000;

/** In characters: what the server's tokens come in is shorter. Behind a token, a header may go on as long as it likes. */
const LONGEST_REMEMBERED = 256;

/** Whether an `Authorization` header brings a token. The IDE's examples send "Bearer" alone until there is one. */
export const hasToken = (authorization: string | undefined): authorization is string =>
  authorization !== undefined && /^Bearer\s+\S/i.test(authorization);

/**
 * The tokens that the guard has found right, by the headers that brought them: a signature stays right, and checking it
 * takes longer than many an answer. Whether they have expired, and their sessions live, is asked each time.
 */
@Injectable()
export class Bearers {
  readonly #checked = new LRUCache<string, AccessTokenClaims>({ max: MOST_REMEMBERED });

  constructor(private readonly sessions: LiveSessions) {}

  /** How many are remembered. */
  get count(): number {
    return this.#checked.size;
  }

  remember(authorization: string, claims: AccessTokenClaims): void {
    if (authorization.length <= LONGEST_REMEMBERED) this.#checked.set(authorization, claims);
  }

  /** @returns who brings it, as far as it is remembered: otherwise the guard has to look */
  viewerOf(authorization: string): Viewer | undefined {
    const claims = this.#checked.get(authorization);
    const isGood = claims !== undefined && claims.exp * 1000 > Date.now();
    return isGood ? this.sessions.remembered(claims.sid) : undefined;
  }
}
