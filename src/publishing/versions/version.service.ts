import { Injectable } from '@nestjs/common';
import type { StoryDefinition } from '../../engine/core/definition.js';
import { DraftDefinitionRepository } from '../../engine/draft-definition.repository.js';
import { badField } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DraftContentRepository } from '../../nodes/drafts/draft-content.repository.js';
import { DraftChanges } from '../../stories/changes/draft-changes.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { StoryService } from '../../stories/story.service.js';
import { compare, type Difference } from '../comparison/compare.js';
import { noSuchVersion } from '../publishing.errors.js';
import { VersionRepository, type VersionHead, type VersionSnapshot } from './version.repository.js';

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

  /** @throws {ApiError} `NOT_FOUND` when there is none; as its story does where the viewer does not work on that */
  async get(viewer: Viewer, versionId: number): Promise<VersionHead> {
    const [head] = await this.versions.findHeads([versionId]);
    if (head === undefined) throw noSuchVersion();
    await this.stories.getInspectable(viewer, head.storyId);
    return head;
  }

  /**
   * What differs between two versions, or between one and the draft.
   * @param from the earlier one; when left out, the newest where `to` is left out too, else the draft
   * @param to the later one; the draft when left out
   * @throws {ApiError} `BAD_USER_INPUT` naming which is no version of the story
   */
  async compare(
    viewer: Viewer,
    storyId: number,
    from: number | undefined,
    to: number | undefined,
  ): Promise<Difference[]> {
    await this.stories.getInspectable(viewer, storyId);
    const [before, after] = await Promise.all([
      from === undefined && to === undefined
        ? this.#published(storyId)
        : this.#content(storyId, from, 'from'),
      this.#content(storyId, to, 'to'),
    ]);
    return compare(before, after);
  }

  /**
   * Makes the draft again what a version is, as one change that can be taken back. Where nodes stand on the author’s map
   * stays as it is.
   */
  async restore(viewer: Viewer, storyId: number, versionId: number): Promise<StoryEntity> {
    await this.stories.getEditable(viewer, storyId);
    const { number, snapshot } = await this.#version(storyId, versionId, 'versionId');
    return this.changes.by(
      viewer,
      storyId,
      async () => {
        await this.contents.lock(storyId);
        await this.contents.write(storyId, snapshot);
        return this.stories.getEditable(viewer, storyId);
      },
      { kind: 'restore', note: `Version ${number}` },
    );
  }

  /** The newest version; without one, a story without nodes. */
  async #published(storyId: number): Promise<StoryDefinition> {
    const newest = await this.versions.newest(storyId);
    return newest === null ? { nodes: [] } : this.#content(storyId, newest.versionId, 'from');
  }

  async #content(
    storyId: number,
    versionId: number | undefined,
    path: string,
  ): Promise<StoryDefinition> {
    return versionId === undefined
      ? this.drafts.load(storyId)
      : (await this.#version(storyId, versionId, path)).snapshot;
  }

  async #version(storyId: number, versionId: number, path: string): Promise<VersionSnapshot> {
    const [version] = await this.versions.findSnapshots([versionId]);
    if (version?.storyId !== storyId) throw badField(path, 'must be a version of this story');
    return version;
  }
}
