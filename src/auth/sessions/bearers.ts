import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { LRUCache } from 'lru-cache';
import type { AccessTokenClaims } from './access-tokens.js';
import { LiveSessions } from './live-sessions.js';

/** What is remembered of a token whose signature was right. */
interface Checked {
  readonly sessionId: number;
  /** When it expires, in seconds since 1970. */
  readonly expires: number;
}

const MOST_REMEMBERED = 20_000;

/** Whether requests may be taken for whom they say they are from: by the rules of `ViewerGuard`, without a resolver to guard. */
@Injectable()
export class Bearers {
  /** A signature stays right: checking it takes longer than looking up an answer. */
  readonly #checked = new LRUCache<string, Checked>({ max: MOST_REMEMBERED });

  constructor(
    private readonly jwt: JwtService,
    private readonly sessions: LiveSessions,
  ) {}

  /** @returns whether there is no token at all, or one that is valid and whose session lives */
  async areGood(authorization: string | undefined): Promise<boolean> {
    const token = /^Bearer\s+(\S+)/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return true;
    const checked = this.#checked.get(token) ?? this.#check(token);
    if (checked === undefined || checked.expires * 1000 <= Date.now()) return false;
    return (await this.sessions.find(checked.sessionId)) !== undefined;
  }

  #check(token: string): Checked | undefined {
    try {
      const { sid, exp } = this.jwt.verify<AccessTokenClaims & { exp: number }>(token, {
        algorithms: ['HS256'],
      });
      const checked = { sessionId: sid, expires: exp };
      this.#checked.set(token, checked);
      return checked;
    } catch {
      // The guard says what is wrong with it.
      return undefined;
    }
  }
}
