import { Injectable } from '@nestjs/common';
import type { StoryDefinition } from '../../engine/core/definition.js';
import { DraftDefinitionRepository } from '../../engine/draft-definition.repository.js';
import { badField } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DraftContentRepository } from '../../nodes/drafts/draft-content.repository.js';
import { DraftChanges } from '../../stories/changes/draft-changes.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { StoryService } from '../../stories/story.service.js';
import { VersionRepository } from './version.repository.js';

/** What authors do with the versions of their stories. */
@Injectable()
export class VersionService {
  constructor(
    private readonly stories: StoryService,
    private readonly changes: DraftChanges,
    private readonly drafts: DraftDefinitionRepository,
    private readonly contents: DraftContentRepository,
    private readonly versions: VersionRepository,
  ) {}

  /**
   * What a version holds.
   * @param versionId the draft when left out
   * @throws {ApiError} `BAD_USER_INPUT` naming `path` when it is no version of the story
   */
  async content(
    viewer: Viewer,
    storyId: number,
    versionId: number | undefined,
    path: string,
  ): Promise<StoryDefinition> {
    await this.stories.getEditable(viewer, storyId);
    if (versionId === undefined) return this.drafts.load(storyId);
    const [version] = await this.versions.findSnapshots([versionId]);
    if (version?.storyId !== storyId) throw badField(path, 'must be a version of this story');
    return version.snapshot;
  }

  /**
   * Makes the draft again what a version is, as one change that can be taken back. Where nodes stand on the author’s map
   * stays as it is.
   */
  async restore(viewer: Viewer, storyId: number, versionId: number): Promise<StoryEntity> {
    const content = await this.content(viewer, storyId, versionId, 'versionId');
    const [head] = await this.versions.findHeads([versionId]);
    return this.changes.by(
      viewer,
      storyId,
      async () => {
        await this.contents.lock(storyId);
        await this.contents.write(storyId, content);
        return this.stories.getEditable(viewer, storyId);
      },
      { kind: 'restore', note: `Version ${head!.number}` },
    );
  }
}
