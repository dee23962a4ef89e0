import { Injectable } from '@nestjs/common';
import { inKeyOrder, type BatchSource } from '../../graphql/loaders.js';
import { VersionRepository, type VersionHead } from './version.repository.js';

@Injectable()
export class VersionHeadById implements BatchSource<number, VersionHead | undefined> {
  constructor(private readonly versions: VersionRepository) {}

  async loadMany(versionIds: readonly number[]) {
    return inKeyOrder(
      versionIds,
      await this.versions.findHeads(versionIds),
      (head) => head.versionId,
    );
  }
}
