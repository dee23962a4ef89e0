import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Viewer } from '../../graphql/viewer.js';
import { noSuchSession, sessionOver, wrongCredentials } from '../auth.errors.js';
import { AddressMails } from '../addresses/address.mails.js';
import { hashOf, newToken } from '../tokens.js';
import { hashPassword, passwordMatches } from '../users/passwords.js';
import type { UserEntity } from '../users/user.entity.js';
import { UserRepository } from '../users/user.repository.js';
import { UserService } from '../users/user.service.js';
import { AccessTokens, ACCESS_TOKEN_SECONDS } from './access-tokens.js';
import { LiveSessions } from './live-sessions.js';
import type { LoginInput, RegisterInput } from './session.inputs.js';
import { SessionRepository, type PresentedToken } from './session.repository.js';

const SESSION_DAYS = 60;

/** Where a log-in comes from, as shown in the list of sessions. */
export interface Device {
  readonly userAgent: string;
  readonly address: string;
}

export interface SignedIn {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
  readonly user: UserEntity;
}

@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionRepository,
    private readonly live: LiveSessions,
    private readonly users: UserRepository,
    private readonly accounts: UserService,
    private readonly tokens: AccessTokens,
    private readonly mails: AddressMails,
  ) {}

  /**
   * Makes an account, signs it in, and sends a mail to confirm its address by. A guest who registers keeps their id, and
   * with it all progress; the session that they had as a guest ends.
   */
  async register(
    { username, email, password }: RegisterInput,
    viewer: Viewer | undefined,
    device: Device,
  ): Promise<SignedIn> {
    const guest = viewer?.role === 'guest' ? viewer : undefined;
    const passwordHash = await hashPassword(password);
    const account = { username, email, passwordHash, role: 'user' as const };
    const signedIn = await this.database.transaction(async () => {
      const user = await this.accounts.create(account, guest);
      if (guest !== undefined) await this.sessions.revoke(guest.userId, guest.sessionId);
      await this.mails.sendConfirmation({ userId: user.userId, email });
      return this.#begin(user, device);
    });
    if (guest !== undefined) await this.live.forget(guest.userId);
    return signedIn;
  }

  async continueAsGuest(device: Device): Promise<SignedIn> {
    const username = `guest-${randomUUID().slice(0, 13)}`;
    return this.#begin(await this.users.insert({ username, role: 'guest' }), device);
  }

  /** @throws {ApiError} the same `UNAUTHENTICATED`, after the same time, whether name or password is wrong */
  async login({ identifier, password }: LoginInput, device: Device): Promise<SignedIn> {
    const user = await this.users.findByIdentifier(identifier);
    const matches = await passwordMatches(password, user?.passwordHash ?? null);
    if (user === null || !matches) throw wrongCredentials();
    return this.database.transaction(async () => {
      // A session by a password that was replaced meanwhile would outlast the end of all others.
      await this.users.lock(user.userId);
      const now = await this.users.findById(user.userId);
      if (now?.passwordHash !== user.passwordHash) throw wrongCredentials();
      return this.#begin(now, device);
    });
  }

  /**
   * Exchanges a refresh token for the next pair.
   * A token that comes twice has been copied: the whole session ends, for thief and owner alike.
   */
  async refresh(refreshToken: string): Promise<SignedIn> {
    const outcome = await this.database.transaction(() => this.#exchange(refreshToken));
    if ('accessToken' in outcome) return outcome;
    // Outside the transaction, so that the end of the session stands although the call fails.
    if (outcome.reused) await this.#end(outcome.reused.userId, outcome.reused.sessionId);
    throw sessionOver();
  }

  async logout(viewer: Viewer): Promise<void> {
    await this.#end(viewer.userId, viewer.sessionId);
  }

  /** @throws {ApiError} `NOT_FOUND` when the viewer has no such live session */
  async revoke(viewer: Viewer, sessionId: number): Promise<void> {
    if (!(await this.#end(viewer.userId, sessionId))) throw noSuchSession();
  }

  async #end(userId: number, sessionId: number): Promise<boolean> {
    const ended = await this.sessions.revoke(userId, sessionId);
    await this.live.forget(userId);
    return ended;
  }

  /** The next pair, or why there is none: the session is over, or the token came a second time. */
  async #exchange(refreshToken: string): Promise<SignedIn | { reused?: PresentedToken }> {
    const token = await this.sessions.useToken(hashOf(refreshToken));
    if (!token?.isLive) return {};
    if (!token.isFirstUse) return { reused: token };
    const user = await this.accounts.get(token.userId);
    await this.sessions.touch(token.sessionId, sessionEnd());
    return this.#issue(user, token.sessionId);
  }

  async #begin(user: UserEntity, device: Device): Promise<SignedIn> {
    return this.database.transaction(async () => {
      const session = await this.sessions.insert({
        userId: user.userId,
        userAgent: device.userAgent.slice(0, 300),
        address: device.address,
        expiresAt: sessionEnd(),
      });
      return this.#issue(user, session.sessionId);
    });
  }

  async #issue(user: UserEntity, sessionId: number): Promise<SignedIn> {
    const refreshToken = newToken();
    await this.sessions.insertToken(sessionId, hashOf(refreshToken));
    return {
      accessToken: this.tokens.sign(sessionId),
      refreshToken,
      expiresIn: ACCESS_TOKEN_SECONDS,
      user,
    };
  }
}

const sessionEnd = () => new Date(Date.now() + SESSION_DAYS * 86_400_000);
