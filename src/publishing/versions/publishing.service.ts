import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { FindingRecord } from '../../engine/core/prover/proof-record.js';
import { DraftDefinitionRepository } from '../../engine/draft-definition.repository.js';
import { ProofService } from '../../engine/proofs/proof.service.js';
import { STORY_TASKS } from '../../engine/story.task-file.js';
import type { Digest } from '../../engine/story.tasks.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { StoryService } from '../../stories/story.service.js';
import { Threads } from '../../threads/threads.js';
import { readersGetStuck, storyInvalid } from '../publishing.errors.js';
import { Publications } from './publications.js';
import type { PublishStoryInput } from './publishing.inputs.js';
import { VersionRepository } from './version.repository.js';

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
    private readonly threads: Threads,
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
    const draft = await this.#sound(storyId, input.publishAnyway ?? false);
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
    { story, contentHash }: Digest,
    { note, readers }: PublishStoryInput,
  ): Promise<StoryEntity> {
    const newest = await this.versions.newest(storyId);
    const version =
      newest?.contentHash === contentHash
        ? newest
        : await this.versions.insert({
            storyId,
            number: (newest?.number ?? 0) + 1,
            snapshot: story,
            contentHash,
            note: note ?? null,
            publishedBy: viewer.userId,
          });
    await this.storyRepository.publish(storyId, version.versionId);
    await this.publications.tell({ viewer, storyId, versionId: version.versionId, readers });
    return this.stories.getPublishable(viewer, storyId);
  }

  /** The draft, where nothing keeps it from being published. */
  async #sound(storyId: number, anyway: boolean): Promise<Digest> {
    const draft = await this.drafts.text(storyId);
    const { findings, ...digest } = await this.threads.run(STORY_TASKS, 'examine', draft);
    if (findings.some(isError)) throw storyInvalid(findings);
    const proved = await this.proofs.verdictOn(storyId, digest);
    if (!anyway && proved.some(isError)) throw readersGetStuck(proved);
    return digest;
  }

  /** Hides the story from readers who have not begun it; those who have can go on. */
  async unpublish(viewer: Viewer, storyId: number): Promise<StoryEntity> {
    await this.stories.getPublishable(viewer, storyId);
    await this.storyRepository.unpublish(storyId);
    return this.stories.getPublishable(viewer, storyId);
  }
}

const isError = ({ severity }: Pick<FindingRecord, 'severity'>) => severity === 'error';
