import { Injectable } from '@nestjs/common';
import {
  guestHasNoPassword,
  guestNoLonger,
  idOrNameNeeded,
  lastAdmin,
  noSuchUser,
  rethrowTaken,
  wrongPassword,
} from '../auth.errors.js';
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

  /** @throws {ApiError} `CONFLICT` naming the field when the name or the address is taken */
  create(user: NewUser & { password?: string }): Promise<UserEntity> {
    return this.#withHash(user, (row) => this.users.insert(row));
  }

  /** As {@link create}, for input that has not come through the API. @throws {ApiError} `BAD_USER_INPUT` */
  async createChecked({ role, ...input }: RegisterInput & { role: Role }): Promise<UserEntity> {
    const account = await checkInput(RegisterInput, input);
    return this.create({ ...account, role });
  }

  async updateProfile(viewer: Viewer, input: UpdateProfileInput): Promise<UserEntity> {
    const user = await this.users.update(viewer.userId, { ...input }).catch(rethrowTaken);
    if (user === null) throw noSuchUser();
    return user;
  }

  /** Gives a guest a name, an address and a password; its progress stays its own. */
  async upgradeGuest(
    userId: number,
    account: { username: string; email: string; password: string },
  ): Promise<UserEntity> {
    const user = await this.#withHash({ ...account, role: 'user' }, (row) =>
      this.users.updateGuest(userId, row),
    );
    if (user === null) throw guestNoLonger();
    return user;
  }

  /** Changes the password and ends every other session of the user. */
  async changePassword(viewer: Viewer, input: ChangePasswordInput): Promise<void> {
    const { passwordHash } = await this.get(viewer.userId);
    if (passwordHash === null) throw guestHasNoPassword();
    if (!(await passwordMatches(input.currentPassword, passwordHash))) throw wrongPassword();
    const newHash = await hashPassword(input.newPassword);
    await this.database.transaction(async () => {
      await this.users.update(viewer.userId, { passwordHash: newHash });
      await this.sessions.revokeAll(viewer.userId, { except: viewer.sessionId });
    });
    this.live.forget(viewer.userId);
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
   * Gives an account a password, and ends all its sessions.
   * @throws {ApiError} `NOT_FOUND` when no account has this name or address; `BAD_USER_INPUT` when the password breaks
   * the rules
   */
  async resetPassword(identifier: string, password: string): Promise<UserEntity> {
    const user = await this.#account(identifier);
    const checked = await checkInput(NewPassword, { password });
    const passwordHash = await hashPassword(checked.password);
    await this.database.transaction(async () => {
      await this.users.update(user.userId, { passwordHash });
      await this.sessions.revokeAll(user.userId);
    });
    this.live.forget(user.userId);
    return user;
  }

  async #account(identifier: string): Promise<UserEntity> {
    const user = await this.users.findByIdentifier(identifier);
    if (user === null || user.role === 'guest') throw noSuchUser();
    return user;
  }

  #withNewRole(user: UserEntity | null): UserEntity {
    if (user === null) throw noSuchUser();
    this.live.forget(user.userId);
    return user;
  }

  async #withHash<T>(
    { password, ...user }: NewUser & { password?: string },
    write: (user: NewUser) => Promise<T>,
  ): Promise<T> {
    const passwordHash = password === undefined ? null : await hashPassword(password);
    return write({ ...user, passwordHash }).catch(rethrowTaken);
  }
}
