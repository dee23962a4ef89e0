import { Module, type DynamicModule } from '@nestjs/common';
import { migrations } from '../migrations/index.js';
import { SeedsModule } from '../seeds/seeds.module.js';
import { entities } from './app.entities.js';
import { AnswersModule } from './answers/answers.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CacheModule } from './cache/cache.module.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { EngineModule } from './engine/engine.module.js';
import { TalegraphGraphqlModule } from './graphql/graphql.module.js';
import type { JobsRole } from './jobs/jobs.js';
import { JobsModule } from './jobs/jobs.module.js';
import { MailModule } from './mail/mail.module.js';
import { MediaModule } from './media/media.module.js';
import { NodesModule } from './nodes/nodes.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { ProgressModule } from './progress/progress.module.js';
import { PublishingModule } from './publishing/publishing.module.js';
import { PubSubModule } from './pubsub/pubsub.module.js';
import { RedisModule } from './redis/redis.module.js';
import { RecommendationsModule } from './recommendations/recommendations.module.js';
import { SocialModule } from './social/social.module.js';
import { AnalyticsModule } from './stats/analytics.module.js';
import { StatsModule } from './stats/stats.module.js';
import { StoriesModule } from './stories/stories.module.js';
import { ThreadsModule } from './threads/threads.module.js';

export interface AppOptions {
  /** Work beside a running server on the same embedded database: for commands. */
  readonly beside?: boolean;
  /** Check, and by default apply, pending migrations first. */
  readonly migrate?: boolean;
  /** What the process has to do with jobs; left out, the settings say so. */
  readonly jobs?: JobsRole;
}

@Module({})
export class AppModule {
  static forRoot({ beside = false, migrate = true, jobs }: AppOptions = {}): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule,
        DatabaseModule.forRoot({ entities, migrations, beside, migrate }),
        RedisModule,
        PubSubModule,
        CacheModule,
        TalegraphGraphqlModule,
        JobsModule.forRoot(jobs),
        ThreadsModule,
        MailModule,
        OperationsModule,
        AuthModule,
        MediaModule,
        StoriesModule,
        AnswersModule,
        NodesModule,
        EngineModule,
        PublishingModule,
        ProgressModule,
        SocialModule,
        AnalyticsModule,
        StatsModule,
        RecommendationsModule,
        PrivacyModule,
        SeedsModule,
      ],
    };
  }
}
