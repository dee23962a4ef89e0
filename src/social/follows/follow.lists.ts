import { Injectable } from '@nestjs/common';
import { toUser, userIdOf, type User } from '../../auth/users/user.type.js';
import { paginate, type Connection, type PageArgs } from '../../graphql/connection.js';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { BlockRepository } from './block.repository.js';
import {
  FollowRepository,
  type FollowCounts,
  type FollowSide,
  type ListedUser,
} from './follow.repository.js';

const NOBODY: FollowCounts = { followers: 0, following: 0 };

/** Lists of people, the latest first. Asked of many people in one request, each question is one statement. */
@Injectable()
export class FollowLists {
  constructor(
    private readonly follows: FollowRepository,
    private readonly blocks: BlockRepository,
  ) {}

  page(loaders: Loaders, side: FollowSide, user: User, page: PageArgs): Promise<Connection<User>> {
    const userId = userIdOf(user);
    return paginate(
      {
        page,
        list: `User.${side}`,
        keys: ['id'],
        fetch: (limit, [before] = []) =>
          loaders
            .about<ListedUser[]>(
              this,
              `${side} ${limit} ${before}`,
              (ids) => this.follows.pages(side, ids, limit, before as number | undefined),
              [],
            )
            .load(userId),
        keysetOf: ({ place }) => [place],
        count: async () =>
          (
            await loaders
              .about(this, 'counts', (ids) => this.follows.counts(ids), NOBODY)
              .load(userId)
          )[side],
      },
      toUser,
    );
  }

  blocked({ userId }: Viewer, page: PageArgs): Promise<Connection<User>> {
    return paginate(
      {
        page,
        list: 'blockedUsers',
        keys: ['id'],
        fetch: (limit, [before] = []) =>
          this.blocks.page(userId, limit, before as number | undefined),
        keysetOf: ({ place }) => [place],
        count: () => this.blocks.count(userId),
      },
      toUser,
    );
  }
}
