import { Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { openStorage } from './storage/open-storage.js';
import { Storage } from './storage/storage.js';
import { ImportUploads } from './uploads/import-uploads.js';
import { UploadController } from './uploads/upload.controller.js';
import { UploadRepository } from './uploads/upload.repository.js';
import { UploadService } from './uploads/upload.service.js';

@Module({
  controllers: [UploadController],
  providers: [
    { provide: Storage, useFactory: openStorage, inject: [Config] },
    ImportUploads,
    UploadRepository,
    UploadService,
  ],
  exports: [ImportUploads, Storage, UploadService],
})
export class MediaModule {}
