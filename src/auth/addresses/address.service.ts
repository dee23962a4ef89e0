import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Viewer } from '../../graphql/viewer.js';
import { deadConfirmation, deadReset, noSuchUser } from '../auth.errors.js';
import { LiveSessions } from '../sessions/live-sessions.js';
import { SessionRepository } from '../sessions/session.repository.js';
import { hashOf } from '../tokens.js';
import { hashPassword } from '../users/passwords.js';
import { UserRepository } from '../users/user.repository.js';
import { AddressTokenRepository } from './address-token.repository.js';
import { AddressMails } from './address.mails.js';

/** What can be done by whoever reads the mails to an address. */
@Injectable()
export class AddressService {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly live: LiveSessions,
    private readonly tokens: AddressTokenRepository,
    private readonly mails: AddressMails,
  ) {}

  /** @returns whether a mail is on its way: none is needed where the address is confirmed already */
  async requestConfirmation({ userId }: Viewer): Promise<boolean> {
    const user = await this.users.findById(userId);
    if (user?.email == null) throw noSuchUser();
    if (user.emailConfirmedAt !== null) return false;
    await this.mails.sendConfirmation({ userId, email: user.email });
    return true;
  }

  /** @throws {ApiError} the same `BAD_USER_INPUT` for a token that is unknown, used or expired */
  async confirm(token: string): Promise<void> {
    await this.database.transaction(async () => {
      const owner = await this.tokens.use(hashOf(token), 'confirm');
      if (owner === undefined) throw deadConfirmation();
      await this.users.confirmEmail(owner.userId, owner.email);
      await this.tokens.deleteOf(owner.userId, 'confirm');
    });
  }

  /** Does the same, in the same time, whether or not the address has an account: nobody looks. */
  requestReset(email: string): Promise<void> {
    return this.mails.sendReset(email);
  }

  /**
   * Sets a new password, and ends every session of its user, whose address is confirmed by that too.
   * @throws {ApiError} the same `BAD_USER_INPUT` for a token that is unknown, used or expired
   */
  async reset(token: string, newPassword: string): Promise<void> {
    const tokenHash = hashOf(token);
    if (!(await this.tokens.isLive(tokenHash, 'reset'))) throw deadReset();
    const passwordHash = await hashPassword(newPassword);
    const userId = await this.database.transaction(async () => {
      const owner = await this.tokens.use(tokenHash, 'reset');
      if (owner === undefined) throw deadReset();
      await this.users.update(owner.userId, { passwordHash });
      await this.users.confirmEmail(owner.userId, owner.email);
      await this.tokens.deleteOf(owner.userId, 'reset');
      await this.sessions.revokeAll(owner.userId);
      return owner.userId;
    });
    await this.live.forget(userId);
  }
}
