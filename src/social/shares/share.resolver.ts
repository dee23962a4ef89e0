import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryById } from '../../stories/story.loaders.js';
import { Story, toStory } from '../../stories/story.type.js';
import { Activity } from '../activities/activity.type.js';
import type { ShareEntity } from './share.entity.js';
import { ShareService, sharedKey } from './share.service.js';
import { Share, ShareChannel, ShareConnection, toShare } from './share.type.js';

@Resolver(() => Share)
export class ShareResolver {
  constructor(
    private readonly service: ShareService,
    private readonly stories: StoryById,
  ) {}

  @Mutation(() => Share, {
    description:
      'Your link to a published story, or to an ending that you have reached; the same again for the same channel.',
  })
  @AccessFor(Access.SignedIn)
  async shareStory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('channel', {
      type: () => ShareChannel,
      defaultValue: ShareChannel.LINK,
      description: 'Which way it is sent.',
    })
    channel: ShareChannel,
    @IdArg('endingNodeId', 'node', {
      nullable: true,
      description: 'The ending to show; its name is told unless it is secret or guarded.',
    })
    endingNodeId?: number,
  ): Promise<Share> {
    return this.#toShare(await this.service.share(viewer, storyId, channel, endingNodeId));
  }

  @Mutation(() => Share, { description: 'Shows a link of yours in the feeds of your followers.' })
  @AccessFor(Access.Registered)
  async shareToFeed(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'share', { description: 'The share.' }) shareId: number,
  ): Promise<Share> {
    return this.#toShare(await this.service.toFeed(viewer, shareId));
  }

  @Mutation(() => Boolean, {
    description: 'Revokes a link of yours: its page is gone, and so it is from feeds.',
  })
  @AccessFor(Access.SignedIn)
  async deleteShare(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'share', { description: 'The share.' }) shareId: number,
  ): Promise<boolean> {
    await this.service.delete(viewer, shareId);
    return true;
  }

  @Query(() => ShareConnection, {
    description: 'The links that you have shared, the latest first.',
  })
  @AccessFor(Access.SignedIn)
  myShares(@CurrentViewer() viewer: Viewer, @Args() page: PageArgs): Promise<Connection<Share>> {
    return this.service.page(viewer, page, this.#toShare);
  }

  @ResolveField(() => Story, {
    nullable: true,
    description: 'The story; null while it is not published.',
  })
  async story(@Parent() { row }: Share, @RequestLoaders() loaders: Loaders): Promise<Story | null> {
    const story = await loaders.over(this.stories).load(row.storyId);
    return story?.isPublished ? toStory(story) : null;
  }

  readonly #toShare = (row: ShareEntity): Share => toShare(row, this.service.url);
}

@Resolver(() => Activity)
export class SharedActivityResolver {
  constructor(private readonly service: ShareService) {}

  @ResolveField(() => String, {
    nullable: true,
    description: 'The link that was shared; null for other kinds.',
  })
  sharedUrl(@Parent() { row }: Activity): string | null {
    const key = sharedKey(row.subject);
    return key === undefined ? null : this.service.url(key);
  }
}
