import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { EngineModule } from '../engine/engine.module.js';
import { NodesModule } from '../nodes/nodes.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { ComparisonResolver } from './comparison/comparison.resolver.js';
import { PublishedStories } from './reader/published-stories.js';
import { PublishingResolver } from './versions/publishing.resolver.js';
import { PublishingService } from './versions/publishing.service.js';
import { VersionResolver } from './versions/version.resolver.js';
import { VersionHeadById } from './versions/version.loaders.js';
import { VersionRepository } from './versions/version.repository.js';
import { VersionService } from './versions/version.service.js';

@Module({
  imports: [AuthModule, StoriesModule, NodesModule, EngineModule],
  providers: [
    ComparisonResolver,
    PublishedStories,
    PublishingResolver,
    PublishingService,
    VersionHeadById,
    VersionRepository,
    VersionResolver,
    VersionService,
  ],
  exports: [PublishedStories, PublishingService, VersionHeadById, VersionRepository],
})
export class PublishingModule {}
