import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UserById } from '../../auth/users/user.loaders.js';
import { toUser, User } from '../../auth/users/user.type.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Review, ReviewConnection, toReview } from '../ratings/review.type.js';
import { ThrottleWrites } from '../throttle-writes.js';
import {
  ModerateReviewInput,
  ReportedReviewsArgs,
  ReportReviewInput,
} from './moderation.inputs.js';
import { ModerationLists } from './moderation.lists.js';
import { ModerationService } from './moderation.service.js';
import {
  ReviewDecision,
  ReviewDecisionConnection,
  ReviewModeration,
  ReviewReport,
  ReviewReportConnection,
} from './moderation.type.js';

const REVIEW = { description: 'The review.' };

/** How many reviews one account may report in ten minutes. */
const MOST_REPORTS = 20;

@Resolver(() => Review)
export class ModerationResolver {
  constructor(
    private readonly service: ModerationService,
    private readonly lists: ModerationLists,
  ) {}

  @Query(() => ReviewConnection, {
    description: 'Reviews that administrators have to decide about, or have hidden.',
  })
  @AccessFor(Access.Admin)
  reportedReviews(@Args() args: ReportedReviewsArgs): Promise<Connection<Review>> {
    return this.lists.cases(args);
  }

  @Mutation(() => Boolean, {
    description:
      'Puts a review of somebody else before the administrators. Again, it changes your report.',
  })
  @AccessFor(Access.Registered)
  @ThrottleWrites(MOST_REPORTS)
  async reportReview(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'review', REVIEW) reviewId: number,
    @Args('input', { description: 'Why.' }) input: ReportReviewInput,
  ): Promise<boolean> {
    await this.service.report(viewer, reviewId, input);
    return true;
  }

  @Mutation(() => Review, {
    description: 'Hides or shows a review, and settles what was reported of it.',
  })
  @AccessFor(Access.Admin)
  async moderateReview(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'review', REVIEW) reviewId: number,
    @Args('input', { description: 'The decision.' }) input: ModerateReviewInput,
  ): Promise<Review> {
    return toReview(await this.service.decide(viewer, reviewId, input));
  }

  @ResolveField(() => ReviewModeration, {
    nullable: true,
    description: 'What was reported of it, and decided about it; null but for administrators.',
  })
  moderation(
    @CurrentViewer() viewer: Viewer | undefined,
    @Parent() { row }: Review,
  ): ReviewModeration | null {
    return viewer?.role === 'admin'
      ? { waitingSince: row.reportedAt, reviewId: row.reviewId }
      : null;
  }
}

@Resolver(() => ReviewModeration)
export class ReviewModerationResolver {
  constructor(private readonly lists: ModerationLists) {}

  @ResolveField(() => ReviewReportConnection, { description: 'What was reported, newest first.' })
  reports(
    @Parent() { reviewId }: ReviewModeration,
    @RequestLoaders() loaders: Loaders,
    @Args() page: PageArgs,
  ): Promise<Connection<ReviewReport>> {
    return this.lists.reports(loaders, reviewId, page);
  }

  @ResolveField(() => ReviewDecisionConnection, { description: 'What was decided, newest first.' })
  decisions(
    @Parent() { reviewId }: ReviewModeration,
    @RequestLoaders() loaders: Loaders,
    @Args() page: PageArgs,
  ): Promise<Connection<ReviewDecision>> {
    return this.lists.decisions(loaders, reviewId, page);
  }
}

@Resolver(() => ReviewReport)
export class ReviewReportResolver {
  constructor(private readonly users: UserById) {}

  @ResolveField(() => User, { description: 'Who made it.' })
  async reporter(
    @Parent() { row }: ReviewReport,
    @RequestLoaders() loaders: Loaders,
  ): Promise<User> {
    return toUser((await loaders.over(this.users).load(row.userId))!);
  }
}

@Resolver(() => ReviewDecision)
export class ReviewDecisionResolver {
  constructor(private readonly users: UserById) {}

  @ResolveField(() => User, { description: 'Who decided.' })
  async moderator(
    @Parent() { row }: ReviewDecision,
    @RequestLoaders() loaders: Loaders,
  ): Promise<User> {
    return toUser((await loaders.over(this.users).load(row.decidedBy))!);
  }
}
