import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { contentHashOf } from '../../engine/content-hash.js';
import type { StoryDefinition } from '../../engine/core/definition.js';
import type { Finding } from '../../engine/core/finding.js';
import { compile } from '../../engine/core/story.js';
import { validate } from '../../engine/core/validate.js';
import { DraftDefinitionRepository } from '../../engine/draft-definition.repository.js';
import { ProofService } from '../../engine/proofs/proof.service.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { StoryService } from '../../stories/story.service.js';
import { readersGetStuck, storyInvalid } from '../publishing.errors.js';
import { Publications } from './publications.js';
import type { PublishStoryInput } from './publishing.inputs.js';
import { VersionRepository } from './version.repository.js';

interface Draft {
  readonly snapshot: StoryDefinition;
  readonly contentHash: string;
}

@Injectable()
export class PublishingService {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryService,
    private readonly storyRepository: StoryRepository,
    private readonly drafts: DraftDefinitionRepository,
    private readonly proofs: ProofService,
    private readonly versions: VersionRepository,
    private readonly publications: Publications,
  ) {}

  /**
   * Makes the draft, as it is at the call, the version that readers start on. An unchanged draft makes no new version.
   * A call that another publication has overtaken begins anew, so that no older draft takes the place of a newer one.
   * @throws {ApiError} `STORY_INVALID` with all findings when the draft has structural errors, or when readers can get
   * stuck in it and that is not overridden
   */
  async publish(
    viewer: Viewer,
    storyId: number,
    input: PublishStoryInput = {},
  ): Promise<StoryEntity> {
    const { publications } = await this.stories.getPublishable(viewer, storyId);
    const snapshot = await this.drafts.load(storyId);
    const draft = { snapshot, contentHash: contentHashOf(snapshot) };
    await this.#check(storyId, draft, input.publishAnyway ?? false);
    const story = await this.database.transaction(async () => {
      await this.storyRepository.lock(storyId);
      const current = await this.stories.getPublishable(viewer, storyId);
      return current.publications === publications
        ? this.#write(viewer, storyId, draft, input)
        : undefined;
    });
    return story ?? this.publish(viewer, storyId, input);
  }

  /** Call it in a transaction that has locked the story. */
  async #write(
    viewer: Viewer,
    storyId: number,
    { snapshot, contentHash }: Draft,
    { note, readers }: PublishStoryInput,
  ): Promise<StoryEntity> {
    const newest = await this.versions.newest(storyId);
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
    await this.publications.tell({ viewer, storyId, versionId: version.versionId, readers });
    return this.stories.getPublishable(viewer, storyId);
  }

  async #check(storyId: number, { snapshot, contentHash }: Draft, anyway: boolean): Promise<void> {
    const story = compile(snapshot);
    const findings = validate(story);
    if (findings.some(isError)) throw storyInvalid(findings);
    const proof = await this.proofs.verdictOn(storyId, contentHash, story);
    if (!anyway && proof.findings.some(isError)) throw readersGetStuck(proof.findings);
  }

  /** Hides the story from readers who have not begun it; those who have can go on. */
  async unpublish(viewer: Viewer, storyId: number): Promise<StoryEntity> {
    await this.stories.getPublishable(viewer, storyId);
    await this.storyRepository.unpublish(storyId);
    return this.stories.getPublishable(viewer, storyId);
  }
}

const isError = ({ severity }: Pick<Finding, 'severity'>) => severity === 'error';
