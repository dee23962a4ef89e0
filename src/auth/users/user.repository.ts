import { Injectable } from '@nestjs/common';
import { MoreThan, Not } from 'typeorm';
import { anyOf } from '../../database/any-of.js';
import { selectList } from '../../database/columns.js';
import { Database, type PreparedStatement } from '../../database/database.js';
import { UserEntity } from './user.entity.js';

export type NewUser = Pick<UserEntity, 'username' | 'role'> &
  Partial<
    Pick<
      UserEntity,
      'email' | 'emailConfirmedAt' | 'passwordHash' | 'timezone' | 'hideFromLeaderboards'
    >
  >;

const COLUMNS = selectList(UserEntity, 'users');

const FIND_BY_ID: PreparedStatement = {
  name: 'user-by-id',
  text: `SELECT ${COLUMNS} FROM users WHERE user_id = $1`,
};

const FIND_BY_IDS: PreparedStatement = {
  name: 'users-by-ids',
  text: `SELECT ${COLUMNS} FROM users WHERE user_id = ${anyOf('$1')}`,
};

@Injectable()
export class UserRepository {
  constructor(private readonly database: Database) {}

  async findById(userId: number): Promise<UserEntity | null> {
    const [user] = await this.database.prepared<UserEntity>(FIND_BY_ID, [userId]);
    return user ?? null;
  }

  findByIds(userIds: readonly number[]): Promise<UserEntity[]> {
    return this.database.prepared<UserEntity>(FIND_BY_IDS, [userIds]);
  }

  /** Case does not matter. */
  findByUsername(username: string): Promise<UserEntity | null> {
    return this.#users
      .createQueryBuilder('user')
      .where('lower(user.username) = lower(:username)', { username })
      .getOne();
  }

  /** By e-mail address when `identifier` has an @, else by name; case does not matter. */
  findByIdentifier(identifier: string): Promise<UserEntity | null> {
    const column = identifier.includes('@') ? 'email' : 'username';
    return this.#users
      .createQueryBuilder('user')
      .where(`lower(user.${column}) = lower(:identifier)`, { identifier })
      .getOne();
  }

  /** The oldest account of an administrator. */
  firstAdmin(): Promise<UserEntity | null> {
    return this.#users.findOne({ where: { role: 'admin' }, order: { userId: 'ASC' } });
  }

  /** The next accounts after one, oldest first, without guests. */
  accountsAfter(userId: number, limit: number): Promise<UserEntity[]> {
    return this.#users.find({
      where: { userId: MoreThan(userId), role: Not('guest') },
      order: { userId: 'ASC' },
      take: limit,
    });
  }

  /** Makes whoever takes administrators away wait, until the transaction ends. @returns who is one */
  async lockAdmins(): Promise<number[]> {
    const admins = await this.#users.find({
      select: { userId: true },
      where: { role: 'admin' },
      order: { userId: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return admins.map(({ userId }) => userId);
  }

  async insert(user: NewUser): Promise<UserEntity> {
    return this.#users.save(this.#users.create(user));
  }

  /** @returns the user as it is now, or null when there is none */
  async update(userId: number, changes: Partial<NewUser>): Promise<UserEntity | null> {
    // An input without any field is a valid change of nothing.
    const given: unknown[] = Object.values(changes).filter((value: unknown) => value !== undefined);
    if (given.length > 0) await this.#users.update({ userId }, changes);
    return this.findById(userId);
  }

  /** @returns null when the user is a guest no longer */
  async updateGuest(userId: number, changes: NewUser): Promise<UserEntity | null> {
    const { affected } = await this.#users.update({ userId, role: 'guest' }, changes);
    return affected === 1 ? this.findById(userId) : null;
  }

  /** Notes that the user reads the mails to an address, if it is still theirs. */
  async confirmEmail(userId: number, email: string): Promise<void> {
    await this.database.query(
      `UPDATE users SET email_confirmed_at = coalesce(email_confirmed_at, now())
       WHERE user_id = $1 AND lower(email) = lower($2)`,
      [userId, email],
    );
  }

  /** Makes what must not be done twice at once for a user wait, until the transaction ends. */
  async lock(userId: number): Promise<void> {
    await this.database.query('SELECT FROM users WHERE user_id = $1 FOR NO KEY UPDATE', [userId]);
  }

  get #users() {
    return this.database.manager.getRepository(UserEntity);
  }
}
