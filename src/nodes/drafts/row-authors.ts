import { Injectable } from '@nestjs/common';
import { UserById } from '../../auth/users/user.loaders.js';
import { toUser, type User } from '../../auth/users/user.type.js';
import type { Loaders } from '../../graphql/loaders.js';

/** Who made the revision of a row. */
@Injectable()
export class RowAuthors {
  constructor(private readonly users: UserById) {}

  async load(loaders: Loaders, updatedBy: number | null | undefined): Promise<User | null> {
    if (updatedBy === null || updatedBy === undefined) return null;
    const user = await loaders.over(this.users).load(updatedBy);
    return user === undefined ? null : toUser(user);
  }
}
