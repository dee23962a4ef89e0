import { Module } from '@nestjs/common';
import { EngineModule } from '../engine/engine.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { PublishedStories } from './reader/published-stories.js';
import { PublishingResolver } from './versions/publishing.resolver.js';
import { PublishingService } from './versions/publishing.service.js';
import { VersionResolver } from './versions/version.resolver.js';
import { VersionHeadById } from './versions/version.loaders.js';
import { VersionRepository } from './versions/version.repository.js';

@Module({
  imports: [StoriesModule, EngineModule],
  providers: [
    PublishedStories,
    PublishingResolver,
    PublishingService,
    VersionHeadById,
    VersionRepository,
    VersionResolver,
  ],
  exports: [PublishedStories, PublishingService, VersionHeadById],
})
export class PublishingModule {}
