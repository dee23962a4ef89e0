import { Injectable } from '@nestjs/common';
import type { UserEntity } from '../../auth/users/user.entity.js';
import { UserService } from '../../auth/users/user.service.js';
import { Database } from '../../database/database.js';
import type { Viewer } from '../../graphql/viewer.js';
import { BlockRepository } from './block.repository.js';
import { followsTooMany, keptAway, keptAwayByYou, notYourself } from './follow.errors.js';
import { FollowRepository } from './follow.repository.js';
import { Notifier } from '../notifications/notifier.js';

/** How many people somebody may follow: the feed looks at each of them. */
const MOST_FOLLOWED = 5000;

/** Who follows whom, and who keeps whom away. Each call can be made again, and answers the other person. */
@Injectable()
export class FollowService {
  constructor(
    private readonly database: Database,
    private readonly users: UserService,
    private readonly follows: FollowRepository,
    private readonly blocks: BlockRepository,
    private readonly notifier: Notifier,
  ) {}

  /**
   * @throws {ApiError} `FORBIDDEN` when they have blocked the viewer; `CONFLICT` when the viewer has blocked them, or
   * follows as many as one may
   */
  follow(viewer: Viewer, userId: number): Promise<UserEntity> {
    return this.#withBoth(viewer, userId, async () => {
      if (await this.#isBlocked(userId, viewer.userId)) throw keptAway();
      if (await this.#isBlocked(viewer.userId, userId)) throw keptAwayByYou();
      if ((await this.follows.followed(viewer.userId, [userId])).has(userId)) return;
      const counts = (await this.follows.counts([viewer.userId])).get(viewer.userId);
      if ((counts?.following ?? 0) >= MOST_FOLLOWED) throw followsTooMany(MOST_FOLLOWED);
      await this.follows.insert(viewer.userId, userId);
      const actorId = viewer.userId;
      await this.notifier.tell(userId, 'follower', { key: String(actorId), actorId });
    });
  }

  unfollow(viewer: Viewer, userId: number): Promise<UserEntity> {
    return this.#withBoth(viewer, userId, () => this.follows.delete(viewer.userId, userId));
  }

  /** Ends that either follows the other. */
  block(viewer: Viewer, userId: number): Promise<UserEntity> {
    return this.#withBoth(viewer, userId, async () => {
      await this.blocks.insert(viewer.userId, userId);
      await this.follows.delete(viewer.userId, userId);
      await this.follows.delete(userId, viewer.userId);
    });
  }

  unblock(viewer: Viewer, userId: number): Promise<UserEntity> {
    return this.#withBoth(viewer, userId, () => this.blocks.delete(viewer.userId, userId));
  }

  async #isBlocked(blockerId: number, userId: number): Promise<boolean> {
    return (await this.blocks.blocked(blockerId, [userId])).has(userId);
  }

  async #withBoth(viewer: Viewer, userId: number, work: () => Promise<void>): Promise<UserEntity> {
    if (userId === viewer.userId) throw notYourself();
    return this.database.transaction(async () => {
      await this.follows.lockBoth(viewer.userId, userId);
      // Only now, as they may have left while the viewer waited.
      const user = await this.users.getMember({ userId });
      await work();
      return user;
    });
  }
}
