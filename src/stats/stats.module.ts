import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ProgressModule } from '../progress/progress.module.js';
import { PublishingModule } from '../publishing/publishing.module.js';
import { SocialModule } from '../social/social.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { AchievementRepository } from './achievements/achievement.repository.js';
import {
  AchievedActivityResolver,
  AchievementResolver,
  EarnedAchievementResolver,
} from './achievements/achievement.resolver.js';
import { AchievementService } from './achievements/achievement.service.js';
import { StoryAchievementResolver } from './achievements/story-achievement.resolver.js';
import { AwardNews } from './achievements/award-news.js';
import { RewardGiver } from './achievements/reward-giver.js';
import { PublicationWatch } from './achievements/publication-watch.js';
import { ReviewWatch } from './achievements/review-watch.js';
import { CorrectionRepository } from './corrections/correction.repository.js';
import { CorrectionResolver } from './corrections/correction.resolver.js';
import { CorrectionService } from './corrections/correction.service.js';
import { AwardTallyRepository } from './counting/award-tally.repository.js';
import { FactCounter } from './counting/fact-counter.js';
import { FactRepository } from './counting/fact.repository.js';
import { ReaderTallyRepository } from './counting/reader-tally.repository.js';
import { StoryTallyRepository } from './counting/story-tally.repository.js';
import { LeaderboardRepository } from './leaderboards/leaderboard.repository.js';
import { LeaderboardResolver } from './leaderboards/leaderboard.resolver.js';
import { LeaderboardService } from './leaderboards/leaderboard.service.js';
import { StoryLeaderboardRepository } from './leaderboards/story-leaderboard.repository.js';
import {
  ArtifactsResolver,
  CollectedArtifactResolver,
} from './readers/collected-artifact.resolver.js';
import { StreakDigest } from './readers/streak.digest.js';
import { UserStatsRepository } from './readers/user-stats.repository.js';
import { ReaderStoryResolver, UserStatsResolver } from './readers/user-stats.resolver.js';
import { UserStatsService } from './readers/user-stats.service.js';

@Module({
  imports: [AuthModule, StoriesModule, PublishingModule, ProgressModule, SocialModule],
  providers: [
    AchievementRepository,
    AchievedActivityResolver,
    AchievementResolver,
    AchievementService,
    AwardNews,
    ArtifactsResolver,
    AwardTallyRepository,
    CollectedArtifactResolver,
    CorrectionRepository,
    CorrectionResolver,
    CorrectionService,
    EarnedAchievementResolver,
    FactCounter,
    FactRepository,
    LeaderboardRepository,
    LeaderboardResolver,
    LeaderboardService,
    PublicationWatch,
    ReviewWatch,
    RewardGiver,
    ReaderStoryResolver,
    ReaderTallyRepository,
    StoryAchievementResolver,
    StoryLeaderboardRepository,
    StoryTallyRepository,
    StreakDigest,
    UserStatsRepository,
    UserStatsResolver,
    UserStatsService,
  ],
})
export class StatsModule {}
