import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { ThrottleSignIn } from '../sessions/sign-in-throttle.js';
import { ChangePasswordInput, UpdateProfileInput } from './user.inputs.js';
import { UserService } from './user.service.js';
import { Account, toAccount, toUser, User } from './user.type.js';

@Resolver(() => Account)
export class UserResolver {
  constructor(private readonly users: UserService) {}

  @Query(() => Account, { description: 'The account of the signed-in user.' })
  @AccessFor(Access.SignedIn)
  async me(@CurrentViewer() viewer: Viewer): Promise<Account> {
    return toAccount(await this.users.get(viewer.userId));
  }

  @Query(() => User, {
    nullable: true,
    description: 'Somebody with an account, by the id or the name.',
  })
  @AccessFor(Access.Public)
  async user(
    @IdArg('id', 'user', { nullable: true, description: 'The id of the user.' }) userId?: number,
    @Args('username', { nullable: true, description: 'The name; case does not matter.' })
    username?: string,
  ): Promise<User> {
    return toUser(await this.users.getMember({ userId, username }));
  }

  @Mutation(() => Account, { description: 'Changes the name, e-mail address or time zone.' })
  @AccessFor(Access.Registered)
  @ThrottleSignIn()
  async updateProfile(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'What to change.' }) input: UpdateProfileInput,
  ): Promise<Account> {
    return toAccount(await this.users.updateProfile(viewer, input));
  }

  @Mutation(() => Boolean, {
    description: 'Changes the password, and ends every other session of the user.',
  })
  @AccessFor(Access.Registered)
  @ThrottleSignIn()
  async changePassword(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'The old password and the new one.' }) input: ChangePasswordInput,
  ): Promise<boolean> {
    await this.users.changePassword(viewer, input);
    return true;
  }
}
