import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { Config } from '../config/config.js';
import { MediaFiles } from './library/media-files.js';
import { MediaInspector } from './library/media-inspector.js';
import { MediaUses } from './library/media-uses.js';
import { MediaById } from './library/media.loaders.js';
import { MediaRepository } from './library/media.repository.js';
import { MediaService } from './library/media.service.js';
import { MediaController } from './serving/media.controller.js';
import { openStorage } from './storage/open-storage.js';
import { Storage } from './storage/storage.js';
import { SweepService } from './sweep/sweep.service.js';
import { ImportUploads } from './uploads/import-uploads.js';
import { UploadController } from './uploads/upload.controller.js';
import { UploadRepository } from './uploads/upload.repository.js';
import { UploadService } from './uploads/upload.service.js';

@Module({
  imports: [AuthModule],
  controllers: [MediaController, UploadController],
  providers: [
    { provide: Storage, useFactory: openStorage, inject: [Config] },
    ImportUploads,
    MediaById,
    MediaFiles,
    MediaInspector,
    MediaRepository,
    MediaService,
    MediaUses,
    SweepService,
    UploadRepository,
    UploadService,
  ],
  exports: [
    ImportUploads,
    MediaById,
    MediaFiles,
    MediaInspector,
    MediaRepository,
    MediaService,
    MediaUses,
    Storage,
    UploadService,
  ],
})
export class MediaModule {}
