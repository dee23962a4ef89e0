import { Args, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { noSuchUser } from '../../../auth/auth.errors.js';
import { UserById } from '../../../auth/users/user.loaders.js';
import { toUser, User } from '../../../auth/users/user.type.js';
import { Access, AccessFor } from '../../../graphql/access.js';
import { paginate, type Connection } from '../../../graphql/connection.js';
import { decodeId } from '../../../graphql/ids.js';
import type { Loaders } from '../../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../../graphql/request.decorators.js';
import type { Viewer } from '../../../graphql/viewer.js';
import { CommentRepository } from '../../../nodes/comments/comment.repository.js';
import { Comment, toComment } from '../../../nodes/comments/comment.type.js';
import { InvitationRepository } from '../../../stories/invitations/invitation.repository.js';
import { Invitation, toInvitation } from '../../../stories/invitations/invitation.type.js';
import { StoryById } from '../../../stories/story.loaders.js';
import { Story, toStory } from '../../../stories/story.type.js';
import { idsOrAllNeeded } from '../notification.errors.js';
import { WORDS } from '../texts.js';
import { MarkNotificationsReadArgs, NotificationsArgs } from './notification.inputs.js';
import { NotificationRepository } from './notification.repository.js';
import { Notification, NotificationConnection, toNotification } from './notification.type.js';

@Resolver(() => Notification)
export class NotificationResolver {
  constructor(private readonly repository: NotificationRepository) {}

  @Query(() => NotificationConnection, { description: 'What you are told of, newest first.' })
  @AccessFor(Access.SignedIn)
  notifications(
    @CurrentViewer() { userId }: Viewer,
    @Args() { unreadOnly, ...page }: NotificationsArgs,
  ): Promise<Connection<Notification>> {
    return paginate(
      {
        page,
        list: 'notifications',
        keys: ['id'],
        fetch: (limit, [before] = []) =>
          this.repository.findPage(userId, unreadOnly, limit, before as number | undefined),
        keysetOf: ({ notificationId }) => [notificationId],
        count: () => this.repository.count(userId, unreadOnly),
      },
      toNotification,
    );
  }

  @Query(() => Int, { description: 'How many of your notifications are not read.' })
  @AccessFor(Access.SignedIn)
  unreadNotifications(@CurrentViewer() { userId }: Viewer): Promise<number> {
    return this.repository.count(userId, true);
  }

  @Mutation(() => Int, {
    description: 'Marks notifications of yours as read. Answers how many were not.',
  })
  @AccessFor(Access.SignedIn)
  async markNotificationsRead(
    @CurrentViewer() { userId }: Viewer,
    @Args() { ids, all }: MarkNotificationsReadArgs,
  ): Promise<number> {
    if (all === Array.isArray(ids)) throw idsOrAllNeeded();
    return this.repository.markRead(
      userId,
      ids?.map((id, i) => decodeId('notification', id, `ids.${i}`)),
    );
  }
}

@Resolver(() => Notification)
export class NotificationFieldResolver {
  constructor(
    private readonly users: UserById,
    private readonly stories: StoryById,
    private readonly comments: CommentRepository,
    private readonly invitations: InvitationRepository,
  ) {}

  @ResolveField(() => String, { description: 'What happened, in a sentence.' })
  async text(
    @Parent() notification: Notification,
    @RequestLoaders() loaders: Loaders,
  ): Promise<string> {
    const [{ username: actor }, story] = await Promise.all([
      this.actor(notification, loaders),
      this.story(notification, loaders),
    ]);
    const { title = '', slug = '' } = story ?? {};
    return WORDS[notification.row.kind].text({ actor, title, slug });
  }

  @ResolveField(() => User, { description: 'Who did it.' })
  async actor(@Parent() { row }: Notification, @RequestLoaders() loaders: Loaders): Promise<User> {
    const user = await loaders.over(this.users).load(row.actorId);
    if (user === undefined) throw noSuchUser();
    return toUser(user);
  }

  @ResolveField(() => Story, {
    nullable: true,
    description: 'The story that it is about, if it is about one.',
  })
  async story(
    @Parent() { row }: Notification,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Story | null> {
    if (row.storyId === null) return null;
    const story = await loaders.over(this.stories).load(row.storyId);
    return story === undefined ? null : toStory(story);
  }

  @ResolveField(() => Comment, {
    nullable: true,
    description: 'The comment or the reply that it is about, if it is about one.',
  })
  async comment(
    @Parent() { row }: Notification,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Comment | null> {
    if (row.commentId === null) return null;
    const comment = await loaders
      .about(this, 'comments', (ids) => this.comments.findByIds(ids), undefined)
      .load(row.commentId);
    return comment === undefined ? null : toComment(comment);
  }

  @ResolveField(() => Invitation, {
    nullable: true,
    description: 'The invitation that it is about, if it is about one.',
  })
  async invitation(
    @Parent() { row }: Notification,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Invitation | null> {
    if (row.invitationId === null) return null;
    const invitation = await loaders
      .about(this, 'invitations', (ids) => this.invitations.findByIds(ids), undefined)
      .load(row.invitationId);
    return invitation === undefined ? null : toInvitation(invitation);
  }
}
