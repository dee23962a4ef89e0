import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { PublishingModule } from '../publishing/publishing.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { Activities } from './activities/activities.js';
import { ActivityRepository } from './activities/activity.repository.js';
import {
  ActivityResolver,
  FeedResolver,
  UserActivitiesResolver,
} from './activities/activity.resolver.js';
import { ActivityService } from './activities/activity.service.js';
import { FeedRepository } from './activities/feed.repository.js';
import { BlockRepository } from './follows/block.repository.js';
import { FollowLists } from './follows/follow.lists.js';
import { FollowRepository } from './follows/follow.repository.js';
import { FollowResolver, UserFollowsResolver } from './follows/follow.resolver.js';
import { FollowService } from './follows/follow.service.js';
import { ProgressModule } from '../progress/progress.module.js';
import { ModerationLists } from './moderation/moderation.lists.js';
import { ModerationRepository } from './moderation/moderation.repository.js';
import {
  ModerationResolver,
  ReviewDecisionResolver,
  ReviewModerationResolver,
  ReviewReportResolver,
} from './moderation/moderation.resolver.js';
import { ModerationService } from './moderation/moderation.service.js';
import { RatingRecount } from './ratings/rating-recount.js';
import { RatingTallyRepository } from './ratings/rating-tally.repository.js';
import { ReviewLists } from './ratings/review.lists.js';
import { ReviewRepository } from './ratings/review.repository.js';
import {
  ReviewFieldResolver,
  ReviewReplyResolver,
  ReviewResolver,
} from './ratings/review.resolver.js';
import { ReviewService } from './ratings/review.service.js';
import { StoryRatingResolver, StoryReviewsResolver } from './ratings/story-rating.resolver.js';
import { VoteRepository } from './ratings/vote.repository.js';
import { VoteService } from './ratings/vote.service.js';

@Module({
  imports: [AuthModule, StoriesModule, PublishingModule, ProgressModule],
  providers: [
    Activities,
    ActivityRepository,
    ActivityResolver,
    ActivityService,
    BlockRepository,
    FeedRepository,
    FeedResolver,
    FollowLists,
    FollowRepository,
    FollowResolver,
    FollowService,
    ModerationLists,
    ModerationRepository,
    ModerationResolver,
    ModerationService,
    RatingRecount,
    RatingTallyRepository,
    ReviewDecisionResolver,
    ReviewFieldResolver,
    ReviewLists,
    ReviewModerationResolver,
    ReviewReplyResolver,
    ReviewReportResolver,
    ReviewRepository,
    ReviewResolver,
    ReviewService,
    StoryRatingResolver,
    StoryReviewsResolver,
    UserActivitiesResolver,
    UserFollowsResolver,
    VoteRepository,
    VoteService,
  ],
  exports: [Activities],
})
export class SocialModule {}
