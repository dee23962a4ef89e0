import { Args, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { noSuchUser } from '../../auth/auth.errors.js';
import { UserById } from '../../auth/users/user.loaders.js';
import { toUser, User, userIdOf } from '../../auth/users/user.type.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryById } from '../../stories/story.loaders.js';
import { Story, toStory } from '../../stories/story.type.js';
import { ActivityService } from './activity.service.js';
import {
  Activity,
  ActivityConnection,
  ActivityKind,
  ActivityPrivacy,
  Audience,
} from './activity.type.js';

@Resolver()
export class FeedResolver {
  constructor(private readonly service: ActivityService) {}

  @Query(() => ActivityConnection, {
    description: 'What those whom you follow did, as far as they let you see it, the latest first.',
  })
  @AccessFor(Access.Registered)
  feed(@CurrentViewer() viewer: Viewer, @Args() page: PageArgs): Promise<Connection<Activity>> {
    return this.service.feed(viewer, page);
  }

  @Query(() => Int, {
    description: 'How much of your feed is new since markFeedRead; 100 stands for 100 or more.',
  })
  @AccessFor(Access.Registered)
  unreadFeedCount(@CurrentViewer() viewer: Viewer): Promise<number> {
    return this.service.countUnread(viewer);
  }

  @Mutation(() => Boolean, { description: 'Marks all that is in your feed now as read.' })
  @AccessFor(Access.Registered)
  async markFeedRead(@CurrentViewer() viewer: Viewer): Promise<boolean> {
    await this.service.markRead(viewer);
    return true;
  }

  @Query(() => [ActivityPrivacy], { description: 'Who may see what you do, kind by kind.' })
  @AccessFor(Access.SignedIn)
  activityPrivacy(@CurrentViewer() viewer: Viewer): Promise<ActivityPrivacy[]> {
    return this.service.privacy(viewer);
  }

  @Mutation(() => [ActivityPrivacy], {
    description: 'Says who may see what you do of one kind; it holds for the past too.',
  })
  @AccessFor(Access.SignedIn)
  setActivityPrivacy(
    @CurrentViewer() viewer: Viewer,
    @Args('kind', { type: () => ActivityKind, description: 'The kind.' }) kind: ActivityKind,
    @Args('audience', { type: () => Audience, description: 'Who may see it.' })
    audience: Audience,
  ): Promise<ActivityPrivacy[]> {
    return this.service.setAudience(viewer, { kind, audience });
  }
}

@Resolver(() => User)
export class UserActivitiesResolver {
  constructor(private readonly service: ActivityService) {}

  @ResolveField(() => ActivityConnection, {
    description: 'What they did, as far as they let you see it, the latest first.',
  })
  activities(
    @Parent() user: User,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
    @Args() page: PageArgs,
  ): Promise<Connection<Activity>> {
    return this.service.ofUser(loaders, viewer, userIdOf(user), page);
  }
}

@Resolver(() => Activity)
export class ActivityResolver {
  constructor(
    private readonly users: UserById,
    private readonly stories: StoryById,
  ) {}

  @ResolveField(() => User, { description: 'Who did it.' })
  async actor(@Parent() { row }: Activity, @RequestLoaders() loaders: Loaders): Promise<User> {
    const user = await loaders.over(this.users).load(row.actorId);
    if (user === undefined) throw noSuchUser();
    return toUser(user);
  }

  @ResolveField(() => Story, {
    nullable: true,
    description: 'The story that it is about; null where it is about none.',
  })
  async story(
    @Parent() { row }: Activity,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Story | null> {
    if (row.storyId === null) return null;
    const story = await loaders.over(this.stories).load(row.storyId);
    return story?.isPublished ? toStory(story) : null;
  }
}
