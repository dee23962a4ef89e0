import { Injectable } from '@nestjs/common';
import { inKeyOrder, type BatchSource } from '../../graphql/loaders.js';
import type { UserEntity } from './user.entity.js';
import { UserRepository } from './user.repository.js';

@Injectable()
export class UserById implements BatchSource<number, UserEntity | undefined> {
  constructor(private readonly users: UserRepository) {}

  async loadMany(userIds: readonly number[]) {
    return inKeyOrder(userIds, await this.users.findByIds(userIds), (user) => user.userId);
  }
}
