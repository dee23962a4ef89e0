import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { noSuchUser } from '../../auth/auth.errors.js';
import { ThrottleMails } from '../../auth/addresses/mail-throttle.js';
import { UserById } from '../../auth/users/user.loaders.js';
import { toUser, User } from '../../auth/users/user.type.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { paginate, PageArgs, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryRoles } from '../collaborators/story-roles.js';
import { noSuchStory } from '../story.errors.js';
import { StoryById } from '../story.loaders.js';
import { mayManage } from '../story.policy.js';
import { Story, toStory } from '../story.type.js';
import { InviteCollaboratorInput } from './invitation.inputs.js';
import { InvitationRepository } from './invitation.repository.js';
import { InvitationService } from './invitation.service.js';
import { Invitation, InvitationConnection, toInvitation } from './invitation.type.js';

@Resolver(() => Story)
export class StoryInvitationsResolver {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly roles: StoryRoles,
  ) {}

  @ResolveField(() => [Invitation], {
    name: 'invitations',
    nullable: true,
    description: 'Its invitations that are not answered; null for all but its owner.',
  })
  async ofStory(
    @Parent() { row }: Story,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Invitation[] | null> {
    if (!mayManage(await this.roles.load(loaders, viewer, row))) return null;
    const found = await loaders
      .about(this, 'invitations', (ids) => this.invitations.findByStories(ids), [])
      .load(row.storyId);
    return found.map(toInvitation);
  }
}

@Resolver(() => Invitation)
export class InvitationResolver {
  constructor(
    private readonly service: InvitationService,
    private readonly repository: InvitationRepository,
    private readonly stories: StoryById,
    private readonly users: UserById,
  ) {}

  @Query(() => InvitationConnection, {
    description:
      'The invitations that you have not answered, newest first; those to your e-mail address once it is confirmed.',
  })
  @AccessFor(Access.Registered)
  invitations(
    @CurrentViewer() { userId }: Viewer,
    @Args() page: PageArgs,
  ): Promise<Connection<Invitation>> {
    return paginate(
      {
        page,
        list: 'invitations',
        keys: ['id'],
        fetch: (limit, [before] = []) =>
          this.repository.findPage(userId, limit, before as number | undefined),
        keysetOf: ({ invitationId }) => [invitationId],
        count: () => this.repository.count(userId),
      },
      toInvitation,
    );
  }

  @Mutation(() => Invitation, {
    description:
      'Invites somebody to work on your story, by name, or by e-mail address, which gets a mail. Inviting them again changes what they shall be.',
  })
  @AccessFor(Access.Registered)
  @ThrottleMails()
  async inviteCollaborator(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { description: 'Whom to invite.' }) input: InviteCollaboratorInput,
  ): Promise<Invitation> {
    return toInvitation(await this.service.invite(viewer, storyId, input));
  }

  @Mutation(() => Invitation, {
    description:
      'Offers your story to one of its collaborators. By accepting they become its owner, and you an editor.',
  })
  @AccessFor(Access.Registered)
  async transferStory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @IdArg('userId', 'user', { description: 'The collaborator who shall own it.' }) userId: number,
  ): Promise<Invitation> {
    return toInvitation(await this.service.transfer(viewer, storyId, userId));
  }

  @Mutation(() => Story, { description: 'Accepts an invitation: you are what it says at once.' })
  @AccessFor(Access.Registered)
  async acceptInvitation(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'invitation', { description: 'The invitation.' }) invitationId: number,
  ): Promise<Story> {
    return toStory(await this.service.accept(viewer, invitationId));
  }

  @Mutation(() => Boolean, { description: 'Declines an invitation.' })
  @AccessFor(Access.Registered)
  async declineInvitation(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'invitation', { description: 'The invitation.' }) invitationId: number,
  ): Promise<boolean> {
    await this.service.decline(viewer, invitationId);
    return true;
  }

  @Mutation(() => Boolean, { description: 'Takes an invitation to your story back.' })
  @AccessFor(Access.Registered)
  async revokeInvitation(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'invitation', { description: 'The invitation.' }) invitationId: number,
  ): Promise<boolean> {
    await this.service.revoke(viewer, invitationId);
    return true;
  }

  @ResolveField(() => Story, {
    description: 'The story. Its draft is seen only by those who have accepted.',
  })
  async story(@Parent() { row }: Invitation, @RequestLoaders() loaders: Loaders): Promise<Story> {
    const story = await loaders.over(this.stories).load(row.storyId);
    if (story === undefined) throw noSuchStory();
    return toStory(story);
  }

  @ResolveField(() => User, {
    nullable: true,
    description: 'Whom it is for; null where it is for an e-mail address.',
  })
  async user(
    @Parent() { row }: Invitation,
    @RequestLoaders() loaders: Loaders,
  ): Promise<User | null> {
    if (row.userId === null) return null;
    const user = await loaders.over(this.users).load(row.userId);
    return user === undefined ? null : toUser(user);
  }

  @ResolveField(() => User, { description: 'Who made it.' })
  async invitedBy(
    @Parent() { row }: Invitation,
    @RequestLoaders() loaders: Loaders,
  ): Promise<User> {
    const user = await loaders.over(this.users).load(row.invitedBy);
    if (user === undefined) throw noSuchUser();
    return toUser(user);
  }
}
