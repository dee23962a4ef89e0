import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UserById } from '../../auth/users/user.loaders.js';
import { toUser, User } from '../../auth/users/user.type.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryById } from '../../stories/story.loaders.js';
import { Story, toStory } from '../../stories/story.type.js';
import { ThrottleWrites } from '../throttle-writes.js';
import { RateStoryInput, ReplyArgs, SpoilerArgs } from './review.inputs.js';
import { ReviewService } from './review.service.js';
import { Review, ReviewReply, toReview } from './review.type.js';
import { VoteRepository } from './vote.repository.js';
import { VoteService } from './vote.service.js';

const STORY = { description: 'The story.' };
const REVIEW = { description: 'The review.' };

@Resolver(() => Review)
export class ReviewResolver {
  constructor(
    private readonly service: ReviewService,
    private readonly votes: VoteService,
  ) {}

  @Query(() => Review, {
    description: 'One review. A hidden one only for its writer and administrators.',
  })
  @AccessFor(Access.Public)
  async review(
    @CurrentViewer() viewer: Viewer | undefined,
    @IdArg('id', 'review', REVIEW) reviewId: number,
  ): Promise<Review> {
    return toReview(await this.service.get(viewer, reviewId));
  }

  @Mutation(() => Review, {
    description:
      'Rates a story that you have read: to an ending, or a quarter of its nodes and at least three. Again, it changes your rating.',
  })
  @AccessFor(Access.Registered)
  @ThrottleWrites()
  async rateStory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', STORY) storyId: number,
    @Args('input', { description: 'The rating.' }) input: RateStoryInput,
  ): Promise<Review> {
    return toReview(await this.service.rate(viewer, storyId, input));
  }

  @Mutation(() => Boolean, {
    description:
      'Takes back your rating of a story, with the review, its reply and who found it helpful.',
  })
  @AccessFor(Access.Registered)
  @ThrottleWrites()
  async deleteRating(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', STORY) storyId: number,
  ): Promise<boolean> {
    await this.service.deleteOwn(viewer, storyId);
    return true;
  }

  @Mutation(() => Review, {
    description: 'Says that a review of somebody else helped you; again, it changes nothing.',
  })
  @AccessFor(Access.Registered)
  @ThrottleWrites()
  async markReviewHelpful(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'review', REVIEW) reviewId: number,
  ): Promise<Review> {
    return toReview(await this.votes.setHelpful(viewer, reviewId, true));
  }

  @Mutation(() => Review, { description: 'Takes back that a review helped you.' })
  @AccessFor(Access.Registered)
  @ThrottleWrites()
  async unmarkReviewHelpful(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'review', REVIEW) reviewId: number,
  ): Promise<Review> {
    return toReview(await this.votes.setHelpful(viewer, reviewId, false));
  }

  @Mutation(() => Review, {
    description: 'Replies to a review of a story of yours. Again, it changes the reply.',
  })
  @AccessFor(Access.Registered)
  @ThrottleWrites()
  async replyToReview(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'review', REVIEW) reviewId: number,
    @Args() { text }: ReplyArgs,
  ): Promise<Review> {
    return toReview(await this.service.reply(viewer, reviewId, text));
  }

  @Mutation(() => Review, { description: 'Takes back the reply to a review of a story of yours.' })
  @AccessFor(Access.Registered)
  @ThrottleWrites()
  async deleteReviewReply(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'review', REVIEW) reviewId: number,
  ): Promise<Review> {
    return toReview(await this.service.deleteReply(viewer, reviewId));
  }
}

@Resolver(() => Review)
export class ReviewFieldResolver {
  constructor(
    private readonly users: UserById,
    private readonly stories: StoryById,
    private readonly votes: VoteRepository,
  ) {}

  @ResolveField(() => String, {
    nullable: true,
    description:
      'The text, which is plain; null for stars alone, and for spoilers that are not asked for.',
  })
  text(@Parent() { row }: Review, @Args() { revealSpoilers }: SpoilerArgs): string | null {
    return row.hasSpoilers && !revealSpoilers ? null : row.text;
  }

  @ResolveField(() => User, { description: 'Who wrote it.' })
  async reader(@Parent() { row }: Review, @RequestLoaders() loaders: Loaders): Promise<User> {
    return toUser((await loaders.over(this.users).load(row.userId))!);
  }

  @ResolveField(() => Story, { description: 'What it is about.' })
  async story(@Parent() { row }: Review, @RequestLoaders() loaders: Loaders): Promise<Story> {
    return toStory((await loaders.over(this.stories).load(row.storyId))!);
  }

  @ResolveField(() => Boolean, { description: 'Whether you have said that it helped you.' })
  async viewerFoundHelpful(
    @CurrentViewer() viewer: Viewer | undefined,
    @Parent() { row }: Review,
    @RequestLoaders() loaders: Loaders,
  ): Promise<boolean> {
    if (viewer === undefined) return false;
    return loaders
      .about(this, 'own votes', (ids) => this.votes.findOwn(viewer.userId, ids), false)
      .load(row.reviewId);
  }
}

@Resolver(() => ReviewReply)
export class ReviewReplyResolver {
  constructor(private readonly users: UserById) {}

  @ResolveField(() => String, {
    nullable: true,
    description:
      'The text, which is plain; null where the review has spoilers that are not asked for.',
  })
  text(@Parent() { row }: ReviewReply, @Args() { revealSpoilers }: SpoilerArgs): string | null {
    return row.hasSpoilers && !revealSpoilers ? null : row.reply;
  }

  @ResolveField(() => User, { description: 'Who wrote it.' })
  async author(@Parent() { row }: ReviewReply, @RequestLoaders() loaders: Loaders): Promise<User> {
    return toUser((await loaders.over(this.users).load(row.repliedBy!))!);
  }
}
