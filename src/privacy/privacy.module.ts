import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { MediaModule } from '../media/media.module.js';
import { PublishingModule } from '../publishing/publishing.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { DataExportController } from './data-exports/data-export.controller.js';
import { DataExportLinks } from './data-exports/data-export.links.js';
import { DataExportRepository } from './data-exports/data-export.repository.js';
import { DataExportResolver } from './data-exports/data-export.resolver.js';
import { DataExportService } from './data-exports/data-export.service.js';
import { DataExportWriter } from './data-exports/data-export.writer.js';
import { PersonalDataRepository } from './data-exports/personal-data.repository.js';
import { ErasureRepository } from './erasure/erasure.repository.js';
import { ErasureResolver } from './erasure/erasure.resolver.js';
import { ErasureService } from './erasure/erasure.service.js';

@Module({
  imports: [AuthModule, MediaModule, StoriesModule, PublishingModule],
  controllers: [DataExportController],
  providers: [
    DataExportLinks,
    DataExportRepository,
    DataExportResolver,
    DataExportService,
    DataExportWriter,
    ErasureRepository,
    ErasureResolver,
    ErasureService,
    PersonalDataRepository,
  ],
})
export class PrivacyModule {}
