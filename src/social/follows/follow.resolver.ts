import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { toUser, User, UserConnection, userIdOf } from '../../auth/users/user.type.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { BlockRepository } from './block.repository.js';
import { FollowLists } from './follow.lists.js';
import { FollowRepository } from './follow.repository.js';
import { FollowService } from './follow.service.js';

const WHOM = { description: 'The other person.' };

@Resolver()
export class FollowResolver {
  constructor(
    private readonly service: FollowService,
    private readonly lists: FollowLists,
  ) {}

  @Mutation(() => User, {
    description:
      'Follows an author or a reader, so that what they do comes into the feed; at most 5,000 people.',
  })
  @AccessFor(Access.Registered)
  async followUser(
    @CurrentViewer() viewer: Viewer,
    @IdArg('userId', 'user', WHOM) userId: number,
  ): Promise<User> {
    return toUser(await this.service.follow(viewer, userId));
  }

  @Mutation(() => User, { description: 'Follows somebody no longer.' })
  @AccessFor(Access.Registered)
  async unfollowUser(
    @CurrentViewer() viewer: Viewer,
    @IdArg('userId', 'user', WHOM) userId: number,
  ): Promise<User> {
    return toUser(await this.service.unfollow(viewer, userId));
  }

  @Mutation(() => User, {
    description:
      'Keeps somebody away: neither follows the other any longer, nor sees what the other does, or writes about stories.',
  })
  @AccessFor(Access.Registered)
  async blockUser(
    @CurrentViewer() viewer: Viewer,
    @IdArg('userId', 'user', WHOM) userId: number,
  ): Promise<User> {
    return toUser(await this.service.block(viewer, userId));
  }

  @Mutation(() => User, {
    description: 'Keeps somebody away no longer. Who followed whom before does not come back.',
  })
  @AccessFor(Access.Registered)
  async unblockUser(
    @CurrentViewer() viewer: Viewer,
    @IdArg('userId', 'user', WHOM) userId: number,
  ): Promise<User> {
    return toUser(await this.service.unblock(viewer, userId));
  }

  @Query(() => UserConnection, { description: 'Whom you have blocked, the latest first.' })
  @AccessFor(Access.Registered)
  blockedUsers(@CurrentViewer() viewer: Viewer, @Args() page: PageArgs): Promise<Connection<User>> {
    return this.lists.blocked(viewer, page);
  }
}

@Resolver(() => User)
export class UserFollowsResolver {
  constructor(
    private readonly lists: FollowLists,
    private readonly follows: FollowRepository,
    private readonly blocks: BlockRepository,
  ) {}

  @ResolveField(() => UserConnection, { description: 'Who follows them, the latest first.' })
  followers(
    @Parent() user: User,
    @RequestLoaders() loaders: Loaders,
    @Args() page: PageArgs,
  ): Promise<Connection<User>> {
    return this.lists.page(loaders, 'followers', user, page);
  }

  @ResolveField(() => UserConnection, { description: 'Whom they follow, the latest first.' })
  following(
    @Parent() user: User,
    @RequestLoaders() loaders: Loaders,
    @Args() page: PageArgs,
  ): Promise<Connection<User>> {
    return this.lists.page(loaders, 'following', user, page);
  }

  @ResolveField(() => Boolean, { description: 'Whether you follow them.' })
  async isFollowed(
    @Parent() user: User,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
  ): Promise<boolean> {
    if (viewer === undefined) return false;
    const ask = (ids: readonly number[]) => this.follows.followed(viewer.userId, ids);
    return loaders.about(this, 'followed', ask, false).load(userIdOf(user));
  }

  @ResolveField(() => Boolean, { description: 'Whether you have blocked them.' })
  async isBlocked(
    @Parent() user: User,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
  ): Promise<boolean> {
    if (viewer === undefined) return false;
    const ask = (ids: readonly number[]) => this.blocks.blocked(viewer.userId, ids);
    return loaders.about(this, 'blocked', ask, false).load(userIdOf(user));
  }
}
