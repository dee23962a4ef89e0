import { AuthModule } from '../auth/auth.module.js';
import { MediaModule } from '../media/media.module.js';
import { ProgressModule } from '../progress/progress.module.js';
import { PublishingModule } from '../publishing/publishing.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { Module } from '@nestjs/common';
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
import { ModerationLists } from './moderation/moderation.lists.js';
import { ModerationRepository } from './moderation/moderation.repository.js';
import {
  ModerationResolver,
  ReviewDecisionResolver,
  ReviewModerationResolver,
  ReviewReportResolver,
} from './moderation/moderation.resolver.js';
import { ModerationService } from './moderation/moderation.service.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { RatingRecount } from './ratings/rating-recount.js';
import { RatingTallyRepository } from './ratings/rating-tally.repository.js';
import { ReviewChanges } from './ratings/review-changes.js';
import { ReviewNews } from './ratings/review-news.js';
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
import { Cards } from './shares/cards/cards.js';
import { Previews } from './shares/previews.js';
import { ShareController } from './shares/share.controller.js';
import { ShareRepository } from './shares/share.repository.js';
import { ShareResolver, SharedActivityResolver } from './shares/share.resolver.js';
import { ShareService } from './shares/share.service.js';
import { Visits } from './shares/visits.js';

@Module({
  imports: [
    AuthModule,
    StoriesModule,
    PublishingModule,
    ProgressModule,
    MediaModule,
    NotificationsModule,
  ],
  controllers: [ShareController],
  providers: [
    Activities,
    ActivityRepository,
    ActivityResolver,
    ActivityService,
    BlockRepository,
    Cards,
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
    Previews,
    RatingRecount,
    RatingTallyRepository,
    ReviewChanges,
    ReviewDecisionResolver,
    ReviewFieldResolver,
    ReviewLists,
    ReviewModerationResolver,
    ReviewNews,
    ReviewReplyResolver,
    ReviewReportResolver,
    ReviewRepository,
    ReviewResolver,
    ReviewService,
    ShareRepository,
    ShareResolver,
    ShareService,
    SharedActivityResolver,
    StoryRatingResolver,
    StoryReviewsResolver,
    UserActivitiesResolver,
    UserFollowsResolver,
    Visits,
    VoteRepository,
    VoteService,
  ],
  exports: [Activities, NotificationsModule, ReviewChanges],
})
export class SocialModule {}
