import { Injectable } from '@nestjs/common';
import type { BatchSource } from '../../graphql/loaders.js';
import type { ImportChanges, ImportStoryEntity } from './import-job.entity.js';
import { ImportRepository } from './import.repository.js';

@Injectable()
export class ImportChangesOf implements BatchSource<ImportStoryEntity, ImportChanges | null> {
  constructor(private readonly imports: ImportRepository) {}

  loadMany(stories: readonly ImportStoryEntity[]) {
    return this.imports.findChanges(stories);
  }
}
