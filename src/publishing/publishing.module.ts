import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { EngineModule } from '../engine/engine.module.js';
import { MediaModule } from '../media/media.module.js';
import { NodesModule } from '../nodes/nodes.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { ComparisonResolver } from './comparison/comparison.resolver.js';
import { VersionContentResolver } from './content/content.resolver.js';
import { DraftDocumentRepository } from './documents/draft-document.repository.js';
import { DraftDocuments } from './documents/draft-documents.js';
import { StorySourceRepository } from './documents/story-source.repository.js';
import { Embedder } from './exports/embedder.js';
import { ExportController } from './exports/export.controller.js';
import { ExportLinks } from './exports/export-links.js';
import { ExportResolver } from './exports/export.resolver.js';
import { ExportService } from './exports/export.service.js';
import { MediaList } from './exports/media-list.js';
import { PlayerFiles } from './exports/player-files.js';
import { FidelityReportResolver } from './imports/fidelity.resolver.js';
import { FileReader } from './imports/file-reader.js';
import { ImportFiles } from './imports/import-files.js';
import { ImportChangesOf } from './imports/import-changes.loaders.js';
import {
  ImportChangesResolver,
  ImportOverwriteResolver,
} from './imports/import-changes.resolver.js';
import { ImportRepository } from './imports/import.repository.js';
import { ImportedStoryResolver, ImportResolver } from './imports/import.resolver.js';
import { ImportService } from './imports/import.service.js';
import { MediaImport } from './imports/media-import.js';
import { OverwriteRepository } from './imports/overwrite.repository.js';
import { StoryChanges } from './imports/story-changes.js';
import { StoryImport } from './imports/story-import.js';
import { MediaDeletionResolver } from './library/media-deletion.resolver.js';
import { MediaDeletionService } from './library/media-deletion.service.js';
import { MediaUseRepository } from './library/media-use.repository.js';
import { ReaderFlowController } from './flow/reader-flow.controller.js';
import { ReaderFlows } from './flow/reader-flows.js';
import { PublishedStories } from './reader/published-stories.js';
import { Publications } from './versions/publications.js';
import { TemplateDocumentById } from './templates/template.loaders.js';
import { TemplateRepository } from './templates/template.repository.js';
import { InsertTemplatePayloadResolver, TemplateResolver } from './templates/template.resolver.js';
import { TemplateService } from './templates/template.service.js';
import { PublishingResolver } from './versions/publishing.resolver.js';
import { WordCountResolver } from './reader/word-count.resolver.js';
import { PublishingService } from './versions/publishing.service.js';
import { VersionResolver } from './versions/version.resolver.js';
import { VersionHeadById } from './versions/version.loaders.js';
import { VersionRepository } from './versions/version.repository.js';
import { VersionService } from './versions/version.service.js';

@Module({
  imports: [AuthModule, MediaModule, StoriesModule, NodesModule, EngineModule],
  controllers: [ExportController, ReaderFlowController],
  providers: [
    ComparisonResolver,
    DraftDocumentRepository,
    DraftDocuments,
    Embedder,
    ExportLinks,
    ExportResolver,
    ExportService,
    PlayerFiles,
    FidelityReportResolver,
    FileReader,
    ImportChangesOf,
    ImportChangesResolver,
    ImportFiles,
    ImportOverwriteResolver,
    ImportRepository,
    ImportResolver,
    ImportService,
    ImportedStoryResolver,
    MediaDeletionResolver,
    MediaDeletionService,
    MediaUseRepository,
    ReaderFlows,
    PublishedStories,
    Publications,
    PublishingResolver,
    PublishingService,
    MediaImport,
    MediaList,
    OverwriteRepository,
    StoryChanges,
    StoryImport,
    StorySourceRepository,
    InsertTemplatePayloadResolver,
    TemplateDocumentById,
    TemplateRepository,
    TemplateResolver,
    TemplateService,
    VersionContentResolver,
    VersionHeadById,
    VersionRepository,
    VersionResolver,
    VersionService,
    WordCountResolver,
  ],
  exports: [
    DraftDocuments,
    ExportService,
    MediaUseRepository,
    PublishedStories,
    Publications,
    PublishingService,
    TemplateRepository,
    VersionHeadById,
    VersionRepository,
  ],
})
export class PublishingModule {}
