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

@Module({
  imports: [AuthModule, StoriesModule, PublishingModule],
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
    UserActivitiesResolver,
    UserFollowsResolver,
  ],
  exports: [Activities],
})
export class SocialModule {}
