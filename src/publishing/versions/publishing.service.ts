import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { StoryDefinition } from '../../engine/core/definition.js';
import { compile } from '../../engine/core/story.js';
import { validate } from '../../engine/core/validate.js';
import { DraftDefinitionRepository } from '../../engine/draft-definition.repository.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { StoryService } from '../../stories/story.service.js';
import { storyInvalid } from '../publishing.errors.js';
import { VersionRepository } from './version.repository.js';

@Injectable()
export class PublishingService {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryService,
    private readonly storyRepository: StoryRepository,
    private readonly drafts: DraftDefinitionRepository,
    private readonly versions: VersionRepository,
  ) {}

  /**
   * Makes the draft the version that readers start on. An unchanged draft makes no new version.
   * @throws {ApiError} `STORY_INVALID` with all findings when the draft has structural errors
   */
  async publish(viewer: Viewer, storyId: number, note: string | undefined): Promise<StoryEntity> {
    await this.stories.getEditable(viewer, storyId);
    return this.database.transaction(async () => {
      await this.storyRepository.lock(storyId);
      const newest = await this.versions.newest(storyId);
      const snapshot = await this.drafts.load(storyId);
      const findings = validate(compile(snapshot));
      if (findings.some(({ severity }) => severity === 'error')) throw storyInvalid(findings);
      const contentHash = hashOf(snapshot);
      const version =
        newest?.contentHash === contentHash
          ? newest
          : await this.versions.insert({
              storyId,
              number: (newest?.number ?? 0) + 1,
              snapshot,
              contentHash,
              note: note ?? null,
              publishedBy: viewer.userId,
            });
      await this.storyRepository.publish(storyId, version.versionId);
      return this.stories.getEditable(viewer, storyId);
    });
  }

  /** Hides the story from readers who have not begun it; those who have can go on. */
  async unpublish(viewer: Viewer, storyId: number): Promise<StoryEntity> {
    await this.stories.getEditable(viewer, storyId);
    await this.storyRepository.unpublish(storyId);
    return this.stories.getEditable(viewer, storyId);
  }
}

const hashOf = (snapshot: StoryDefinition) =>
  createHash('sha256').update(JSON.stringify(snapshot)).digest('hex');
