import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { EngineModule } from '../engine/engine.module.js';
import { NodesModule } from '../nodes/nodes.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { ComparisonResolver } from './comparison/comparison.resolver.js';
import { DraftDocumentRepository } from './documents/draft-document.repository.js';
import { DraftDocuments } from './documents/draft-documents.js';
import { StorySourceRepository } from './documents/story-source.repository.js';
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
    DraftDocumentRepository,
    DraftDocuments,
    PublishedStories,
    PublishingResolver,
    PublishingService,
    StorySourceRepository,
    VersionHeadById,
    VersionRepository,
    VersionResolver,
    VersionService,
  ],
  exports: [
    DraftDocuments,
    PublishedStories,
    PublishingService,
    VersionHeadById,
    VersionRepository,
  ],
})
export class PublishingModule {}
