import { Injectable } from '@nestjs/common';
import {
  guestHasNoPassword,
  guestNoLonger,
  idOrNameNeeded,
  lastAdmin,
  noSuchUser,
  passwordNeeded,
  rethrowTaken,
  wrongPassword,
} from '../auth.errors.js';
import { AddressTokenRepository } from '../addresses/address-token.repository.js';
import { AddressMails } from '../addresses/address.mails.js';
import { LiveSessions } from '../sessions/live-sessions.js';
import { SessionRepository } from '../sessions/session.repository.js';
import { Database } from '../../database/database.js';
import { checkInput } from '../../graphql/input-pipe.js';
import type { Role, Viewer } from '../../graphql/viewer.js';
import { RegisterInput } from '../sessions/session.inputs.js';
import { hashPassword, passwordMatches } from './passwords.js';
import type { UserEntity } from './user.entity.js';
import { NewPassword, type ChangePasswordInput, type UpdateProfileInput } from './user.inputs.js';
import { UserRepository, type NewUser } from './user.repository.js';

/** How many accounts are read at a time. */
const BATCH = 1000;

@Injectable()
export class UserService {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly live: LiveSessions,
    private readonly mails: AddressMails,
    private readonly tokens: AddressTokenRepository,
  ) {}

  /** @throws {ApiError} `NOT_FOUND` when the account is gone */
  async get(userId: number): Promise<UserEntity> {
    const user = await this.users.findById(userId);
    if (user === null) throw noSuchUser();
    return user;
  }

  /**
   * Somebody with an account, as others may find them.
   * @throws {ApiError} `NOT_FOUND` when there is none: guests are nobody to others
   */
  async getMember({
    userId,
    username,
  }: {
    userId?: number;
    username?: string;
  }): Promise<UserEntity> {
    if (userId === undefined && username === undefined) throw idOrNameNeeded();
    const user =
      userId === undefined
        ? await this.users.findByUsername(username!)
        : await this.users.findById(userId);
    if (user === null || user.role === 'guest') throw noSuchUser();
    return user;
  }

  /**
   * Makes an account.
   * @param guest who becomes it, and keeps their progress
   * @throws {ApiError} `CONFLICT` naming the field when the name or the address is taken, or the guest has registered
   */
  async create(user: NewUser, guest?: Viewer): Promise<UserEntity> {
    const made =
      guest === undefined ? this.users.insert(user) : this.users.updateGuest(guest.userId, user);
    const account = await made.catch(rethrowTaken);
    if (account === null) throw guestNoLonger();
    return account;
  }

  /**
   * Makes an account for whoever runs the server, who answers for its address.
   * @throws {ApiError} `BAD_USER_INPUT`, and as {@link create} does
   */
  async createByOperator({ role, ...input }: RegisterInput & { role: Role }): Promise<UserEntity> {
    const { username, email, password } = await checkInput(RegisterInput, input);
    const passwordHash = await hashPassword(password);
    return this.create({ username, email, emailConfirmedAt: new Date(), passwordHash, role });
  }

  /**
   * Changes the profile. A new address takes the password in force, and has to be confirmed; the former one is told of it.
   * @throws {ApiError} `BAD_USER_INPUT` when the password is missing or wrong; `CONFLICT` when name or address is taken
   */
  async updateProfile(
    { userId }: Viewer,
    { currentPassword, ...changes }: UpdateProfileInput,
  ): Promise<UserEntity> {
    return this.database.transaction(async () => {
      await this.users.lock(userId);
      const { email: former, passwordHash } = await this.get(userId);
      const { email = former } = changes;
      const isMoved = email?.toLowerCase() !== former?.toLowerCase();
      if (isMoved) await assertPassword(currentPassword, passwordHash);
      const user = await this.users
        .update(userId, { ...changes, ...(isMoved && { emailConfirmedAt: null }) })
        .catch(rethrowTaken);
      if (user === null) throw noSuchUser();
      if (isMoved && email !== null) await this.mails.sendConfirmation({ userId, email });
      if (isMoved && former !== null) await this.mails.sendChange({ userId, email: former });
      return user;
    });
  }

  /** Changes the password, and ends every other session of the user and what mails offer to set another by. */
  async changePassword(viewer: Viewer, input: ChangePasswordInput): Promise<void> {
    const { passwordHash } = await this.get(viewer.userId);
    if (passwordHash === null) throw guestHasNoPassword();
    await assertPassword(input.currentPassword, passwordHash);
    const newHash = await hashPassword(input.newPassword);
    await this.database.transaction(async () => {
      await this.users.update(viewer.userId, { passwordHash: newHash });
      await this.tokens.deleteOf(viewer.userId, 'reset');
      await this.sessions.revokeAll(viewer.userId, { except: viewer.sessionId });
    });
    await this.live.forget(viewer.userId);
  }

  /** Every account, oldest first, without guests. */
  async *accounts(): AsyncGenerator<UserEntity> {
    let last = 0;
    for (;;) {
      const batch = await this.users.accountsAfter(last, BATCH);
      yield* batch;
      if (batch.length < BATCH) return;
      last = batch.at(-1)!.userId;
    }
  }

  /**
   * Makes an account an administrator.
   * @throws {ApiError} `NOT_FOUND` when no account has this name or address
   */
  async promote(identifier: string): Promise<UserEntity> {
    const { userId } = await this.#account(identifier);
    return this.#withNewRole(await this.users.update(userId, { role: 'admin' }));
  }

  /**
   * Makes an administrator an ordinary user.
   * @throws {ApiError} `NOT_FOUND` when no account has this name or address; `CONFLICT` when no other is administrator
   */
  async demote(identifier: string): Promise<UserEntity> {
    const { userId, username } = await this.#account(identifier);
    const user = await this.database.transaction(async () => {
      const admins = await this.users.lockAdmins();
      if (admins.length === 1 && admins.includes(userId)) throw lastAdmin(username);
      return this.users.update(userId, { role: 'user' });
    });
    return this.#withNewRole(user);
  }

  /**
   * Gives an account a password, and ends all its sessions and what mails offer to set another by.
   * @throws {ApiError} `NOT_FOUND` when no account has this name or address; `BAD_USER_INPUT` when the password breaks
   * the rules
   */
  async resetPassword(identifier: string, password: string): Promise<UserEntity> {
    const user = await this.#account(identifier);
    const checked = await checkInput(NewPassword, { password });
    const passwordHash = await hashPassword(checked.password);
    await this.database.transaction(async () => {
      await this.users.update(user.userId, { passwordHash });
      await this.tokens.deleteOf(user.userId, 'reset');
      await this.sessions.revokeAll(user.userId);
    });
    await this.live.forget(user.userId);
    return user;
  }

  async #account(identifier: string): Promise<UserEntity> {
    const user = await this.users.findByIdentifier(identifier);
    if (user === null || user.role === 'guest') throw noSuchUser();
    return user;
  }

  async #withNewRole(user: UserEntity | null): Promise<UserEntity> {
    if (user === null) throw noSuchUser();
    await this.live.forget(user.userId);
    return user;
  }
}

async function assertPassword(given: string | undefined, hash: string | null): Promise<void> {
  if (given === undefined) throw passwordNeeded();
  if (!(await passwordMatches(given, hash))) throw wrongPassword();
}
